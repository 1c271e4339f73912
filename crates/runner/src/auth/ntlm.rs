//! NTLM (MS-NLMP, MS-NTHT): three messages on one connection, which then is the user's.
//!
//! What it rests on is that the legs of a request take the same connection: they follow one another, and a connection that has come
//! to rest is the next one's.

mod account;
mod authenticate;
mod challenge;
mod negotiate;
mod response;
mod script_text;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use postern_collection::Auth;
use rand::Rng;

use super::learnt::Learnt;
use crate::exchange::Answered;
use crate::wire::Wire;
use account::Account;
use challenge::Challenge;
use response::Chance;

/// The message that goes out next, and what it is; as with newman they lie among the parameters.
const HEADER: &str = "ntlmHeader";
const STATE: &str = "state";

const SAID_HELLO: &str = "T1_MSG_CREATED";
const SAID_WHO: &str = "T3_MSG_CREATED";

/// As Node reads base64.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Puts the message on that is to be said now, if there is one.
pub(super) fn put(wire: &mut Wire, auth: &Auth) {
    wire.remove_header("Authorization");
    let header = auth.get(HEADER);
    if !header.is_empty() {
        wire.push_header("Authorization", header);
    }
}

/// Reads what the server says; true if the request is to be sent again. An error says what is wrong with the server's message.
pub(super) fn answer(
    auth: &mut Auth,
    learnt: &mut Learnt,
    answer: &Answered,
    now_ms: i64,
    random: &mut impl Rng,
) -> Result<bool, &'static str> {
    if auth.is_on("disableRetryRequest") {
        return Ok(false);
    }
    let next = next(auth, answer, now_ms, random);
    let (state, message) = match &next {
        Ok(Some((state, message))) => (*state, format!("NTLM {}", STANDARD.encode(message))),
        Ok(None) | Err(_) => ("", String::new()),
    };
    learnt.set(auth, STATE, state);
    learnt.set(auth, HEADER, &message);
    next.map(|next| next.is_some())
}

type Next = Option<(&'static str, Vec<u8>)>;

/// The next message, and the state in which it leaves us.
fn next(
    auth: &Auth,
    answer: &Answered,
    now_ms: i64,
    random: &mut impl Rng,
) -> Result<Next, &'static str> {
    if !matches!(answer.status, 401 | 403) {
        return Ok(None);
    }
    let offers: Vec<&str> = answer
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("www-authenticate"))
        .map(|(_, value)| value.as_str())
        .collect();
    let account = Account::of(auth);
    match auth.get(STATE).as_str() {
        SAID_WHO => Ok(None),
        SAID_HELLO => {
            let message = offers.iter().find_map(|value| value.strip_prefix("NTLM "));
            let message = message.ok_or("ntlm: server did not send NTLM type 2 message")?;
            let challenge = LENIENT
                .decode(message.trim())
                .ok()
                .and_then(|bytes| Challenge::read(&bytes))
                .ok_or("ntlm: server did not correctly process authentication request")?;
            let mut nonce = [0; 8];
            random.fill_bytes(&mut nonce);
            let chance = Chance { nonce, now_ms };
            let message = authenticate::message(&challenge, &account, &chance);
            Ok(Some((SAID_WHO, message)))
        }
        _ if are_for_ntlm(&offers) => Ok(Some((SAID_HELLO, negotiate::message(&account)))),
        _ => Ok(None),
    }
}

/// Whether a server offers NTLM, as newman sees it: by itself in a header, or anywhere in the last one.
fn are_for_ntlm(offers: &[&str]) -> bool {
    offers
        .iter()
        .any(|offer| matches!(*offer, "NTLM" | "negotiate"))
        || offers.last().is_some_and(|offer| offer.contains("NTLM"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_offers_ntlm_in_several_ways() {
        for (offers, expected) in [
            (&["NTLM"][..], true),
            (&["Negotiate", "NTLM"], true),
            (&["NTLM", "Basic realm=\"a\""], true),
            (&["Negotiate, NTLM"], true),
            (&["Negotiate, NTLM", "Basic realm=\"a\""], false),
            (&["negotiate"], true),
            (&["Negotiate"], false),
            (&["ntlm"], false),
            (&[], false),
        ] {
            assert_eq!(are_for_ntlm(offers), expected, "{offers:?}");
        }
    }
}
