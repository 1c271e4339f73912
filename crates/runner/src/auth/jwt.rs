//! A JSON Web Token with claims of the user's own, in a header or in the query.

use postern_collection::Auth;
use rand::CryptoRng;
use serde_json::{Map, Value};

use super::jose::{self, Algorithm, Key};
use crate::Wire;

pub(super) fn put(wire: &mut Wire, auth: &Auth, random: &mut impl CryptoRng) -> Result<(), String> {
    let name = auth.get("algorithm");
    let algorithm = Algorithm::named(&name).ok_or("invalid algorithm")?;
    let is_secret = matches!(algorithm, Algorithm::Hmac(_));
    let (parameter, words) = if is_secret {
        ("secret", "Invalid secret key. Enter a valid key.")
    } else {
        ("privateKey", "Invalid private key. Enter a valid key.")
    };
    let given = match auth.value(parameter) {
        Some(Value::String(given)) if !given.is_empty() => given,
        _ => return Err(words.to_owned()),
    };
    let mut header = header(jose::read("header", auth.value("header"))?);
    header.insert("alg".to_owned(), name.into());
    let payload = auth.value("payload");
    let claims = match jose::read("payload", payload)? {
        Some(Value::Object(claims)) => claims,
        None if payload.is_some_and(Value::is_string) => Map::new(),
        _ => return Err("the payload is not a JSON object".to_owned()),
    };
    let key = match given {
        secret if !is_secret => Key::from_pem(secret)?,
        secret if auth.is_on("isSecretBase64Encoded") => Key::Secret(jose::base64_of(secret)),
        secret => Key::Secret(secret.clone().into_bytes()),
    };
    let token = jose::token(header, claims, algorithm, &key, random)?;
    match auth.get("addTokenTo").as_str() {
        "queryParam" => {
            let name = match auth.get("queryParamKey") {
                name if name.is_empty() => "token".to_owned(),
                name => name,
            };
            wire.url.remove_query(&name);
            wire.url.push_query(&name, &token);
        }
        "" | "header" => {
            let value = match auth.has("headerPrefix").then(|| auth.get("headerPrefix")) {
                None => format!("Bearer {token}"),
                Some(prefix) if prefix.is_empty() => token,
                Some(prefix) => format!("{prefix} {token}"),
            };
            wire.remove_header("Authorization");
            wire.push_header("Authorization", value);
        }
        _ => {}
    }
    Ok(())
}

/// The members that JavaScript finds in what was given: also in a list and in a text.
fn header(given: Option<Value>) -> Map<String, Value> {
    let numbered = |values: Vec<Value>| {
        let values = values.into_iter().enumerate();
        values
            .map(|(at, value)| (at.to_string(), value))
            .collect::<Map<_, _>>()
    };
    match given {
        Some(Value::Object(fields)) => fields,
        Some(Value::Array(list)) => numbered(list),
        Some(Value::String(text)) => numbered(
            text.chars()
                .map(|letter| letter.to_string().into())
                .collect(),
        ),
        _ => Map::new(),
    }
}
