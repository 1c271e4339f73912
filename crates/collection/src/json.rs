//! Reading JSON as JavaScript reads it, with errors that say where.

use std::borrow::Cow;

use serde_json::Value;

use crate::ParseError;
use crate::limits::{MAX_BYTES, check_depth};

/// Reads JSON of at most [`MAX_BYTES`] and [`crate::MAX_DEPTH`] levels.
///
/// What `JSON.parse` takes is taken: blanks of every kind and a byte order mark around the document, and halves of surrogate pairs, which become U+FFFD as they would on the wire.
pub fn parse_json(bytes: &[u8]) -> Result<Value, ParseError> {
    if bytes.len() > MAX_BYTES {
        return Err(ParseError::TooLarge { bytes: bytes.len() });
    }
    let whole = match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            return Err(ParseError::json(
                bytes,
                error.valid_up_to(),
                "expected UTF-8".to_owned(),
            ));
        }
    };
    let text = whole.trim_start_matches(is_blank);
    let start = whole.len() - text.len();
    let text = text.trim_end_matches(is_blank);
    check_depth(text.as_bytes())?;
    let repaired = without_lone_surrogates(text);
    match read(&repaired) {
        Ok(value) => Ok(value),
        Err(error) => {
            let at = if error.is_eof() {
                text.len()
            } else {
                offset(text, error.line(), error.column())
            };
            let message = message(&error, &text[at..]);
            Err(ParseError::json(bytes, start + at, message))
        }
    }
}

fn read(text: &str) -> Result<Value, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    // The depth was looked at before.
    reader.disable_recursion_limit();
    let value = serde::Deserialize::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// What JavaScript's `trim` takes away.
pub fn is_blank(letter: char) -> bool {
    letter == '\u{feff}' || (letter.is_whitespace() && letter != '\u{85}')
}

/// Where serde's line and column are, in bytes. Its columns are bytes, and it points at what it has read last.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let mut at = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What was expected, and what is there.
fn message(error: &serde_json::Error, rest: &str) -> String {
    let told = error.to_string();
    let told = told
        .rsplit_once(" at line ")
        .map_or(told.as_str(), |(told, _)| told);
    if error.is_eof() {
        return match told.strip_prefix("EOF while parsing ") {
            Some("a value") | None => "expected a value, found the end".to_owned(),
            Some(inside) => format!("expected the rest of {inside}, found the end"),
        };
    }
    let expected = match told {
        "expected value" | "expected ident" => "expected a value",
        "trailing characters" => "expected the end of the document",
        "trailing comma" => "expected another entry behind the comma",
        "key must be a string" => "expected a name in double quotes",
        other => other,
    };
    match rest.chars().next() {
        Some(found) => format!("{expected}, found {found:?}"),
        None => expected.to_owned(),
    }
}

/// The text with each `\ud800`…`\udfff` that has no other half as `\ufffd`, which has as many letters.
fn without_lone_surrogates(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut repaired: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        at += found;
        let skip = match (surrogate(bytes, at), surrogate(bytes, at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(_), _) => {
                repaired.get_or_insert_with(|| bytes.to_vec())[at + 2..at + 6]
                    .copy_from_slice(b"fffd");
                6
            }
            (None, _) => 2,
        };
        at = (at + skip).min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    match repaired {
        // Four letters of ASCII were replaced by four others.
        Some(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
        None => text.into(),
    }
}

/// The surrogate that an escape at this place stands for.
fn surrogate(bytes: &[u8], at: usize) -> Option<u16> {
    let escape = bytes.get(at..at + 6)?;
    let digits = escape.strip_prefix(b"\\u")?;
    let number = u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
    (0xd800..=0xdfff).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_of_pairs_become_the_replacement_character() {
        for (text, expected) in [
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""\uDE00x""#, "\u{fffd}x"),
            (r#""\ud83d\ude00""#, "\u{1f600}"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
            (r#""\\ud83d""#, "\\ud83d"),
            (r#""\\\ud83d""#, "\\\u{fffd}"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
        ] {
            assert_eq!(parse_json(text.as_bytes()).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn an_error_says_where_and_what_was_expected() {
        let told = |text: &[u8]| parse_json(text).unwrap_err().to_string();
        let cases: [(&[u8], &str); 8] = [
            (b"<html>", "expected a value, found '<' at line 1, column 1"),
            (
                b"\xef\xbb\xbf\n\n {\"\xc3\xa9\": nope}",
                "expected a value, found 'o' at line 3, column 9",
            ),
            (
                b"[1,\n2",
                "expected the rest of a list, found the end at line 2, column 2",
            ),
            (
                b"{\"a\": 1,}",
                "expected another entry behind the comma, found '}' at line 1, column 9",
            ),
            (
                b"{a: 1}",
                "expected a name in double quotes, found 'a' at line 1, column 2",
            ),
            (
                b"{} {}",
                "expected the end of the document, found '{' at line 1, column 4",
            ),
            (b"{\"a\" 1}", "expected `:`, found '1' at line 1, column 6"),
            (b"\"a\n\xff\"", "expected UTF-8 at line 2, column 1"),
        ];
        for (text, expected) in cases {
            assert!(told(text).ends_with(expected), "{}", told(text));
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = parse_json(&bytes);
        }

        #[test]
        fn arbitrary_escapes_never_panic(text in r#"["\\udDcC89{}\[\],:é\n]{0,60}"#) {
            let _ = parse_json(text.as_bytes());
        }
    }
}
