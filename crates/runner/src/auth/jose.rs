//! Tokens that say something and are signed: JSON Web Tokens (RFC 7519) in their compact form.

mod algorithm;
mod json;
mod key;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::CryptoRng;
use serde_json::{Map, Value};

pub(super) use algorithm::Algorithm;
pub(super) use key::{Key, base64_of};

/// The token with this header and these claims.
pub(super) fn token(
    header: Map<String, Value>,
    claims: Map<String, Value>,
    algorithm: Algorithm,
    key: &Key,
    random: &mut impl CryptoRng,
) -> Result<String, String> {
    // What a header calls critical must be understood, by the one who signs too; this extension is the only one.
    if let Some(critical) = header.get("crit") {
        let named = critical.as_array().filter(|names| !names.is_empty());
        let understood = named.is_some_and(|names| names.iter().all(|name| name == "b64"));
        if !understood || header.get("b64") != Some(&Value::Bool(true)) {
            return Err("the header calls something critical that isn't understood".to_owned());
        }
    }
    let part = |part: Map<String, Value>| URL_SAFE_NO_PAD.encode(json::as_javascript(&part.into()));
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = algorithm.sign(key, signed.as_bytes(), random)?;
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// What a parameter says that is JSON, or text in which JSON stands; `None` where it says nothing.
pub(super) fn read(what: &str, given: Option<&Value>) -> Result<Option<Value>, String> {
    let Some(Value::String(text)) = given else {
        return Ok(given.filter(|value| !value.is_null()).cloned());
    };
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
    if text.is_empty() {
        return Ok(None);
    }
    let read = serde_json::from_str(text);
    read.map(Some)
        .map_err(|error| format!("the {what} is not JSON: {error}"))
}
