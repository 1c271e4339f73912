//! A request to be sent.

use bytes::Bytes;
use url::Url;

/// A request to be sent.
///
/// The headers go out in the case, the order and the repetition that they are given in. The framing is egress's own: a
/// `Content-Length` keeps its place and gets its value from the body, a `Transfer-Encoding` is left out. What is missing is
/// added: `Host` in front, `Authorization` where the URL names a user, `Content-Length` where there is a body.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method, in the letters that go out.
    pub method: String,
    /// Where to; checked again by [`check_url`](crate::check_url) when sent.
    pub url: Url,
    /// What stands on the request line in place of the URL's path and query, letter by letter.
    pub target: Option<String>,
    /// The headers, in order; a name may stand more than once.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Bytes,
}

impl Request {
    /// A request without headers and body.
    pub fn new(method: impl Into<String>, url: Url) -> Self {
        Self {
            method: method.into(),
            url,
            target: None,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// The same request with one more header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same request with this body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }
}
