//! The proof that the password is known (MS-NLMP 3.3). Which one, the server decides by what it says it can do.

use des::Des;
use des::cipher::{Array, BlockCipherEncrypt, KeyInit};
use md4::Md4;
use md5::Md5;

use super::super::hash::{digest, keyed_digest};
use super::account::Account;
use super::challenge::Challenge;
use super::script_text::{narrow, wide};

/// Milliseconds from 1601, where Windows begins to count, to 1970.
const SINCE_1601: i64 = 11_644_473_600_000;

/// What is never twice the same.
pub(super) struct Chance {
    pub(super) nonce: [u8; 8],
    pub(super) now_ms: i64,
}

/// The two proofs that a message has room for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Responses {
    pub(super) lan_manager: Vec<u8>,
    pub(super) nt: Vec<u8>,
}

pub(super) fn responses(challenge: &Challenge, account: &Account, chance: &Chance) -> Responses {
    let secret = digest::<Md4>(&[&wide(&account.password)]);
    match (challenge.extended, &challenge.target) {
        (false, _) => Responses {
            lan_manager: scrambled(&lan_manager_hash(&account.password), challenge.nonce),
            nt: scrambled(&secret, challenge.nonce),
        },
        (true, None) => session(&secret, challenge.nonce, chance.nonce),
        (true, Some(target)) => second_version(&secret, challenge.nonce, target, account, chance),
    }
}

/// `NTLMv2`.
fn second_version(
    secret: &[u8],
    server: [u8; 8],
    target: &[u8],
    account: &Account,
    Chance { nonce, now_ms }: &Chance,
) -> Responses {
    let who = wide(&format!(
        "{}{}",
        account.user.to_uppercase(),
        account.domain
    ));
    let key = keyed_digest::<Md5>(secret, &who);
    let time = now_ms.saturating_add(SINCE_1601).saturating_mul(10_000);
    let said = [
        &[1, 1, 0, 0, 0, 0, 0, 0][..],
        &time.to_le_bytes(),
        nonce,
        &[0; 4],
        target,
        &[0; 4],
    ]
    .concat();
    let proof = |said: &[u8]| keyed_digest::<Md5>(&key, &[&server, said].concat());
    Responses {
        lan_manager: [&proof(nonce), &nonce[..]].concat(),
        nt: [proof(&said), said].concat(),
    }
}

/// The first version with a session's nonce, for servers that say nothing of themselves.
fn session(secret: &[u8], server: [u8; 8], client: [u8; 8]) -> Responses {
    let hash = digest::<Md5>(&[&server, &client]);
    let mut nonce = [0; 8];
    nonce.copy_from_slice(&hash[..8]);
    Responses {
        lan_manager: [&client[..], &[0; 16]].concat(),
        nt: scrambled(secret, nonce),
    }
}

/// A nonce, encrypted with each third of a secret (`DESL`).
fn scrambled(secret: &[u8], nonce: [u8; 8]) -> Vec<u8> {
    let mut padded = [0; 21];
    padded[..secret.len()].copy_from_slice(secret);
    let thirds = padded.chunks_exact(7);
    thirds.flat_map(|key| encrypted(key, nonce)).collect()
}

/// The hash of LAN Manager, which knows of a password neither its capitals nor more than 14 letters.
fn lan_manager_hash(password: &str) -> Vec<u8> {
    let mut padded = narrow(&password.to_uppercase());
    padded.resize(14, 0);
    let halves = padded.chunks_exact(7);
    halves
        .flat_map(|key| encrypted(key, *b"KGS!@#$%"))
        .collect()
}

/// A block, encrypted with 56 bits, to which DES wants one more after each seventh.
fn encrypted(key: &[u8], block: [u8; 8]) -> [u8; 8] {
    let bits = key
        .iter()
        .fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    let mut spread = [0; 8];
    for (at, byte) in spread.iter_mut().enumerate() {
        *byte = (bits >> (49 - 7 * at) << 1).to_le_bytes()[0];
    }
    let mut block = Array::from(block);
    Des::new(&Array::from(spread)).encrypt_block(&mut block);
    block.into()
}

#[cfg(test)]
mod tests {
    use super::super::super::hash::hex;
    use super::*;

    /// The account of MS-NLMP 4.2.1.
    fn account() -> Account {
        Account {
            user: "User".to_owned(),
            password: "Password".to_owned(),
            domain: "Domain".to_owned(),
            workstation: "COMPUTER".to_owned(),
        }
    }

    fn in_hex(extended: bool, target: Option<&[u8]>) -> [String; 2] {
        let challenge = Challenge {
            nonce: [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef],
            unicode: true,
            extended,
            target: target.map(<[u8]>::to_vec),
        };
        let chance = Chance {
            nonce: [0xaa; 8],
            // The example's time is the beginning of 1601.
            now_ms: -SINCE_1601,
        };
        let Responses { lan_manager, nt } = responses(&challenge, &account(), &chance);
        [hex(&lan_manager), hex(&nt)]
    }

    #[test]
    fn the_first_version_is_that_of_ms_nlmp_4_2_2() {
        assert_eq!(
            hex(&lan_manager_hash("Password")),
            "e52cac67419a9a224a3b108f3fa6cb6d"
        );
        let expected = [
            "98def7b87f88aa5dafe2df779688a172def11c7d5ccdef13",
            "67c43011f30298a2ad35ece64f16331c44bdbed927841f94",
        ];
        assert_eq!(in_hex(false, None), expected);
        assert_eq!(in_hex(false, Some(b"whatever")), expected);
    }

    #[test]
    fn the_first_version_with_a_session_is_that_of_ms_nlmp_4_2_3() {
        let expected = [
            "aaaaaaaaaaaaaaaa00000000000000000000000000000000",
            "7537f803ae367128ca458204bde7caf81e97ed2683267232",
        ];
        assert_eq!(in_hex(true, None), expected);
    }

    #[test]
    fn the_second_version_is_that_of_ms_nlmp_4_2_4() {
        let target = [
            &[2, 0, 12, 0][..],
            &wide("Domain"),
            &[1, 0, 12, 0],
            &wide("Server"),
            &[0; 4],
        ]
        .concat();
        let [lan_manager, nt] = in_hex(true, Some(&target));
        assert_eq!(
            lan_manager,
            "86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa"
        );
        assert_eq!(
            nt,
            "68cd0ab851e51c96aabc927bebef6a1c01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000"
        );
    }
}
