//! Digest (RFC 2617, RFC 7616): a hash of the password and of what the server has said, once it has said it.

mod challenge;
mod response;

use md5::Md5;
use postern_collection::Auth;
use rand::Rng;
use serde_json::Value;
use sha2::{Sha256, Sha512_256};

use super::content::Content;
use super::hash::{digest, hex};
use super::learnt::Learnt;
use super::nonce;
use crate::exchange::Answered;
use crate::wire::Wire;
use challenge::Challenge;
use response::{Hashing, Response};

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const FIRST: &str = "00000001";

/// Signs the request, if the server's part is known.
pub(super) fn put(wire: &mut Wire, content: &Content<'_>, auth: &Auth) -> Result<(), String> {
    if ["nonce", "realm", "username"]
        .iter()
        .any(|key| !auth.is_on(key))
    {
        return Ok(());
    }
    wire.remove_header("Authorization");
    let algorithm = match auth.get("algorithm") {
        none if none.is_empty() => "MD5".to_owned(),
        named => named,
    };
    // newman knows them in these letters only.
    let hash: Hashing = match algorithm.trim_end_matches("-sess") {
        "MD5" => digest::<Md5>,
        "SHA-256" => digest::<Sha256>,
        "SHA-512-256" => digest::<Sha512_256>,
        _ => return Err(format!("Unsupported digest algorithm: {algorithm}")),
    };
    let url = wire.url.encoded();
    let uri = match &url.query {
        Some(query) => format!("{}?{query}", url.path),
        None => url.path.clone(),
    };
    let qop = auth.get("qop");
    let body = if qop != "auth-int" {
        String::new()
    } else if content.is_empty() {
        hex(&hash(&[]))
    } else {
        // What can't be hashed is what JavaScript makes of nothing.
        let bytes = content.signable();
        bytes.map_or_else(|| "undefined".to_owned(), |bytes| hex(&hash(&[bytes])))
    };
    let response = Response {
        hash,
        is_session: algorithm.ends_with("-sess"),
        algorithm: &algorithm,
        username: &auth.get("username"),
        realm: &auth.get("realm"),
        password: &as_javascript(auth, "password"),
        nonce: &auth.get("nonce"),
        nonce_count: &auth.get("nonceCount"),
        client_nonce: auth.value("clientNonce").map(|_| auth.get("clientNonce")),
        opaque: &auth.get("opaque"),
        qop: &qop,
        method: &wire.method,
        uri: &uri,
        body: &body,
    };
    let header = response.header();
    wire.push_header("Authorization", header);
    Ok(())
}

/// Reads what the server says; true if the request is to be sent again.
pub(super) fn answer(
    auth: &mut Auth,
    learnt: &mut Learnt,
    answer: &Answered,
    random: &mut impl Rng,
) -> bool {
    if auth.is_on("disableRetryRequest") {
        return false;
    }
    let refused = matches!(answer.status, 401 | 403);
    let Some(challenge) = Challenge::among(&answer.headers).filter(|_| refused) else {
        let count = next_count(&auth.get("nonceCount"));
        learnt.set(auth, "nonceCount", &count);
        return false;
    };
    let mut told = vec![("nonce", challenge.nonce), ("realm", challenge.realm)];
    let optional = [("opaque", challenge.opaque), ("qop", challenge.qop.clone())];
    told.extend(optional.into_iter().filter(|(_, value)| !value.is_empty()));
    if !challenge.qop.is_empty() || auth.is_on("qop") {
        told.push(("clientNonce", nonce(random, LETTERS, 8)));
        told.push(("nonceCount", FIRST.to_owned()));
    }
    // A server that refuses what was signed refuses it the second time too.
    if told.iter().all(|(key, _)| auth.is_on(key)) {
        return false;
    }
    for (key, value) in &told {
        learnt.set(auth, key, value);
    }
    true
}

/// A parameter as JavaScript joins it to a text.
fn as_javascript(auth: &Auth, key: &str) -> String {
    match auth.value(key) {
        None => "undefined".to_owned(),
        Some(Value::Null) => "null".to_owned(),
        Some(_) => auth.get(key),
    }
}

/// The count of the next request with the same nonce: newman counts in tens, where the standards count in sixteens.
fn next_count(count: &str) -> String {
    let digits = count.trim_start();
    let end = digits.find(|letter: char| !letter.is_ascii_digit());
    let read: Result<u64, _> = digits[..end.unwrap_or(digits.len())].parse();
    read.map_or_else(
        |_| FIRST.to_owned(),
        |count| format!("{:08}", count.saturating_add(1)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_goes_on_from_whatever_is_there() {
        for (count, next) in [
            ("", "00000001"),
            ("00000001", "00000002"),
            ("00000009", "00000010"),
            ("7", "00000008"),
            ("many", "00000001"),
            ("12 of them", "00000013"),
            ("123456789", "123456790"),
        ] {
            assert_eq!(next_count(count), next, "{count:?}");
        }
    }
}
