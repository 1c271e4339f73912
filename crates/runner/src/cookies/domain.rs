//! Which hosts a cookie belongs to.

use std::net::IpAddr;

/// Top-level names that nobody owns: a name beneath one of them is a site of its own.
const SPECIAL: [&str; 5] = ["local", "example", "invalid", "localhost", "test"];

/// A host as cookies know it: lower case, ASCII, without a leading dot or brackets.
pub(super) fn canonical(host: &str) -> String {
    let host = host.trim();
    let host = host.strip_prefix('.').unwrap_or(host);
    let inner = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    let host = inner.unwrap_or(host);
    if host.is_ascii() {
        return host.to_lowercase();
    }
    url::Url::parse(&format!("ws://{host}"))
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| host.to_lowercase())
}

/// Whether a cookie of this domain goes to that host: the same name, or one beneath it.
pub(super) fn matches(host: &str, domain: &str) -> bool {
    if host == domain {
        return true;
    }
    let beneath = host
        .strip_suffix(domain)
        .is_some_and(|rest| rest.ends_with('.'));
    beneath && !domain.is_empty() && host.parse::<IpAddr>().is_err()
}

/// Whether everybody can have a name beneath it, as beneath `com` and `co.uk`.
pub(super) fn is_public_suffix(domain: &str) -> bool {
    if domain.parse::<IpAddr>().is_ok() {
        return false;
    }
    let (parents, top) = domain.rsplit_once('.').unwrap_or(("", domain));
    if SPECIAL.contains(&top) {
        return parents.is_empty() && !matches!(top, "localhost" | "invalid");
    }
    psl::domain(domain.as_bytes()).is_none()
}

pub(super) fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
