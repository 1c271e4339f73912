//! Addresses as postman-url-encoder writes them: what Postman sends is not what a browser would.
//!
//! A browser's URL resolves `..`, encodes anew and drops a default port; servers see all of that. So what goes over the wire
//! is kept as text here, and a [`url::Url`] is made of it only to find the way to the server.

mod encode;
mod resolve;

use std::fmt;

use postern_collection::Url;

use crate::unsent::Unsent;

/// An address, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// `http` or `https` (or what else was typed), in lower case.
    pub protocol: String,
    /// `user:password`, encoded.
    pub auth: Option<String>,
    /// The host in lower case and ASCII; an IPv6 address in its brackets.
    pub hostname: String,
    /// The port as typed.
    pub port: Option<String>,
    /// The path, encoded, with its leading slash.
    pub path: String,
    /// What follows the `?`, encoded.
    pub query: Option<String>,
    /// What follows the `#`, encoded.
    pub hash: Option<String>,
    encodes: bool,
    href: String,
}

impl Address {
    /// Reads an address as it was typed. With `encodes` unset (`disableUrlEncoding`) only the host is encoded.
    pub fn parse(text: &str, encodes: bool) -> Self {
        Self::of(&Url::parse(text), encodes)
    }

    fn of(url: &Url, encodes: bool) -> Self {
        let write = |text: &str, set: &'static encode::Set| {
            if encodes {
                encode::percent(text, set)
            } else {
                text.to_owned()
            }
        };
        let auth = url.credentials().map(|(user, password)| {
            let password = password.map(|password| format!(":{}", write(password, encode::USER)));
            write(user, encode::USER) + &password.unwrap_or_default()
        });
        let protocol = url.protocol.as_deref().unwrap_or("http");
        let mut address = Self {
            protocol: protocol.to_lowercase(),
            auth,
            hostname: encode::host(&url.host.to_lowercase()),
            port: url.port.clone(),
            path: write(&url.path_text(), encode::PATH),
            query: url.query_text().map(|query| write(&query, encode::QUERY)),
            hash: url
                .hash
                .as_deref()
                .map(|hash| write(hash, encode::FRAGMENT)),
            encodes,
            href: String::new(),
        };
        address.write();
        address
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.href
    }

    /// The whole address but for the user's name and password.
    pub(crate) fn without_credentials(&self) -> String {
        match &self.auth {
            Some(auth) => self.href.replacen(&format!("{auth}@"), "", 1),
            None => self.href.clone(),
        }
    }

    /// Host and port, as the `Host` header says them.
    pub fn host(&self) -> String {
        match &self.port {
            Some(port) => format!("{}:{port}", self.hostname),
            None => self.hostname.clone(),
        }
    }

    /// The host's name; an IPv6 address without its brackets.
    pub fn host_str(&self) -> &str {
        let inner = self
            .hostname
            .strip_prefix('[')
            .and_then(|inner| inner.strip_suffix(']'));
        inner.unwrap_or(&self.hostname)
    }

    /// What stands on the request line: path and query.
    pub fn target(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }

    /// Puts one more entry behind the query.
    pub fn push_query(&mut self, key: &str, value: &str) {
        self.push_entry(key, Some(value));
    }

    /// The same, where it may have no value and hence no `=`.
    pub(crate) fn push_entry(&mut self, key: &str, value: Option<&str>) {
        let mut url = Url::default();
        url.query.push(postern_collection::Parameter {
            key: Some(key.to_owned()),
            value: value.map(str::to_owned),
            disabled: false,
        });
        let added = url.query_text().unwrap_or_default();
        let added = if self.encodes {
            encode::percent(&added, encode::QUERY)
        } else {
            added
        };
        self.query = Some(match self.query.take() {
            Some(query) => format!("{query}&{added}"),
            None => added,
        });
        self.write();
    }

    /// Takes the entries of this name out of the query.
    pub fn remove_query(&mut self, key: &str) {
        let Some(query) = self.query.take() else {
            return;
        };
        let is_other = |entry: &&str| entry.split('=').next() != Some(key);
        let kept: Vec<&str> = query.split('&').filter(is_other).collect();
        self.query = (!kept.is_empty()).then(|| kept.join("&"));
        self.write();
    }

    /// Puts another query in the place of this one, as it stands.
    pub(crate) fn set_query(&mut self, query: Option<String>) {
        self.query = query;
        self.write();
    }

    /// Whether what is added to it is encoded.
    pub(crate) fn encodes(&self) -> bool {
        self.encodes
    }

    /// The same address, encoded in any case: so auths sign it.
    pub(crate) fn encoded(&self) -> Self {
        if self.encodes {
            self.clone()
        } else {
            Self::parse(&self.href, true)
        }
    }

    /// Whether it goes to the same host as the other; ports don't matter.
    pub fn is_at_the_host_of(&self, other: &Self) -> bool {
        self.hostname == other.hostname
    }

    /// Where a `Location` leads from here.
    #[must_use]
    pub fn follow(&self, location: &str) -> Self {
        let is_whole = location.starts_with("http:") || location.starts_with("https:");
        let target = if is_whole {
            location.to_owned()
        } else {
            // The address is read once more, as postman-request does it.
            resolve::against(&Self::parse(&self.href, self.encodes), location)
        };
        Self::parse(&target, self.encodes)
    }

    /// The way to the server, for what connects to it.
    pub(crate) fn to_url(&self) -> Result<url::Url, Unsent> {
        if !matches!(self.protocol.as_str(), "http" | "https") {
            return Err(format!("Invalid protocol: {}:", self.protocol).into());
        }
        if self.host().is_empty() {
            return Err(format!("Invalid URI \"{}\"", self.href).into());
        }
        // Node asks the machine itself where no host is named.
        let host = if self.hostname.is_empty() {
            "localhost"
        } else {
            &self.hostname
        };
        let port = self.port.as_deref().unwrap_or_default();
        if !port.is_empty() && port.parse::<u16>().is_err() {
            return Err(Unsent::range_error(format!(
                "Port should be >= 0 and < 65536. Received type string ('{port}')."
            )));
        }
        let target = self.target();
        if target.contains(|letter: char| letter <= ' ' || letter > '\u{ff}') {
            return Err(Unsent::type_error(
                "Request path contains unescaped characters",
            ));
        }
        let is_name = host
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-._:[]".contains(letter));
        url::Url::parse(&format!("{}://{host}:{port}{target}", self.protocol))
            .ok()
            .filter(|_| is_name)
            .ok_or_else(|| format!("getaddrinfo ENOTFOUND {}", self.host_str()).into())
    }

    fn write(&mut self) {
        let auth = self
            .auth
            .as_deref()
            .map(|auth| format!("{auth}@"))
            .unwrap_or_default();
        let hash = self
            .hash
            .as_deref()
            .map(|hash| format!("#{hash}"))
            .unwrap_or_default();
        self.href = format!(
            "{}://{auth}{}{}{hash}",
            self.protocol,
            self.host(),
            self.target()
        );
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.href)
    }
}
