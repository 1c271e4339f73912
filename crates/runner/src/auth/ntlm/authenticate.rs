//! The third message: who we are, and the proof of it.

use super::account::Account;
use super::challenge::Challenge;
use super::negotiate::{VERSION, field};
use super::response::{self, Chance, Responses};
use super::script_text::{narrow, wide};

/// Target wanted, NTLM, always sign, extended security, target information, version, 128 and 56 bits: whatever the server knows.
const ABLE: u32 = 0xa288_8204;
const UNICODE: u32 = 0x1;

/// The size of all before the texts.
const HEAD: usize = 72;

pub(super) fn message(challenge: &Challenge, account: &Account, chance: &Chance) -> Vec<u8> {
    let Responses { lan_manager, nt } = response::responses(challenge, account, chance);
    let encode = if challenge.unicode { wide } else { narrow };
    let names = [&account.domain, &account.user, &account.workstation].map(|text| encode(text));
    // The fields stand in another order than what they point to.
    let ends: Vec<usize> = names
        .iter()
        .chain([&lan_manager, &nt])
        .scan(HEAD, |end, part| {
            let at = *end;
            *end += part.len();
            Some(at)
        })
        .collect();
    let mut message = b"NTLMSSP\0\x03\0\0\0".to_vec();
    field(&mut message, lan_manager.len(), ends[3]);
    field(&mut message, nt.len(), ends[4]);
    for (name, at) in names.iter().zip(&ends) {
        field(&mut message, name.len(), *at);
    }
    // No session key: nothing is signed or sealed.
    field(&mut message, 0, ends[4] + nt.len());
    let unicode = if challenge.unicode { UNICODE } else { 0 };
    message.extend((ABLE | unicode).to_le_bytes());
    message.extend(VERSION);
    message.extend(names.concat());
    message.extend(lan_manager);
    message.extend(nt);
    message
}
