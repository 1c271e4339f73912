//! A request as it goes out: checked, and written down once.

use std::io::Write as _;

use bytes::Bytes;

use super::grammar::{is_token, is_value, lists};
use crate::failure::{FailureKind, Fault};
use crate::request::Request;
use crate::target::Target;

/// A request that can be sent, any number of times.
#[derive(Debug, Clone)]
pub(crate) struct Outbound {
    /// The request line and the headers, to the empty line.
    pub(crate) head: Vec<u8>,
    pub(crate) body: Bytes,
    /// Whether the answer will have no body because only its head was asked for.
    pub(super) asks_for_head: bool,
    /// Whether the peer was asked to close the connection after its answer.
    pub(super) asks_to_close: bool,
}

impl Outbound {
    /// Writes the request down. Headers go out in the case, the order and the repetition that they were given in; `Host`
    /// comes first where none was given. The framing is our own: a `Content-Length` among the headers keeps its place and
    /// not its value, a `Transfer-Encoding` is left out.
    pub(crate) fn of(request: Request, target: &Target) -> Result<Self, Fault> {
        let Request {
            method,
            headers,
            body,
            ..
        } = request;
        if !is_token(method.as_bytes()) || method == "CONNECT" {
            return Err(invalid(format!("the method {method:?} can't be sent")));
        }
        let given = |name: &str| named(&headers, name).next().is_some();
        let mut room = 256;
        for (name, value) in &headers {
            if !is_token(name.as_bytes()) {
                return Err(invalid(format!("the header name {name:?} can't be sent")));
            }
            if !is_value(value.as_bytes()) {
                // The value may be a secret: it is not repeated.
                return Err(invalid(format!(
                    "the value of the header {name} can't be sent"
                )));
            }
            room += name.len() + value.len() + 4;
        }
        let mut head = Vec::with_capacity(room + 2 * target.authority.len());
        // Writing to memory doesn't fail.
        drop(write!(head, "{method} {} HTTP/1.1\r\n", target.path));
        if !given("host") {
            line(&mut head, "Host", &target.authority);
        }
        // Other methods are about a body, and servers want to know that there is none.
        let mut length_is_due = !body.is_empty()
            || !matches!(
                method.as_str(),
                "GET" | "HEAD" | "DELETE" | "OPTIONS" | "TRACE"
            )
            || given("content-length");
        for (name, value) in &headers {
            if name.eq_ignore_ascii_case("content-length") {
                if std::mem::take(&mut length_is_due) {
                    length_line(&mut head, name, body.len());
                }
            } else if !name.eq_ignore_ascii_case("transfer-encoding") {
                line(&mut head, name, value);
            }
        }
        if let Some(authorization) = &target.authorization
            && !given("authorization")
        {
            line(&mut head, "Authorization", authorization);
        }
        if length_is_due {
            length_line(&mut head, "Content-Length", body.len());
        }
        head.extend_from_slice(b"\r\n");
        let asks_to_close = named(&headers, "connection").any(|(_, value)| lists(value, "close"));
        Ok(Self {
            head,
            body,
            asks_for_head: method == "HEAD",
            asks_to_close,
        })
    }
}

fn named<'a>(
    headers: &'a [(String, String)],
    name: &'a str,
) -> impl Iterator<Item = &'a (String, String)> {
    headers
        .iter()
        .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
}

fn line(head: &mut Vec<u8>, name: &str, value: &str) {
    for part in [name, ": ", value, "\r\n"] {
        head.extend_from_slice(part.as_bytes());
    }
}

fn length_line(head: &mut Vec<u8>, name: &str, length: usize) {
    drop(write!(head, "{name}: {length}\r\n"));
}

fn invalid(what: String) -> Fault {
    Fault::new(FailureKind::InvalidRequest, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check_url;

    fn written(request: Request) -> String {
        let target = Target::of(&request.url, None).unwrap();
        String::from_utf8(Outbound::of(request, &target).unwrap().head).unwrap()
    }

    fn post() -> Request {
        Request::new(
            "POST",
            check_url("http://mia:pass@example.com:81/a?b#c").unwrap(),
        )
    }

    #[test]
    fn headers_go_out_as_they_were_typed() {
        let request = post()
            .header("x-LOWER-and-UPPER", "1")
            .header("Accept", "*/*")
            .header("X-lower-AND-upper", "2")
            .header("content-LENGTH", "99")
            .header("Transfer-Encoding", "chunked")
            .header("AUTHORIZATION", "none")
            .header("hOST", "other.test")
            .header("Empty", "")
            .body("four");
        assert_eq!(
            written(request),
            "POST /a?b HTTP/1.1\r\nx-LOWER-and-UPPER: 1\r\nAccept: */*\r\nX-lower-AND-upper: 2\r\ncontent-LENGTH: 4\r\n\
             AUTHORIZATION: none\r\nhOST: other.test\r\nEmpty: \r\n\r\n"
        );
    }

    #[test]
    fn what_was_not_typed_and_is_needed_is_added() {
        assert_eq!(
            written(post().header("A", "b").body("four")),
            "POST /a?b HTTP/1.1\r\nHost: example.com:81\r\nA: b\r\nAuthorization: Basic bWlhOnBhc3M=\r\nContent-Length: 4\r\n\r\n"
        );
        let bare = |method: &str| written(Request::new(method, check_url("http://[::1]").unwrap()));
        assert_eq!(bare("GET"), "GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n");
        assert_eq!(
            bare("PUT"),
            "PUT / HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 0\r\n\r\n"
        );
    }

    #[test]
    fn nothing_can_be_smuggled_in() {
        for request in [
            Request::new("GET / HTTP/1.1\r\nX:", post().url),
            Request::new("", post().url),
            Request::new("CONNECT", post().url),
            post().header("", "x"),
            post().header("a b", "x"),
            post().header("a\r\nb", "x"),
            post().header("a:", "x"),
            post().header("é", "x"),
            post().header("a", "x\r\nb: c"),
            post().header("a", "x\nb: c"),
            post().header("a", "x\ry"),
            post().header("a", "x\0y"),
            post().header("a", "x\u{7f}y"),
            post().header("content-length", "x\r\nb: c"),
            post().header("host", "x\r\nb: c"),
        ] {
            let target = Target::of(&request.url, None).unwrap();
            let fault = Outbound::of(request, &target).unwrap_err();
            assert_eq!(fault.kind, FailureKind::InvalidRequest);
        }
    }
}
