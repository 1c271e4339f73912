//! A place that wants NTLM: for `anna`, whose password is `Sésame`, whatever her domain is. It knows connections, not requests.
//!
//! `flags` says what it can do, `offer` how it offers itself. Of the answers only those of the second version are checked here: the
//! others can be compared.

use std::collections::HashMap;
use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use md4::{Digest as _, Md4};
use md5::Md5;
use postern_egress::testing::{Answer, Received};

const NONCE: [u8; 8] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef];
const HAS_TARGET: u32 = 0x80_0000;

/// How far each connection is.
#[derive(Default)]
pub(super) struct Connections(Mutex<HashMap<usize, Stage>>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Challenged,
    Known,
}

impl Connections {
    pub(super) fn answer(&self, request: &Received) -> Answer {
        let (_, query) = request.target.split_once('?').unwrap_or_default();
        let asked: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let mut connections = self.0.lock().unwrap();
        let stage = connections.get(&request.connection).copied();
        let message = request
            .header("authorization")
            .and_then(|value| value.strip_prefix("NTLM "))
            .and_then(|text| STANDARD.decode(text).ok());
        let next = match message.as_deref() {
            Some([b'N', _, _, _, _, _, _, _, 1, ..]) => Some(Stage::Challenged),
            Some(message) if stage == Some(Stage::Challenged) && is_proven(message) => {
                Some(Stage::Known)
            }
            Some(_) => None,
            None => stage,
        };
        match next {
            Some(stage) => connections.insert(request.connection, stage),
            None => connections.remove(&request.connection),
        };
        match next {
            Some(Stage::Known) => Answer::status(200).body(format!("known: {}", request.text())),
            Some(Stage::Challenged) if message.is_some() => {
                let flags = asked.iter().find(|(key, _)| key == "flags");
                let flags = flags.map_or("a2898205", |(_, value)| value);
                let challenge = challenge(u32::from_str_radix(flags, 16).unwrap());
                let challenge = format!("NTLM {}", STANDARD.encode(challenge));
                Answer::status(401).header("WWW-Authenticate", challenge)
            }
            _ => {
                let offers = asked.iter().filter(|(key, _)| key == "offer");
                let mut offers: Vec<&str> = offers.map(|(_, value)| value.as_str()).collect();
                if offers.is_empty() {
                    offers.push("NTLM");
                }
                let refusal = Answer::status(401).body("who is it?");
                offers.into_iter().fold(refusal, |refusal, offer| {
                    refusal.header("WWW-Authenticate", offer)
                })
            }
        }
    }
}

/// The second message.
fn challenge(flags: u32) -> Vec<u8> {
    let name = |kind: u8, text: &str| {
        [
            &[kind, 0, 2 * u8::try_from(text.len()).unwrap(), 0],
            &wide(text)[..],
        ]
        .concat()
    };
    let target = [name(2, "HOME"), name(1, "SERVER"), vec![0; 4]].concat();
    let target = if flags & HAS_TARGET == 0 {
        Vec::new()
    } else {
        target
    };
    let length = u16::try_from(target.len()).unwrap().to_le_bytes();
    [
        &b"NTLMSSP\0\x02\0\0\0\0\0\0\0\x30\0\0\0"[..],
        &flags.to_le_bytes(),
        &NONCE,
        &[0; 8],
        &length,
        &length,
        &[0x30, 0, 0, 0],
        &target,
    ]
    .concat()
}

fn is_proven(message: &[u8]) -> bool {
    let [_, nt, domain, user] = [12, 20, 28, 36].map(|at| part(message, at));
    if nt.len() == 24 {
        return true;
    }
    let secret = Md4::digest(wide("Sésame"));
    let who = [&wide("ANNA")[..], &message[domain]].concat();
    let key = hmac(&secret, &who);
    let said = &message[nt.start + 16..nt.end];
    let proof = hmac(&key, &[&NONCE, said].concat());
    message[user] == wide("anna") && message[nt.start..nt.start + 16] == proof
}

/// Where the part lies that the field at this place points to.
pub(crate) fn part(message: &[u8], at: usize) -> std::ops::Range<usize> {
    let length = u16::from_le_bytes([message[at], message[at + 1]]);
    let start = u32::from_le_bytes(message[at + 4..at + 8].try_into().unwrap()) as usize;
    start..start + usize::from(length)
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mac = Hmac::<Md5>::new_from_slice(key).unwrap();
    mac.chain_update(message).finalize().into_bytes().to_vec()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
