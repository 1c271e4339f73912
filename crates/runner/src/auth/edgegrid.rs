//! Akamai `EdgeGrid`: the request's line, chosen headers and the beginning of what is posted, under a key that changes with the time.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::DateTime;
use postern_collection::Auth;
use rand::{Rng, RngExt};
use serde_json::Value;

use super::content::Content;
use super::hash::Hash;
use crate::Address;
use crate::wire::Wire;

/// How much of a body is hashed where the auth doesn't say it.
const MAX_BODY: f64 = 131_072.0;

pub(super) fn put(
    wire: &mut Wire,
    content: &Content<'_>,
    auth: &Auth,
    now_ms: i64,
    random: &mut impl Rng,
) {
    let [access_token, client_token, secret] =
        ["accessToken", "clientToken", "clientSecret"].map(|key| auth.get(key));
    if access_token.is_empty() || client_token.is_empty() || secret.is_empty() {
        return;
    }
    wire.remove_header("Authorization");
    let mut once = auth.get("nonce");
    if once.is_empty() {
        let random = uuid::Builder::from_random_bytes(random.random());
        once = random.into_uuid().to_string();
    }
    let mut time = auth.get("timestamp");
    if time.is_empty() {
        let now = DateTime::from_timestamp_millis(now_ms).unwrap_or_default();
        time = now.format("%Y%m%dT%H:%M:%S+0000").to_string();
    }
    let url = wire.url.encoded();
    let base = auth.get("baseURL");
    let host = match base.as_str() {
        "" => url.host(),
        base => Address::parse(base, true).host(),
    };
    let host = if host.is_empty() { url.host() } else { host };
    let body = content.signable().filter(|_| wire.method == "POST");
    let body = body.map(|bytes| {
        let bytes = &bytes[..hashed_length(auth.value("maxBodySize"), bytes.len())];
        STANDARD.encode(Hash::Sha256.of(&[bytes]))
    });

    let mut value = format!(
        "EG1-HMAC-SHA256 client_token={client_token};access_token={access_token};timestamp={time};nonce={once};"
    );
    let signed = [
        wire.method.as_str(),
        &url.protocol,
        &host,
        &url.target(),
        &canonical(wire, auth.value("headersToSign")),
        &body.unwrap_or_default(),
        &value,
    ]
    .join("\t");
    let key = STANDARD.encode(Hash::Sha256.keyed(secret, time));
    value.push_str("signature=");
    value.push_str(&STANDARD.encode(Hash::Sha256.keyed(key, signed)));
    wire.push_header("Authorization", value);
}

/// How many bytes of a body are hashed; a limit that isn't a number is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a limit beyond what memory holds is one that holds nothing back"
)]
fn hashed_length(limit: Option<&Value>, length: usize) -> usize {
    let limit = match limit {
        Some(Value::Number(number)) => number.as_f64().filter(|limit| *limit != 0.0),
        Some(Value::String(text)) if !text.is_empty() => {
            Some(text.trim().parse().unwrap_or(f64::NAN))
        }
        _ => None,
    };
    match limit.unwrap_or(MAX_BODY) {
        limit if limit.is_nan() => length,
        limit => length.min(limit.max(0.0) as usize),
    }
}

/// The headers that the auth names and the request has, in the auth's order.
fn canonical(wire: &Wire, names: Option<&Value>) -> String {
    let names: Vec<&str> = match names {
        Some(Value::String(names)) => names.split(',').collect(),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let signed = names.iter().filter_map(|name| {
        let name = name.trim().to_lowercase();
        let is_it = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(&name);
        let mut alike = wire.headers.iter().filter(is_it);
        // Of a header that is there twice newman takes neither.
        let (Some((_, value)), None) = (alike.next(), alike.next()) else {
            return None;
        };
        if value.is_empty() {
            return None;
        }
        let value: Vec<&str> = value.split_whitespace().collect();
        Some(format!("{name}:{}", value.join(" ")))
    });
    signed.collect::<Vec<_>>().join("\t")
}
