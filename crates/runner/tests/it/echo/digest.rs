//! A place that wants Digest, and checks it: for `Mufasa`, whose password is `Circle of Life`.
//!
//! It asks for what the query says: `realm`, `nonce`, `qop`, `opaque`, `algorithm`; `scheme` asks for another scheme first, `cookie`
//! sets one with the challenge, `most` lets a nonce serve so many requests.

use md5::Md5;
use postern_egress::testing::{Answer, Received};
use serde_json::json;
use sha2::{Digest as _, Sha256, Sha512_256};

const PASSWORD: &str = "Circle of Life";

pub(super) fn answer(request: &Received) -> Answer {
    let (_, query) = request.target.split_once('?').unwrap_or_default();
    let asked = |wanted: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == wanted)
            .map(|(_, value)| value.into_owned())
    };
    let realm = asked("realm").unwrap_or_else(|| "http-auth@example.org".to_owned());
    let nonce = asked("nonce").unwrap_or_else(|| "7ypf/xlj9XXwfDPEoM4URrv".to_owned());
    let algorithm = asked("algorithm").unwrap_or_else(|| "MD5".to_owned());
    match verify(request, &realm, &nonce, &algorithm, asked("most")) {
        Ok(count) => Answer::status(200)
            .header("content-type", "application/json")
            .body(json!({"count": count, "body": request.text()}).to_string()),
        Err(why) => {
            let mut challenge =
                format!(r#"Digest realm="{realm}", nonce="{nonce}", algorithm={algorithm}"#);
            for key in ["qop", "opaque"] {
                if let Some(value) = asked(key) {
                    challenge.push_str(&format!(r#", {key}="{value}""#));
                }
            }
            let mut answer = Answer::status(401);
            if asked("cookie").is_some() {
                answer = answer.header("set-cookie", "asked=once; Path=/");
            }
            if let Some(scheme) = asked("scheme") {
                answer = answer.header("www-authenticate", scheme);
            }
            answer.header("WWW-Authenticate", challenge).body(why)
        }
    }
}

/// The count of the nonce, or what is wrong.
fn verify(
    request: &Received,
    realm: &str,
    nonce: &str,
    algorithm: &str,
    most: Option<String>,
) -> Result<String, String> {
    let header = request.header("authorization").ok_or("nothing said")?;
    let said = header.strip_prefix("Digest ").ok_or("another scheme")?;
    let said: Vec<(&str, &str)> = said
        .split(", ")
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .collect();
    let part = |wanted: &str| {
        let found = said.iter().find(|(key, _)| *key == wanted);
        found.map(|(_, value)| value.trim_matches('"'))
    };
    let want = |key: &str, value: &str| match part(key) {
        Some(it) if it == value => Ok(()),
        Some(_) => Err(format!("another {key}")),
        None => Err(format!("no {key}")),
    };
    want("username", "Mufasa")?;
    want("realm", realm)?;
    want("nonce", nonce)?;
    want("uri", &request.target)?;
    want("algorithm", algorithm)?;
    let hash = |text: String| match algorithm {
        "SHA-256" | "SHA-256-sess" => hex(&Sha256::digest(text)),
        "SHA-512-256" | "SHA-512-256-sess" => hex(&Sha512_256::digest(text)),
        _ => hex(&Md5::digest(text)),
    };
    let once = part("cnonce").unwrap_or_default();
    let mut secret = hash(format!("Mufasa:{realm}:{PASSWORD}"));
    if algorithm.ends_with("-sess") {
        secret = hash(format!("{secret}:{nonce}:{once}"));
    }
    let mut asked = format!("{}:{}", request.method, request.target);
    if part("qop") == Some("auth-int") {
        asked.push_str(&format!(":{}", hash(request.text())));
    }
    let asked = hash(asked);
    let count = part("nc").unwrap_or_default();
    let response = match part("qop") {
        Some(qop) => hash(format!("{secret}:{nonce}:{count}:{once}:{qop}:{asked}")),
        None => hash(format!("{secret}:{nonce}:{asked}")),
    };
    want("response", &response)?;
    match most {
        Some(most) if *count > *format!("{most:0>8}") => Err("the nonce is stale".to_owned()),
        _ => Ok(count.to_owned()),
    }
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}
