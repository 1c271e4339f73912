//! Patterns of addresses, as Postman's lists of certificates have them.

use std::str::FromStr;

use thiserror::Error;
use url::Url;

/// A pattern of addresses: `<all_urls>`, or protocol, host, port and path such as `https+http://*.example.com:*/v1/*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlPattern(Option<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    /// `*` for all.
    protocols: Vec<String>,
    host: String,
    /// `*` for any; none for the protocol's own.
    port: Option<String>,
    path: String,
}

/// What is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "understand the pattern {0:?}: expected one such as https://*.example.com/* (a path is needed, /* for all)"
)]
pub struct InvalidPattern(String);

impl FromStr for UrlPattern {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, InvalidPattern> {
        if text == "<all_urls>" {
            return Ok(Self(None));
        }
        parts(text)
            .map(|parts| Self(Some(parts)))
            .ok_or_else(|| InvalidPattern(text.to_owned()))
    }
}

fn parts(text: &str) -> Option<Parts> {
    let (protocols, rest) = text.split_once("://")?;
    let (authority, path) = rest.split_at(rest.find('/')?);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let protocols: Vec<String> = protocols.split('+').map(str::to_owned).collect();
    let known = |name: &String| ["http", "https", "file", "ftp", "*"].contains(&name.as_str());
    let digits = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let plain = host.strip_prefix("*.").unwrap_or(host);
    let fine = protocols.iter().all(known)
        && (host == "*" || (!plain.is_empty() && !plain.contains(['*', ':'])))
        && port.is_none_or(|port| port == "*" || digits(port));
    fine.then(|| Parts {
        protocols,
        host: host.to_owned(),
        port: port.map(str::to_owned),
        path: path.to_owned(),
    })
}

impl UrlPattern {
    /// Whether an address is one of them.
    pub fn fits(&self, url: &Url) -> bool {
        let Some(parts) = &self.0 else { return true };
        let protocol = parts
            .protocols
            .iter()
            .any(|name| name == "*" || name == url.scheme());
        let host = url.host_str().unwrap_or_default();
        let host = match parts.host.strip_prefix("*.") {
            Some(suffix) => {
                host == suffix
                    || host
                        .strip_suffix(suffix)
                        .is_some_and(|head| head.ends_with('.'))
            }
            None => parts.host == "*" || parts.host == host,
        };
        let own = match url.scheme() {
            "http" => "80",
            "https" => "443",
            _ => "",
        };
        let port = url
            .port()
            .map_or_else(|| own.to_owned(), |port| port.to_string());
        let wanted = parts.port.as_deref().unwrap_or(own);
        protocol && host && (wanted == "*" || wanted == port) && glob(&parts.path, url.path())
    }
}

/// Whether a text fits a pattern of `*` (any letters, also none) and `?` (any one). Takes time by the product of the lengths at
/// worst, for it goes back to the last star only.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut seen) = (0, 0);
    let mut star = None;
    while seen < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, seen));
                at += 1;
            }
            Some(&letter) if letter == '?' || letter == text[seen] => {
                at += 1;
                seen += 1;
            }
            _ => match star {
                Some((back, from)) => {
                    star = Some((back, from + 1));
                    at = back + 1;
                    seen = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|&letter| letter == '*')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fits(pattern: &str, url: &str) -> bool {
        let pattern: UrlPattern = pattern.parse().unwrap();
        pattern.fits(&url.parse().unwrap())
    }

    #[test]
    fn patterns_fit_as_postmans_do() {
        for (pattern, url, expected) in [
            ("<all_urls>", "http://a.test:81/x", true),
            ("https://*.example.com/*", "https://a.example.com/x", true),
            ("https://*.example.com/*", "https://example.com/", true),
            ("https://*.example.com/*", "https://badexample.com/", false),
            ("https://*.example.com/*", "http://a.example.com/", false),
            ("http+https://a.test/*", "http://a.test/", true),
            ("*://*/*", "https://a.test:8443/", false),
            ("*://*:*/*", "https://a.test:8443/", true),
            ("https://a.test:443/*", "https://a.test/", true),
            ("https://a.test/v?/*", "https://a.test/v1/x", true),
            ("https://a.test/v?/*", "https://a.test/v12/x", false),
            ("https://a.test/", "https://a.test/x", false),
        ] {
            assert_eq!(fits(pattern, url), expected, "{pattern} {url}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in [
            "",
            "a.test",
            "https://a.test",
            "gopher://a/*",
            "https://a*b/*",
            "https://a:x/*",
        ] {
            assert!(text.parse::<UrlPattern>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_text_fits_itself_and_stars_around_its_parts(text in "[a-z/]{0,20}", at in 0_usize..20) {
            prop_assert!(glob(&text, &text));
            let at = at.min(text.len());
            let around = format!("*{}*{}*", &text[..at], &text[at..]);
            let other = format!("{text}!");
            prop_assert!(glob(&around, &text));
            prop_assert!(!glob(&other, &text));
        }

        #[test]
        fn any_text_is_a_pattern_or_refused(text in any::<String>()) {
            if let Ok(pattern) = text.parse::<UrlPattern>() {
                pattern.fits(&"https://a.test/".parse().unwrap());
            }
        }
    }
}
