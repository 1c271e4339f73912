//! The second message: the server's.

const UNICODE: u32 = 0x1;
const EXTENDED_SECURITY: u32 = 0x8_0000;
const TARGET_INFO: u32 = 0x80_0000;

/// What the answer needs of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    pub(super) nonce: [u8; 8],
    pub(super) unicode: bool,
    pub(super) extended: bool,
    /// What the server says of itself.
    pub(super) target: Option<Vec<u8>>,
}

impl Challenge {
    /// Reads a message; `None` if it isn't one.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.get(8..10)? != [2, 0] {
            return None;
        }
        let flags = u32::from_le_bytes(array(bytes, 20)?);
        let target = if flags & TARGET_INFO == 0 {
            None
        } else {
            let length = usize::from(u16::from_le_bytes(array(bytes, 40)?));
            let at = usize::try_from(u32::from_le_bytes(array(bytes, 44)?)).ok()?;
            let rest = bytes.get(at..).unwrap_or_default();
            Some(rest[..length.min(rest.len())].to_vec())
        };
        Some(Self {
            nonce: array(bytes, 24)?,
            unicode: flags & UNICODE != 0,
            extended: flags & EXTENDED_SECURITY != 0,
            target,
        })
    }
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at + N)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(mut bytes in prop::collection::vec(any::<u8>(), 0..96), is_one in any::<bool>()) {
            if is_one && bytes.len() > 9 {
                bytes[8..10].copy_from_slice(&[2, 0]);
            }
            if let Some(challenge) = Challenge::read(&bytes) {
                prop_assert!(bytes.len() >= 32);
                prop_assert!(challenge.target.is_none_or(|target| target.len() <= bytes.len()));
            }
        }
    }
}
