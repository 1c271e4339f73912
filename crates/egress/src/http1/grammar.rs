//! Which bytes may stand where: tokens and field values, as RFC 9110 has them and Node's client keeps them.

/// Whether it is a token: a method, or the name of a header.
pub(crate) fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|&byte| TOKEN[usize::from(byte)])
}

/// Whether the byte may stand in a token.
pub(super) fn in_token(byte: u8) -> bool {
    TOKEN[usize::from(byte)]
}

/// Whether it can be the value of a header: no control characters, hence no line ends, but tabs.
pub(crate) fn is_value(text: &[u8]) -> bool {
    text.iter().all(|&byte| in_value(byte))
}

pub(super) fn in_value(byte: u8) -> bool {
    (byte >= b' ' && byte != 0x7f) || byte == b'\t'
}

/// The text without the spaces and tabs around it.
pub(super) fn trim(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

/// Whether a list with commas has this word in it, in whatever case.
pub(super) fn lists(list: &str, word: &str) -> bool {
    list.split(',')
        .any(|item| item.trim().eq_ignore_ascii_case(word))
}

/// What came as text: UTF-8 where it is, else each byte the character of its number, as browsers do.
pub(super) fn text(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => value.iter().map(|&byte| char::from(byte)).collect(),
    }
}

const TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = matches!(byte,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9'
            | b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~');
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_values_are_what_the_http_crate_takes_for_them() {
        for byte in 0..=u8::MAX {
            let name = http::HeaderName::from_bytes(&[byte]).is_ok();
            assert_eq!(is_token(&[byte]), name, "{byte}");
            let value = http::HeaderValue::from_bytes(&[byte]).is_ok();
            assert_eq!(is_value(&[byte]), value, "{byte}");
        }
        assert!(!is_token(b"") && is_value(b""));
    }

    #[test]
    fn spaces_inside_stay() {
        assert_eq!(trim(b" \t a  b\t "), b"a  b");
        assert_eq!(trim(b" \t "), b"");
    }
}
