//! Where a request goes, read off its URL.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Uri;
use http::uri::PathAndQuery;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// A URL that can't be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTarget {
    /// It is not a URL.
    #[error("the URL is not valid: {0}")]
    NotAUrl(#[from] url::ParseError),
    /// It has another scheme.
    #[error("the URL's scheme is {0:?}, and only http and https can be asked")]
    Scheme(String),
    /// It has no host.
    #[error("the URL names no host")]
    NoHost,
    /// Its port is 0.
    #[error("the URL's port is 0, at which nothing can listen")]
    PortZero,
    /// Its path or query can't stand on a request line.
    #[error("the URL's path can't be sent")]
    Path,
}

/// Parses a URL and checks that it can be asked: http or https, with a host and a port. Hosts written as decimal,
/// octal or hexadecimal numbers come out as the addresses that they are.
pub fn check_url(text: &str) -> Result<Url, InvalidTarget> {
    let url = Url::parse(text)?;
    Target::of(&url, None)?;
    Ok(url)
}

/// Where a request goes.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) tls: bool,
    pub(crate) host: Host<String>,
    pub(crate) port: u16,
    /// What stands on the request line.
    pub(crate) path: Uri,
    /// What the `host` header says.
    pub(crate) authority: String,
    /// The `authorization` that a user name in the URL stands for.
    pub(crate) authorization: Option<String>,
}

impl Target {
    /// Where a request goes; `written` is what stands on its request line in place of the URL's path and query.
    pub(crate) fn of(url: &Url, written: Option<&str>) -> Result<Self, InvalidTarget> {
        let tls = match url.scheme() {
            "http" => false,
            "https" => true,
            other => return Err(InvalidTarget::Scheme(other.to_owned())),
        };
        let host = url.host().ok_or(InvalidTarget::NoHost)?.to_owned();
        let port = url.port_or_known_default().ok_or(InvalidTarget::NoHost)?;
        if port == 0 {
            return Err(InvalidTarget::PortZero);
        }
        let path = match (written, url.query()) {
            (Some(written), _) => written.to_owned(),
            (None, Some(query)) => format!("{}?{query}", url.path()),
            (None, None) => url.path().to_owned(),
        };
        let path = PathAndQuery::try_from(path).map_err(|_| InvalidTarget::Path)?;
        let authority = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_string(),
        };
        Ok(Self {
            tls,
            host,
            port,
            path: path.into(),
            authority,
            authorization: authorization(url),
        })
    }
}

fn authorization(url: &Url) -> Option<String> {
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let mut pair: Vec<u8> = percent_decode_str(url.username()).collect();
    pair.push(b':');
    pair.extend(percent_decode_str(url.password().unwrap_or_default()));
    Some(format!("Basic {}", STANDARD.encode(pair)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_disguise_are_the_addresses_that_they_are() {
        for text in [
            "http://2130706433/",
            "http://0x7f.1/",
            "http://017700000001/",
            "http://127.1/",
            "http://0177.0.0.1/",
            "http://127.0.0.1./",
            "http://１２７.０.０.１/",
        ] {
            let url = check_url(text).unwrap();
            assert_eq!(url.host_str(), Some("127.0.0.1"), "{text}");
        }
    }

    #[test]
    fn only_http_and_https_can_be_asked() {
        assert_eq!(
            check_url("ftp://example.com/").unwrap_err().to_string(),
            "the URL's scheme is \"ftp\", and only http and https can be asked"
        );
        for text in [
            "",
            "example.com/x",
            "http://",
            "file:///etc/passwd",
            "http://example.com:0/",
        ] {
            assert!(check_url(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_user_in_the_url_becomes_basic_authorization_and_a_fragment_stays_home() {
        let url = check_url("https://mia:p%40ss@Example.com:8443/a b?q=1#top").unwrap();
        let target = Target::of(&url, None).unwrap();
        assert_eq!(target.authority, "example.com:8443");
        assert_eq!(target.path, "/a%20b?q=1");
        assert_eq!(target.authorization.as_deref(), Some("Basic bWlhOnBAc3M="));
    }
}
