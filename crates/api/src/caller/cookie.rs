//! A browser's session: its cookie, and the token that it must send along when it changes something.
//!
//! The cookie goes out with requests that other sites cause; the token does not, for other sites can't read it.

use axum::http::HeaderValue;
use http::{HeaderMap, header};
use postern_journal::SESSION_LASTS;
use postern_model::ContentHash;
use url::Url;

/// The cookie's name.
const SESSION_COOKIE: &str = "postern_session";
/// The header that the token is sent in.
const CSRF_HEADER: &str = "x-csrf-token";
/// So many of its characters are enough.
const CSRF_CHARS: usize = 32;

/// The token of a session. Who knows it doesn't know the cookie.
pub(crate) fn csrf_token(session: &str) -> String {
    let hash = ContentHash::of(format!("csrf of {session}").as_bytes());
    hash.to_string().chars().take(CSRF_CHARS).collect()
}

/// Whether a request carries this token. Hashes are compared, so that how long it takes tells nothing.
pub(super) fn carries(headers: &HeaderMap, token: &str) -> bool {
    let sent = headers.get(CSRF_HEADER).map(HeaderValue::as_bytes);
    sent.is_some_and(|sent| ContentHash::of(sent) == ContentHash::of(token.as_bytes()))
}

/// What the session's cookie holds, if it was sent.
pub(super) fn sent_session(headers: &HeaderMap) -> Option<String> {
    sent(headers, SESSION_COOKIE)
}

/// What the cookie of this name holds, if it was sent.
pub(crate) fn sent(headers: &HeaderMap, cookie: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).into_iter();
    let mut pairs = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(name, _)| *name == cookie)
        .map(|(_, value)| value.to_owned())
}

/// Has the browser keep a session.
pub(crate) fn session_cookie(token: &str, public_url: &Url) -> [(header::HeaderName, String); 1] {
    set(token, SESSION_LASTS.as_secs(), public_url)
}

/// Has the browser forget its session.
pub(crate) fn ended_cookie(public_url: &Url) -> [(header::HeaderName, String); 1] {
    set("", 0, public_url)
}

fn set(value: &str, seconds: u64, public_url: &Url) -> [(header::HeaderName, String); 1] {
    let cookie = cookie(SESSION_COOKIE, value, "/", seconds, public_url);
    [(header::SET_COOKIE, cookie)]
}

/// A cookie that no script of the browser can read, for the paths below one.
pub(crate) fn cookie(
    name: &str,
    value: &str,
    path: &str,
    seconds: u64,
    public_url: &Url,
) -> String {
    let secure = if public_url.scheme() == "https" {
        "; Secure"
    } else {
        ""
    };
    format!("{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}
