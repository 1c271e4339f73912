//! A request as HTTP/2 has it.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, HOST, TE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, Version};
use http_body_util::Full;

use crate::failure::{FailureKind, Fault};
use crate::request::Request;
use crate::target::Target;

/// Headers that are about an HTTP/1.1 connection; HTTP/2 forbids them.
const OF_CONNECTIONS: [&str; 5] = [
    "connection",
    "keep-alive",
    "proxy-connection",
    "transfer-encoding",
    "upgrade",
];

/// Builds it: a `host` becomes the authority, names are in lower case, what is about an HTTP/1.1 connection is left out.
pub(super) fn build(
    request: &Request,
    target: &Target,
) -> Result<http::Request<Full<Bytes>>, Fault> {
    let invalid = |what: String| Fault::new(FailureKind::InvalidRequest, what);
    let method = Method::from_bytes(request.method.as_bytes())
        .ok()
        .filter(|method| method != Method::CONNECT)
        .ok_or_else(|| invalid(format!("the method {:?} can't be sent", request.method)))?;
    let mut headers = HeaderMap::with_capacity(request.headers.len() + 1);
    let mut authority = None;
    for (name, value) in &request.headers {
        let key = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| invalid(format!("the header name {name:?} can't be sent")))?;
        // The value may be a secret: it is not repeated.
        let value = HeaderValue::from_bytes(value.as_bytes())
            .map_err(|_| invalid(format!("the value of the header {name} can't be sent")))?;
        if key == HOST {
            authority.get_or_insert(value);
        } else if key != CONTENT_LENGTH
            && !OF_CONNECTIONS.contains(&key.as_str())
            && (key != TE || value == "trailers")
        {
            headers.append(key, value);
        }
    }
    if let Some(authorization) = &target.authorization
        && !headers.contains_key(AUTHORIZATION)
        && let Ok(value) = HeaderValue::from_str(authorization)
    {
        headers.insert(AUTHORIZATION, value);
    }
    let authority = match &authority {
        Some(own) => own.to_str().unwrap_or_default(),
        None => &target.authority,
    };
    let uri = Uri::try_from(format!("https://{authority}{}", target.path))
        .map_err(|_| invalid("the URL's host can't be sent".to_owned()))?;
    let mut built = http::Request::new(Full::new(request.body.clone()));
    *built.version_mut() = Version::HTTP_2;
    *built.method_mut() = method;
    *built.uri_mut() = uri;
    *built.headers_mut() = headers;
    Ok(built)
}
