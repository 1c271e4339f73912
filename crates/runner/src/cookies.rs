//! The cookies of a run.

use cookie_store::CookieStore;
use postern_sandbox::{Answer, Cookie, CookieAsk, CookieVerb};

use crate::Address;

/// The cookie jar of a run.
#[derive(Default)]
pub(crate) struct Jar(CookieStore);

impl Jar {
    /// Keeps what an answer sets; what was kept.
    pub(crate) fn keep(&mut self, headers: &[(String, String)], url: &Address) {
        for (name, value) in headers {
            if name.eq_ignore_ascii_case("set-cookie") {
                // A cookie for another site, or one that makes no sense, is dropped as browsers do.
                let _ = url.to_url().map(|url| self.0.parse(value, &url).is_ok());
            }
        }
    }

    /// The `Cookie` header for this address, where there is one.
    pub(crate) fn header(&self, url: &Address) -> Option<String> {
        let pairs: Vec<String> = self
            .matching(url)
            .into_iter()
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// The cookies for this address: those of the longest path first, as RFC 6265 wants it.
    pub(crate) fn matching(&self, url: &Address) -> Vec<Cookie> {
        let Ok(url) = url.to_url() else {
            return Vec::new();
        };
        let mut cookies: Vec<Cookie> = self
            .0
            .matches(&url)
            .into_iter()
            .map(|cookie| seen(cookie, &url))
            .collect();
        cookies.sort_by(|one, other| {
            other
                .path
                .len()
                .cmp(&one.path.len())
                .then_with(|| one.name.cmp(&other.name))
        });
        cookies
    }

    /// Does what a script asks of the jar.
    pub(crate) fn serve(&mut self, ask: &CookieAsk) -> Answer {
        let url = Address::parse(&ask.url, true);
        match &ask.verb {
            CookieVerb::GetAll => Answer::Cookies(self.matching(&url)),
            CookieVerb::Set(cookie) => {
                let mut line = format!("{}={}", cookie.name, cookie.value);
                for (name, value) in [("Domain", &cookie.domain), ("Path", &cookie.path)] {
                    if !value.is_empty() {
                        line.push_str(&format!("; {name}={value}"));
                    }
                }
                if let Some(expires) = &cookie.expires {
                    line.push_str(&format!("; Expires={expires}"));
                }
                if let Some(seconds) = cookie.max_age {
                    line.push_str(&format!("; Max-Age={seconds}"));
                }
                for (flag, on) in [
                    ("; Secure", cookie.secure),
                    ("; HttpOnly", cookie.http_only),
                ] {
                    if on {
                        line.push_str(flag);
                    }
                }
                match url
                    .to_url()
                    .map(|url| self.0.parse(&line, &url).map(|_| ()))
                {
                    Ok(Ok(())) => Answer::Cookies(
                        self.matching(&url)
                            .into_iter()
                            .filter(|kept| kept.name == cookie.name)
                            .collect(),
                    ),
                    Ok(Err(error)) => Answer::Failed(error.to_string()),
                    Err(error) => Answer::Failed(error.message),
                }
            }
            CookieVerb::Unset(name) => {
                self.forget(&url, Some(name));
                Answer::Cookies(Vec::new())
            }
            CookieVerb::Clear => {
                self.forget(&url, None);
                Answer::Cookies(Vec::new())
            }
        }
    }

    fn forget(&mut self, url: &Address, name: Option<&str>) {
        let Ok(url) = url.to_url() else {
            return;
        };
        let doomed: Vec<(String, String, String)> = self
            .0
            .matches(&url)
            .into_iter()
            .filter(|cookie| name.is_none_or(|name| cookie.name() == name))
            .map(|cookie| {
                let domain = String::from(&cookie.domain);
                (domain, String::from(&cookie.path), cookie.name().to_owned())
            })
            .collect();
        for (domain, path, name) in doomed {
            self.0.remove(&domain, &path, &name);
        }
    }
}

fn seen(cookie: &cookie_store::Cookie<'_>, url: &url::Url) -> Cookie {
    let domain = String::from(&cookie.domain);
    Cookie {
        name: cookie.name().to_owned(),
        value: cookie.value().to_owned(),
        host_only: matches!(cookie.domain, cookie_store::CookieDomain::HostOnly(_)),
        domain: if domain.is_empty() {
            url.host_str().unwrap_or_default().to_owned()
        } else {
            domain
        },
        path: String::from(&cookie.path),
        secure: cookie.secure().unwrap_or(false),
        http_only: cookie.http_only().unwrap_or(false),
        max_age: cookie
            .max_age()
            .and_then(|age| i64::try_from(age.unsigned_abs().as_secs()).ok()),
        ..Cookie::default()
    }
}
