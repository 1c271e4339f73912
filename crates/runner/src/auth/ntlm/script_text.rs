//! Texts as JavaScript holds and writes them.

use std::fmt::Write as _;

/// `escape`, which newman uses for domains and workstations.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii_alphanumeric() || b"@*_+-./".contains(&byte) => {
                escaped.push(char::from(byte));
            }
            Ok(byte) => {
                let _ = write!(escaped, "%{byte:02X}");
            }
            Err(_) => {
                let _ = write!(escaped, "%u{unit:04X}");
            }
        }
    }
    escaped
}

/// UTF-16, the lower byte of each unit first.
pub(super) fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// What Node calls `ascii`: of each unit the lower byte.
pub(super) fn narrow(text: &str) -> Vec<u8> {
    text.encode_utf16()
        .map(|unit| unit.to_le_bytes()[0])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_node_writes_them() {
        assert_eq!(escape("A-b_c.d/e@f*g+h"), "A-b_c.d/e@f*g+h");
        assert_eq!(escape("MÜ N€"), "M%DC%20N%u20AC");
        assert_eq!(wide("aé"), [0x61, 0, 0xe9, 0]);
        assert_eq!(narrow("aé€"), [0x61, 0xe9, 0xac]);
    }
}
