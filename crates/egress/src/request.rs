//! A request to be sent.

use bytes::Bytes;
use url::Url;

/// A request to be sent.
///
/// `host`, `content-length` and `transfer-encoding` are egress's own: a `host` among the headers replaces the one
/// from the URL, the other two are ignored (but for a `content-length` of 0). Nothing else is added.
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
