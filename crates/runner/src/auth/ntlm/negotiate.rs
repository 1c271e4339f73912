//! The first message: what we know how to do.

use super::account::Account;

/// Unicode, OEM, target wanted, NTLM, workstation given, always sign, extended security, version, 128 and 56 bits.
const ABLE: u32 = 0xa208_a207;
const WITH_DOMAIN: u32 = 0x1000;
/// The version that newman says it is.
pub(super) const VERSION: [u8; 8] = [5, 1, 0x28, 0x0a, 0, 0, 0, 15];

/// The size of all before the texts.
const HEAD: usize = 40;

pub(super) fn message(account: &Account) -> Vec<u8> {
    let Account {
        domain,
        workstation,
        ..
    } = account;
    let flags = if domain.is_empty() {
        ABLE
    } else {
        ABLE | WITH_DOMAIN
    };
    let mut message = b"NTLMSSP\0\x01\0\0\0".to_vec();
    message.extend(flags.to_le_bytes());
    field(&mut message, domain.len(), HEAD + workstation.len());
    field(&mut message, workstation.len(), HEAD);
    message.extend(VERSION);
    message.extend(workstation.as_bytes());
    message.extend(domain.as_bytes());
    message
}

/// Says how long a part is, and where it lies.
pub(super) fn field(message: &mut Vec<u8>, length: usize, at: usize) {
    // A part that is longer than the format can say is cut by whoever reads it.
    let length = u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes();
    message.extend(length);
    message.extend(length);
    message.extend(u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes());
}
