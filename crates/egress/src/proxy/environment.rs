//! Proxies as the environment names them.

use std::net::IpAddr;

use url::{Host, Url};

use super::{InvalidProxy, Proxy};

/// `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` with the meaning that newman gives them; each also in lower case, where the
/// upper case is not set or is empty.
///
/// - `http://` goes through `HTTP_PROXY`, `https://` through `HTTPS_PROXY` and, without one, through `HTTP_PROXY`.
/// - `NO_PROXY` is a list with commas: `example.com` and `.example.com` are both that host and all below it, `host:8443` is
///   that port only, and a `*` by itself is everything. Networks and other patterns mean nothing.
///
/// Here an entry may be an IPv6 address too (`::1`, `[::1]:80`), which newman takes for a host and a port.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProxyEnvironment {
    http: Option<String>,
    https: Option<String>,
    exceptions: Exceptions,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Exceptions {
    #[default]
    None,
    Everything,
    Zones(Vec<Zone>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Zone {
    /// The host with a dot before it, so that `ample.com` is no end of `example.com`.
    dotted: String,
    port: Option<String>,
}

impl ProxyEnvironment {
    /// Reads the variables, of which `read` gives the value.
    pub fn read(read: impl Fn(&str) -> Option<String>) -> Self {
        let either = |name: &str| {
            let set = |value: &String| !value.is_empty();
            let upper = read(name).filter(set);
            upper.or_else(|| read(&name.to_ascii_lowercase()).filter(set))
        };
        let http = either("HTTP_PROXY");
        Self {
            https: either("HTTPS_PROXY").or_else(|| http.clone()),
            http,
            exceptions: match either("NO_PROXY").as_deref() {
                None => Exceptions::None,
                Some("*") => Exceptions::Everything,
                Some(list) => Exceptions::Zones(list.split(',').map(Zone::of).collect()),
            },
        }
    }

    /// The proxy for a URL; `None` is none.
    pub fn proxy_for(&self, url: &Url) -> Result<Option<Proxy>, InvalidProxy> {
        let proxy = match url.scheme() {
            "http" => &self.http,
            "https" => &self.https,
            _ => &None,
        };
        match proxy {
            Some(proxy) if !self.is_excepted(url) => proxy.parse().map(Some),
            _ => Ok(None),
        }
    }

    fn is_excepted(&self, url: &Url) -> bool {
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return false;
        };
        let host = match host {
            Host::Ipv6(address) => address.to_string(),
            other => other.to_string(),
        };
        match &self.exceptions {
            Exceptions::None => false,
            Exceptions::Everything => true,
            Exceptions::Zones(zones) => {
                let (host, port) = (dotted(&host), port.to_string());
                zones.iter().any(|zone| zone.holds(&host, &port))
            }
        }
    }
}

impl Zone {
    fn of(text: &str) -> Self {
        let text = text.trim();
        if let Some((address, port)) = ipv6(text) {
            let dotted = dotted(&address.to_string());
            return Self { dotted, port };
        }
        let mut parts = text.split(':');
        Self {
            dotted: dotted(parts.next().unwrap_or_default()),
            port: parts.next().map(str::to_owned),
        }
    }

    fn holds(&self, host: &str, port: &str) -> bool {
        // A bare dot, from an empty entry, is the end of no host.
        host.ends_with(&self.dotted) && self.port.as_deref().is_none_or(|own| own == port)
    }
}

fn dotted(host: &str) -> String {
    format!(".{}", host.trim_start_matches('.').to_lowercase())
}

/// `::1`, `[::1]` or `[::1]:80`.
fn ipv6(text: &str) -> Option<(IpAddr, Option<String>)> {
    let (address, port) = match text.strip_prefix('[') {
        None => (text, None),
        Some(rest) => match rest.split_once(']')? {
            (address, "") => (address, None),
            (address, rest) => (address, Some(rest.strip_prefix(':')?.to_owned())),
        },
    };
    let address: IpAddr = address.parse().ok()?;
    address.is_ipv6().then_some((address, port))
}

#[cfg(test)]
mod tests;
