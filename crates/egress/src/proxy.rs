//! Proxies: what one is, and how it is written.

mod connect;
mod environment;
mod fault;
mod reach;
mod route;
mod socks;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::dial::Place;

pub use environment::ProxyEnvironment;
pub use fault::ProxyFault;
pub(crate) use route::Route;

/// A proxy, written as a URL: `http://proxy.intra:3128`, `https://…`, `socks5://mia:secret@127.0.0.1`. Without a scheme
/// it is an HTTP proxy. Clones share it.
///
/// Of SOCKS, `socks5://` looks names up here and hands over addresses, while `socks5h://` and `socks://` let the proxy
/// look them up, as with newman and curl. HTTP proxies look them up. Where the address policy closes anything, all are
/// handed vetted addresses instead, since a name that the proxy looks up would be one that nobody has vetted.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Proxy(Arc<Inside>);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Inside {
    scheme: Scheme,
    place: Place,
    credentials: Option<Credentials>,
    /// A whole `proxy-authorization`, which a request brought along.
    authorization: Option<String>,
    tunnel: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Scheme {
    Http,
    Https,
    /// SOCKS 5, with names looked up here.
    Socks5,
    /// SOCKS 5, with names looked up by the proxy.
    Socks5h,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Credentials {
    user: Vec<u8>,
    password: Vec<u8>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

/// A text that names no proxy. It may hold a password, so it is not repeated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProxy {
    /// It is not a URL.
    #[error("failed to read the proxy's address: {0}")]
    NotAUrl(#[from] url::ParseError),
    /// Its scheme is not one of a proxy.
    #[error("failed to read the proxy's address: {0} is none of http, https, socks5, socks5h")]
    Scheme(String),
    /// It has no host, or port 0.
    #[error("failed to read the proxy's address: it names no host and port")]
    NoHost,
}

impl FromStr for Proxy {
    type Err = InvalidProxy;

    fn from_str(text: &str) -> Result<Self, InvalidProxy> {
        let text = text.trim();
        let url = if text.contains("://") {
            Url::parse(text)?
        } else {
            Url::parse(&format!("http://{text}"))?
        };
        let (scheme, port) = match url.scheme() {
            "http" => (Scheme::Http, 80),
            "https" => (Scheme::Https, 443),
            "socks5" => (Scheme::Socks5, 1080),
            "socks5h" | "socks" => (Scheme::Socks5h, 1080),
            other => return Err(InvalidProxy::Scheme(other.to_owned())),
        };
        let port = url.port().unwrap_or(port);
        let host = url.host_str().filter(|host| !host.is_empty() && port != 0);
        let decode = |text: &str| percent_decode_str(text).collect::<Vec<u8>>();
        let credentials = Credentials {
            user: decode(url.username()),
            password: decode(url.password().unwrap_or_default()),
        };
        Ok(Self(Arc::new(Inside {
            scheme,
            // The URL parser leaves hosts of schemes that it does not know as they are.
            place: Place {
                host: Host::parse(host.ok_or(InvalidProxy::NoHost)?)?,
                port,
            },
            credentials: Some(credentials)
                .filter(|pair| !(pair.user.is_empty() && pair.password.is_empty())),
            authorization: None,
            tunnel: false,
        })))
    }
}

impl Proxy {
    /// The same proxy, with these credentials in place of those in its URL.
    #[must_use]
    pub fn with_credentials(self, user: &str, password: &str) -> Self {
        self.changed(|inside| {
            inside.credentials = Some(Credentials {
                user: user.as_bytes().to_vec(),
                password: password.as_bytes().to_vec(),
            });
        })
    }

    /// The same proxy, asked for a tunnel also where it could read along (Postman's `tunnel` of a proxy's settings).
    #[must_use]
    pub fn tunnelling(self) -> Self {
        self.changed(|inside| inside.tunnel = true)
    }

    fn authorized(self, authorization: String) -> Self {
        self.changed(|inside| inside.authorization = Some(authorization))
    }

    fn changed(self, change: impl FnOnce(&mut Inside)) -> Self {
        let mut inside = Arc::unwrap_or_clone(self.0);
        change(&mut inside);
        Self(Arc::new(inside))
    }

    fn is_socks(&self) -> bool {
        matches!(self.0.scheme, Scheme::Socks5 | Scheme::Socks5h)
    }

    /// What goes into `proxy-authorization`.
    fn authorization(&self) -> Option<String> {
        let basic = |pair: &Credentials| {
            let pair = [&pair.user[..], b":", &pair.password[..]].concat();
            format!("Basic {}", STANDARD.encode(pair))
        };
        let own = self.0.authorization.clone();
        own.or_else(|| self.0.credentials.as_ref().map(basic))
    }
}

/// As a URL without the credentials.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.0.scheme {
            Scheme::Http => "http",
            Scheme::Https => "https",
            Scheme::Socks5 => "socks5",
            Scheme::Socks5h => "socks5h",
        };
        write!(f, "{scheme}://{}", self.0.place)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_read_from_what_people_write() {
        for (text, expected, authorization) in [
            ("proxy.intra:3128", "http://proxy.intra:3128", None),
            ("http://Proxy.Intra/", "http://proxy.intra:80", None),
            ("https://proxy.intra", "https://proxy.intra:443", None),
            ("socks5://127.1", "socks5://127.0.0.1:1080", None),
            ("socks://[::1]:9", "socks5h://[::1]:9", None),
            (
                "http://mia:p%40ss@proxy:80",
                "http://proxy:80",
                Some("Basic bWlhOnBAc3M="),
            ),
            ("mia@proxy:80", "http://proxy:80", Some("Basic bWlhOg==")),
        ] {
            let proxy: Proxy = text.parse().unwrap();
            assert_eq!(proxy.to_string(), expected, "{text}");
            assert_eq!(proxy.authorization().as_deref(), authorization, "{text}");
        }
    }

    #[test]
    fn what_is_no_proxy_is_refused_and_no_password_repeated() {
        for text in [
            "",
            "ftp://proxy",
            "http://",
            "socks5://:1",
            "http://proxy:0",
            "http://mia:secret@[::",
        ] {
            let error = text.parse::<Proxy>().unwrap_err().to_string();
            assert!(
                error.starts_with("failed to read the proxy's address"),
                "{text}"
            );
            assert!(!error.contains("secret"), "{error}");
        }
        let proxy: Proxy = "http://mia:secret@proxy".parse().unwrap();
        assert!(!format!("{proxy:?} {proxy}").contains("secret"));
    }
}
