//! URLs of a server's own that may be asked although the server itself may not: all that lies below one path.
//!
//! The judgement is pure, and narrower than what a server would make of a URL: whatever could be read in two ways (an escape, a dot,
//! a second slash, a name of a user) leads through no doorway, and the usual policy judges it.

use std::fmt;

use url::{Origin, Url};

use crate::policy::AllowRule;
use crate::request::Request;

/// An origin, and a path of it below which anybody may ask.
#[derive(Clone, PartialEq, Eq)]
pub struct Doorway {
    base: Url,
    origin: Origin,
    /// Begins and ends with a slash.
    path: String,
}

impl fmt::Debug for Doorway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Doorway({}{})",
            self.origin.ascii_serialization(),
            self.path
        )
    }
}

impl Doorway {
    /// The doorway at `word` below where a server is; nothing if nobody can ask a server there.
    pub fn below(base: &Url, word: &str) -> Option<Self> {
        let asked = matches!(base.scheme(), "http" | "https") && base.has_host();
        let path = format!("{}/{word}/", base.path().trim_end_matches('/'));
        asked.then(|| Self {
            base: base.clone(),
            origin: base.origin(),
            path,
        })
    }

    /// The rule that opens the addresses of its host, whatever they are (but those of cloud metadata, if it is a name).
    pub fn rule(&self) -> Option<AllowRule> {
        self.base.host_str()?.parse().ok()
    }

    /// Whether a URL leads through it: the same scheme, host and port, nobody's name, and a path behind the doorway's own whose
    /// segments are plain words.
    pub fn leads(&self, url: &Url) -> bool {
        let nobody = url.username().is_empty() && url.password().is_none();
        let behind = url.path().strip_prefix(self.path.as_str());
        nobody && url.origin() == self.origin && behind.is_some_and(is_plain)
    }

    /// Whether a request goes through it. One that has its own say about the path or the host doesn't.
    pub(crate) fn lets(&self, request: &Request) -> bool {
        let mut headers = request.headers.iter();
        request.target.is_none()
            && !headers.any(|(name, _)| name.trim().eq_ignore_ascii_case("host"))
            && self.leads(&request.url)
    }
}

/// Whether each segment is a word that means nothing but itself; the last one may be empty.
fn is_plain(path: &str) -> bool {
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let words = rest.strip_suffix('/').unwrap_or(rest);
    is_word(first) && (words.is_empty() || words.split('/').all(is_word))
}

