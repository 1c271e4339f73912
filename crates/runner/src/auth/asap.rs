//! Atlassian's S2S Authentication Protocol: a token that holds for a short time, of one service for another.

use postern_collection::Auth;
use rand::CryptoRng;
use serde_json::{Map, Value};
use uuid::Builder;

use super::jose::{self, Algorithm, Key};
use super::uri;
use crate::Wire;
use crate::behaviour::is_true;

/// How many seconds a token holds where nothing is said.
const LIFE: i64 = 3600;
const ALGORITHM: &str = "RS256";

pub(super) fn put(
    wire: &mut Wire,
    auth: &Auth,
    now_ms: i64,
    random: &mut impl CryptoRng,
) -> Result<(), String> {
    let given = auth.value("claims");
    let mut claims = match jose::read("claims", given)? {
        Some(Value::Object(claims)) => claims,
        None if given.is_none_or(|given| !is_true(given) || given.is_null()) => Map::new(),
        _ => return Err("the claims are not a JSON object".to_owned()),
    };
    let parameter = |name: &str| auth.value(name).filter(|value| is_true(value)).cloned();
    let claim = |name: &str| claims.get(name).filter(|value| is_true(value)).cloned();
    let either = |name: &str| claim(name).or_else(|| parameter(name));

    let now = now_ms / 1000;
    let missing = "One or more of required claims missing";
    let issuer = either("iss").ok_or(missing)?;
    let subject = either("sub").unwrap_or_else(|| issuer.clone());
    let audience = either("aud").ok_or(missing)?;
    let key_id = either("kid").ok_or(missing)?;
    let private_key = parameter("privateKey").ok_or(missing)?;
    let unique = claim("jti").unwrap_or_else(|| {
        let mut bytes = [0; 16];
        random.fill_bytes(&mut bytes);
        Builder::from_random_bytes(bytes)
            .into_uuid()
            .to_string()
            .into()
    });
    let since = claim("iat").unwrap_or_else(|| now.into());
    let life = parameter("exp").and_then(|life| integer(&life));
    let expires = claim("exp").and_then(|time| integer(&time));
    let expires = expires.unwrap_or_else(|| now.saturating_add(life.unwrap_or(LIFE)));

    let name = parameter("alg").unwrap_or_else(|| ALGORITHM.into());
    let algorithm = name.as_str().and_then(Algorithm::named);
    let algorithm = algorithm
        .filter(|it| !matches!(it, Algorithm::Hmac(_)))
        .ok_or("invalid algorithm")?;
    let private_key = private_key
        .as_str()
        .ok_or("privateKey must be a string")?
        .replace('\n', "");
    let key = read_key(&private_key, &key_id)?;
    for (name, value) in [
        ("iat", since),
        ("iss", issuer),
        ("sub", subject),
        ("jti", unique),
        ("aud", audience),
        ("exp", expires.into()),
    ] {
        claims.insert(name.to_owned(), value);
    }
    let header = [("alg".to_owned(), name), ("kid".to_owned(), key_id)];
    let header = header.into_iter().collect();
    let token = jose::token(header, claims, algorithm, &key, random)?;
    wire.remove_header("Authorization");
    wire.push_header("Authorization", format!("Bearer {token}"));
    Ok(())
}

/// A key in PEM, or in a data URI that names it; quotes around it don't count.
fn read_key(text: &str, key_id: &Value) -> Result<Key, String> {
    let quoted = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let text = uri::decode(quoted.unwrap_or(text))?;
    if !text.starts_with("data:") {
        return Key::from_pem(&text);
    }
    let named = text.strip_prefix("data:application/pkcs8;kid=");
    let (name, key) = named
        .and_then(|text| text.split_once(";base64,"))
        .ok_or("the private key's data URI is malformed")?;
    if key_id.as_str() != Some(name) {
        return Err(format!(
            "the private key's data URI is of the key id {name:?}, not of {key_id}"
        ));
    }
    Key::from_der(&jose::base64_of(key))
}

/// The whole number that a value begins with; nothing where it begins with none, or with nought.
fn integer(value: &Value) -> Option<i64> {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text = text.trim_start();
    let unsigned = text.trim_start_matches(['+', '-']);
    let signs = text.len() - unsigned.len();
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let number = text.get(..signs + digits)?.trim_start_matches('+');
    number.parse().ok().filter(|&number| number != 0)
}
