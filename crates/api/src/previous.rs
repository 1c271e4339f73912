//! What the scripts of a run find in the global variable `previousRequest`: what was posted to start it.

use serde_json::{Value, json};

/// The most bytes of a body that scripts are given: 256 KiB.
pub(crate) const MOST_SEEN: usize = 256 * 1024;
/// Headers that scripts have no business with.
const KEPT_BACK: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

/// The JSON text: `data` is what was posted, `headers` are its headers. Of a body that is too large there is no `data`, and `tooLarge` says so.
pub(crate) fn previous_request<'a>(
    headers: impl Iterator<Item = (&'a str, &'a str)>,
    body: &[u8],
) -> String {
    let headers: serde_json::Map<String, Value> = headers
        .filter(|(name, _)| !KEPT_BACK.contains(name))
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    let mut previous = json!({"data": null, "headers": headers});
    if body.len() > MOST_SEEN {
        previous["tooLarge"] = true.into();
    } else {
        let text = String::from_utf8_lossy(body);
        previous["data"] =
            serde_json::from_str(&text).unwrap_or_else(|_| Value::from(text.as_ref()));
    }
    previous.to_string()
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;

    #[test]
    fn scripts_see_what_was_posted_and_nothing_that_opens_something() {
        let seen = |headers: &[(&'static str, &'static str)], body: &[u8]| -> Value {
            let text = previous_request(headers.iter().copied(), body);
            serde_json::from_str(&text).unwrap()
        };
        let headers = KEPT_BACK.map(|name| (name, "s3cret"));
        let headers: Vec<_> = headers
            .into_iter()
            .chain(iter::once(("x-a", "1")))
            .collect();
        assert_eq!(
            seen(&headers, b"{\"a\": 1}"),
            json!({"data": {"a": 1}, "headers": {"x-a": "1"}})
        );
        assert_eq!(seen(&[], b"text")["data"], "text");
        assert_eq!(seen(&[], b"\xff")["data"], "\u{fffd}");
        let large = seen(&[], &vec![b' '; MOST_SEEN + 1]);
        assert_eq!(
            large,
            json!({"data": null, "headers": {}, "tooLarge": true})
        );
        assert_eq!(seen(&[], &vec![b'1'; MOST_SEEN])["tooLarge"], Value::Null);
    }
}
