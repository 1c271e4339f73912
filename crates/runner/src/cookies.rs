//! The cookies of a run: what tough-cookie keeps and sends, so what newman does.

mod domain;
mod exported;
mod set_cookie;

use postern_sandbox::{Answer, Cookie, CookieAsk, CookieVerb};

use crate::Address;

pub use exported::JarError;

/// A cookie jar. Cookies are kept in the order in which they first came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Jar {
    kept: Vec<Kept>,
}

/// A cookie as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of its own in a cookie"
)]
pub(crate) struct Kept {
    name: String,
    value: String,
    domain: String,
    path: String,
    path_is_default: bool,
    /// Only for the very host that set it.
    host_only: bool,
    secure: bool,
    http_only: bool,
    same_site: Option<String>,
    /// Milliseconds since 1970.
    expires: Option<i64>,
    /// Seconds from its creation; it goes before `expires`.
    max_age: Option<i64>,
    extensions: Vec<String>,
    created: i64,
    seen: i64,
}

impl Kept {
    fn is_over(&self, now: i64) -> bool {
        match (self.max_age, self.expires) {
            (Some(seconds), _) => {
                seconds <= 0 || self.created.saturating_add(seconds.saturating_mul(1000)) <= now
            }
            (None, Some(expires)) => expires <= now,
            (None, None) => false,
        }
    }

    fn goes_to(&self, site: &Site, now: i64) -> bool {
        let domain_fits = if self.host_only {
            self.domain == site.host
        } else {
            domain::matches(&site.host, &self.domain)
        };
        domain_fits
            && path_matches(&site.path, &self.path)
            && (!self.secure || site.secure)
            && !self.is_over(now)
    }

    fn text(&self) -> String {
        if self.name.is_empty() {
            self.value.clone()
        } else {
            format!("{}={}", self.name, self.value)
        }
    }

    fn seen(&self) -> Cookie {
        Cookie {
            name: self.name.clone(),
            value: self.value.clone(),
            domain: self.domain.clone(),
            path: self.path.clone(),
            expires: self.expires.map(set_cookie::http_date),
            max_age: self.max_age,
            secure: self.secure,
            http_only: self.http_only,
            host_only: self.host_only,
            same_site: self.same_site.clone(),
        }
    }
}

/// Where cookies go to or come from.
struct Site {
    host: String,
    path: String,
    secure: bool,
}

impl Site {
    fn of(url: &Address) -> Self {
        let host = domain::canonical(url.host_str());
        Self {
            // Whoever talks to this machine is not overheard.
            secure: url.protocol == "https" || domain::is_loopback(&host),
            path: url.path.clone(),
            host,
        }
    }
}

impl Jar {
    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Keeps what an answer sets. A cookie for another site, or one that makes no sense, is dropped.
    pub(crate) fn keep(&mut self, headers: &[(String, String)], url: &Address, now: i64) {
        for (name, value) in headers {
            if name.eq_ignore_ascii_case("set-cookie") {
                drop(self.set(value, url, now));
            }
        }
    }

    /// Keeps a cookie as a `Set-Cookie` header says it; an error is in tough-cookie's words.
    fn set(&mut self, line: &str, url: &Address, now: i64) -> Result<(), String> {
        let site = Site::of(url);
        let mut cookie = set_cookie::parse(line).ok_or("Cookie failed to parse")?;
        if cookie.domain.is_empty() {
            cookie.host_only = true;
            cookie.domain.clone_from(&site.host);
        } else {
            let asked = domain::canonical(&cookie.domain);
            if domain::is_public_suffix(&asked) {
                return Err("Cookie has domain set to a public suffix".to_owned());
            }
            if !domain::matches(&site.host, &asked) {
                let host = site.host;
                return Err(format!(
                    "Cookie not in this host's domain. Cookie:{asked} Request:{host}"
                ));
            }
        }
        if !cookie.path.starts_with('/') {
            default_path(&site.path).clone_into(&mut cookie.path);
            cookie.path_is_default = true;
        }
        let lacks_tls = cookie.name.starts_with("__Secure-") && !cookie.secure;
        let is_host = cookie.secure && cookie.host_only && cookie.path == "/";
        if lacks_tls || (cookie.name.starts_with("__Host-") && !is_host) {
            // As browsers do it: without a word.
            return Ok(());
        }
        cookie.created = now;
        cookie.seen = now;
        self.put(cookie);
        Ok(())
    }

    /// Keeps a cookie in the place of the one that it replaces.
    fn put(&mut self, mut cookie: Kept) {
        let same = |kept: &&mut Kept| {
            kept.name == cookie.name && kept.domain == cookie.domain && kept.path == cookie.path
        };
        match self.kept.iter_mut().find(same) {
            Some(kept) => {
                cookie.created = kept.created;
                *kept = cookie;
            }
            None => self.kept.push(cookie),
        }
    }

    /// The `Cookie` header for this address, where there is one.
    pub(crate) fn header(&self, url: &Address, now: i64) -> Option<String> {
        let texts: Vec<String> = self.going_to(url, now).map(Kept::text).collect();
        (!texts.is_empty()).then(|| texts.join("; "))
    }

    /// The cookies for this address, as scripts see them.
    pub(crate) fn matching(&self, url: &Address, now: i64) -> Vec<Cookie> {
        self.going_to(url, now).map(Kept::seen).collect()
    }

    /// The cookies for this address: those of the longest path first, the oldest of them first.
    fn going_to(&self, url: &Address, now: i64) -> impl Iterator<Item = &Kept> {
        let site = Site::of(url);
        let mut going: Vec<&Kept> = self
            .kept
            .iter()
            .filter(|kept| kept.goes_to(&site, now))
            .collect();
        going.sort_by_key(|kept| std::cmp::Reverse(kept.path.encode_utf16().count()));
        going.into_iter()
    }

    /// Does what a script asks of the jar.
    pub(crate) fn serve(&mut self, ask: &CookieAsk, now: i64) -> Answer {
        let url = Address::parse(&ask.url, true);
        match &ask.verb {
            CookieVerb::GetAll => Answer::Cookies(self.matching(&url, now)),
            CookieVerb::Set(cookie) => match self.set(&set_cookie::line(cookie), &url, now) {
                Ok(()) => {
                    let all = self.matching(&url, now).into_iter();
                    Answer::Cookies(all.filter(|kept| kept.name == cookie.name).collect())
                }
                Err(error) => Answer::Failed(error),
            },
            CookieVerb::Unset(name) => self.forget(&url, Some(name), now),
            CookieVerb::Clear => self.forget(&url, None, now),
        }
    }

    fn forget(&mut self, url: &Address, name: Option<&str>, now: i64) -> Answer {
        let site = Site::of(url);
        self.kept
            .retain(|kept| !kept.goes_to(&site, now) || name.is_some_and(|name| kept.name != name));
        Answer::Cookies(Vec::new())
    }
}

fn path_matches(asked: &str, path: &str) -> bool {
    asked
        .strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || path.ends_with('/') || rest.starts_with('/'))
}

/// The folder of a page.
fn default_path(path: &str) -> &str {
    match path.rfind('/') {
        Some(at) if at > 0 && path.starts_with('/') => &path[..at],
        _ => "/",
    }
}

#[cfg(test)]
mod tests;