fn is_word(segment: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    !segment.is_empty() && segment.bytes().all(plain) && segment.bytes().any(|byte| byte != b'.')
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;

    fn doorway(base: &str) -> Doorway {
        Doorway::below(&base.parse().unwrap(), "in").unwrap()
    }

    fn leads(doorway: &Doorway, url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| doorway.leads(&url))
    }

    #[test]
    fn only_what_is_below_the_path_at_the_same_origin_leads_through() {
        let here = doorway("http://127.0.0.1:7676/");
        for url in [
            "http://127.0.0.1:7676/in/in_0a1b",
            "http://127.0.0.1:7676/in/in_0a1b/",
            "http://127.0.0.1:7676/in/in_0a1b/builds/v1.2?x=../api",
            // The same address in another spelling.
            "http://2130706433:7676/in/in_0a1b",
            "HTTP://127.1:7676/api/../in/in_0a1b#x",
        ] {
            assert!(leads(&here, url), "{url}");
        }
        for url in [
            "http://127.0.0.1:7676/",
            "http://127.0.0.1:7676/in",
            "http://127.0.0.1:7676/in/",
            "http://127.0.0.1:7676/in//",
            "http://127.0.0.1:7676/in//api",
            "http://127.0.0.1:7676/inbox/x",
            "http://127.0.0.1:7676/IN/x",
            "http://127.0.0.1:7676/api/in/x",
            "http://127.0.0.1:7676/in/../api/me",
            "http://127.0.0.1:7676/in/x/../../api/me",
            "http://127.0.0.1:7676/in/%2e%2e/api/me",
            "http://127.0.0.1:7676/in/x/%2E%2e/%2e./api/me",
            "http://127.0.0.1:7676/in/..%2fapi/me",
            "http://127.0.0.1:7676/in/x%2f..%2f..%2fapi",
            "http://127.0.0.1:7676/in/%252e%252e/api",
            "http://127.0.0.1:7676/in/..\\api",
            "http://127.0.0.1:7676/in\\..\\api",
            "http://127.0.0.1:7676/in/x;/../../api",
            "http://127.0.0.1:7676/in/.../api",
            "http://127.0.0.1:7676/in/x y",
            "http://127.0.0.1:7676/i%6e/x",
            "https://127.0.0.1:7676/in/x",
            "http://127.0.0.1/in/x",
            "http://127.0.0.1:7677/in/x",
            "http://localhost:7676/in/x",
            "http://127.0.0.2:7676/in/x",
            "http://[::1]:7676/in/x",
            "http://127.0.0.1.example.com:7676/in/x",
            "http://mia@127.0.0.1:7676/in/x",
            "http://:secret@127.0.0.1:7676/in/x",
            "http://127.0.0.1:7676@example.com/in/x",
            "http://example.com:7676/in/x?http://127.0.0.1:7676/in/x",
            "ftp://127.0.0.1:7676/in/x",
        ] {
            assert!(!leads(&here, url), "{url}");
        }
    }

    #[test]
    fn a_server_below_a_path_has_its_doorway_there() {
        let below = doorway("https://example.com/postern/");
        assert!(leads(&below, "https://example.com/postern/in/x"));
        assert!(leads(&below, "https://EXAMPLE.com:443/postern/in/x"));
        assert!(!leads(&below, "https://example.com/in/x"));
        assert!(!leads(&below, "https://example.com/postern/../in/x"));
        assert!(!leads(&below, "https://example.com./postern/in/x"));
        assert_eq!(Doorway::below(&"data:x".parse().unwrap(), "in"), None);
    }

    #[test]
    fn who_has_a_say_about_the_path_or_the_host_does_not_go_through() {
        let here = doorway("http://127.0.0.1:7676/");
        let request = || Request::new("POST", "http://127.0.0.1:7676/in/x".parse().unwrap());
        assert!(here.lets(&request().header("x-token", "abc")));
        assert!(!here.lets(&request().header("Host", "other.intra")));
        let target = Some("/api/me".to_owned());
        assert!(!here.lets(&Request {
            target,
            ..request()
        }));
    }

    /// What a server, or a proxy in front of it, could make of a path: unescaped as often as it likes, every kind of slash a slash,
    /// parameters of segments left away, dots walked.
    fn walked(path: &str) -> Vec<String> {
        let mut text = path.to_owned();
        for _ in 0..4 {
            text = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        }
        let mut walked: Vec<String> = Vec::new();
        for segment in text.split(['/', '\\']) {
            match segment.split(';').next().unwrap_or_default() {
                "" | "." => {}
                ".." => drop(walked.pop()),
                word => walked.push(word.to_owned()),
            }
        }
        walked
    }

    proptest! {
        #[test]
        fn whatever_leads_through_is_asked_below_the_path_and_nowhere_else(
            parts in prop::collection::vec(prop::sample::select(vec![
                "in", "/", "\\", "..", ".", "%2e", "%2E%2e", "%2f", "%5c", "%252e", "%252f", "api", "me", ";", "@", ":",
                "?", "#", "//", "x", "\t", "\n", " ", "%00", "é", "~", "127.0.0.1:7676", "http:", "_", "-",
            ]), 0..12),
            front in prop::sample::select(vec![
                "http://127.0.0.1:7676/in/", "http://127.0.0.1:7676/", "http://127.0.0.1:7676", "http://127.0.0.1",
                "http://", "http:/", "http:\\\\127.0.0.1:7676/in/x",
            ]),
        ) {
            let here = doorway("http://127.0.0.1:7676/");
            if let Ok(url) = Url::parse(&format!("{front}{}", parts.concat())) && here.leads(&url) {
                prop_assert_eq!(url.host_str(), Some("127.0.0.1"));
                prop_assert_eq!((url.scheme(), url.port()), ("http", Some(7676)));
                prop_assert!(url.username().is_empty() && url.password().is_none());
                let walked = walked(url.path());
                prop_assert!(walked.len() >= 2 && walked[0] == "in", "{url} is {walked:?}");
            }
        }

        #[test]
        fn plain_words_lead_through(words in prop::collection::vec("[a-z0-9_][a-zA-Z0-9_.~-]{0,20}", 1..4)) {
            let here = doorway("https://postern.example/below");
            let url = format!("https://postern.example/below/in/{}", words.join("/"));
            prop_assert!(leads(&here, &url), "{}", url);
        }
    }
}
