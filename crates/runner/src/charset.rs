//! The text of a file that people have written: which letters its bytes are.

use std::borrow::Cow;

use thiserror::Error;

/// A file whose letters can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("read the text: expected UTF-8, as its first bytes say, at line {line}, column {column}")]
pub struct CharsetError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// What Windows-1252 has between 0x80 and 0x9f; everything else in it is as in Latin-1.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file.
///
/// It is UTF-8, or UTF-16 with a byte order mark, as Windows' programs write it; what is neither is Windows-1252, which contains
/// Latin-1. The mark is left out.
pub fn text_of(bytes: &[u8]) -> Result<Cow<'_, str>, CharsetError> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => str::from_utf8(rest).map(Cow::from).map_err(|error| {
            let before = &rest[..error.valid_up_to()];
            let line_start = before
                .iter()
                .rposition(|&byte| byte == b'\n')
                .map_or(0, |end| end + 1);
            CharsetError {
                line: before.split(|&byte| byte == b'\n').count(),
                column: String::from_utf8_lossy(&before[line_start..])
                    .chars()
                    .count()
                    + 1,
            }
        }),
        [0xff, 0xfe, rest @ ..] => Ok(utf16(rest, u16::from_le_bytes).into()),
        [0xfe, 0xff, rest @ ..] => Ok(utf16(rest, u16::from_be_bytes).into()),
        _ => Ok(str::from_utf8(bytes).map_or_else(|_| windows(bytes).into(), Cow::from)),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks().0.iter().map(|&pair| unit(pair));
    char::decode_utf16(units)
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn windows(bytes: &[u8]) -> String {
    let letters = bytes.iter().map(|&byte| match byte {
        0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_charset_gives_the_same_text() {
        let files: [&[u8]; 5] = [
            "é€".as_bytes(),
            b"\xef\xbb\xbf\xc3\xa9\xe2\x82\xac",
            b"\xff\xfe\xe9\x00\xac\x20",
            b"\xfe\xff\x00\xe9\x20\xac",
            b"\xe9\x80",
        ];
        for file in files {
            assert_eq!(text_of(file).unwrap(), "é€");
        }
    }

    #[test]
    fn a_broken_promise_of_utf8_says_where() {
        let error = text_of(b"\xef\xbb\xbfa\n\xc3\xa9b\xff").unwrap_err();
        assert_eq!(error, CharsetError { line: 2, column: 3 });
    }
}
