//! Percent-encoding as JavaScript and the signing standards do it.

use std::fmt::Write as _;

/// What is said where an escape makes no text: JavaScript's words.
pub(super) const MALFORMED: &str = "URI malformed";

/// Encodes whatever isn't a letter, a digit or one of `-_.~` (RFC 3986).
pub(super) fn strict(text: &str) -> String {
    encode(text, "-_.~")
}

/// `encodeURI`.
pub(super) fn encode_whole(text: &str) -> String {
    encode(text, "-_.~!*'();,/?:@&=+$#")
}

fn encode(text: &str, kept: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.as_bytes().contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// `decodeURIComponent`.
pub(super) fn decode(text: &str) -> Result<String, String> {
    decode_but(text, "")
}

/// `decodeURI`: what parts an address stays encoded.
pub(super) fn decode_whole(text: &str) -> Result<String, String> {
    decode_but(text, ";/?:@&=+$,#")
}

fn decode_but(text: &str, kept: &str) -> Result<String, String> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte != b'%' {
            decoded.push(byte);
            at += 1;
            continue;
        }
        let escaped = escape(bytes, at).ok_or(MALFORMED)?;
        if kept.as_bytes().contains(&escaped) {
            decoded.extend_from_slice(&bytes[at..at + 3]);
        } else {
            decoded.push(escaped);
        }
        at += 3;
    }
    String::from_utf8(decoded).map_err(|_| MALFORMED.to_owned())
}

/// The byte that the escape at this place means.
fn escape(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    u8::try_from(digit(at + 1)? * 16 + digit(at + 2)?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escapes_are_read_as_javascript_reads_them() {
        for (text, whole, component) in [
            ("a%20b", Ok("a b"), Ok("a b")),
            ("a%2Fb%3f", Ok("a%2Fb%3f"), Ok("a/b?")),
            ("%E2%82%AC", Ok("€"), Ok("€")),
            ("%", Err(()), Err(())),
            ("%4", Err(()), Err(())),
            ("%zz", Err(()), Err(())),
            ("%E2%82", Err(()), Err(())),
            ("%+1", Err(()), Err(())),
        ] {
            let read = decode_whole(text);
            assert_eq!(read.as_deref().map_err(|_| ()), whole, "{text}");
            assert_eq!(decode(text).as_deref().map_err(|_| ()), component, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_was_encoded_is_read_back(text in ".{0,40}") {
            prop_assert_eq!(decode(&strict(&text)).unwrap(), text);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "(%|[0-9a-fA-F]|.){0,40}") {
            let _ = (decode(&text), decode_whole(&text));
        }
    }
}
