//! `crypto` for transforms: hashes, for services that want their requests signed.
//!
//! A value is a text (its bytes of UTF-8), or `{ hex }` or `{ base64 }` for bytes that are no text.
#![expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands over what it has by value"
)]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rquickjs::function::Opt;
use rquickjs::{Ctx, Exception, Function, Object, Value};
use sha2::{Digest as _, Sha256};

pub(super) fn install(ctx: &Ctx<'_>) -> rquickjs::Result<()> {
    let crypto = Object::new(ctx.clone())?;
    crypto.set("sha256", Function::new(ctx.clone(), sha256)?)?;
    crypto.set("hmac", Function::new(ctx.clone(), hmac)?)?;
    crypto.set("base64", Function::new(ctx.clone(), base64)?)?;
    ctx.globals().set("crypto", crypto)
}

/// `crypto.sha256(value, 'hex')`.
fn sha256<'js>(ctx: Ctx<'js>, value: Value<'js>, form: Opt<String>) -> rquickjs::Result<String> {
    let bytes = bytes(&ctx, &value)?;
    written(&ctx, &Sha256::digest(&bytes), form.0.as_deref())
}

/// `crypto.hmac(key, value, 'hex')`, with SHA-256.
fn hmac<'js>(
    ctx: Ctx<'js>,
    key: Value<'js>,
    value: Value<'js>,
    form: Opt<String>,
) -> rquickjs::Result<String> {
    let (key, value) = (bytes(&ctx, &key)?, bytes(&ctx, &value)?);
    let mut mac = Hmac::<Sha256>::new_from_slice(&key)
        .map_err(|error| Exception::throw_type(&ctx, &error.to_string()))?;
    mac.update(&value);
    written(&ctx, &mac.finalize().into_bytes(), form.0.as_deref())
}

/// `crypto.base64(value)`.
fn base64<'js>(ctx: Ctx<'js>, value: Value<'js>) -> rquickjs::Result<String> {
    Ok(STANDARD.encode(bytes(&ctx, &value)?))
}

fn bytes<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> rquickjs::Result<Vec<u8>> {
    if let Some(text) = value.as_string() {
        return Ok(text.to_string()?.into_bytes());
    }
    if let Some(object) = value.as_object() {
        if let Some(hex) = object.get::<_, Option<String>>("hex")? {
            let octets = unhex(&hex);
            return octets.ok_or_else(|| Exception::throw_type(ctx, "hex holds no bytes"));
        }
        if let Some(text) = object.get::<_, Option<String>>("base64")? {
            let octets = STANDARD.decode(text);
            return octets.map_err(|_| Exception::throw_type(ctx, "base64 holds no bytes"));
        }
    }
    Err(Exception::throw_type(
        ctx,
        "a text is wanted, or { hex } or { base64 }",
    ))
}

fn written(ctx: &Ctx<'_>, bytes: &[u8], form: Option<&str>) -> rquickjs::Result<String> {
    match form {
        None | Some("hex") => Ok(bytes.iter().fold(String::new(), |mut text, byte| {
            text.push_str(&format!("{byte:02x}"));
            text
        })),
        Some("base64") => Ok(STANDARD.encode(bytes)),
        Some(other) => Err(Exception::throw_type(
            ctx,
            &format!("{other:?} is neither hex nor base64"),
        )),
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{TransformLimits, transform};

    fn said(expression: &str) -> Result<serde_json::Value, String> {
        let source = format!("const handler = () => {expression}");
        transform(&source, "null", &TransformLimits::default())
            .map(|done| done.value)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn hashes_are_those_of_the_standards() {
        // RFC 4231, test case 2; FIPS 180-4's "abc".
        let mac = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(
            said("crypto.hmac('Jefe', 'what do ya want for nothing?')"),
            Ok(json!(mac))
        );
        assert_eq!(
            said(
                "crypto.hmac({ hex: '4a656665' }, { base64: 'd2hhdCBkbyB5YSB3YW50IGZvciBub3RoaW5nPw==' })"
            ),
            Ok(json!(mac))
        );
        let sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(said("crypto.sha256('abc')"), Ok(json!(sha)));
        assert_eq!(said("crypto.base64('größe')"), Ok(json!("Z3LDtsOfZQ==")));
        for wrong in [
            "crypto.sha256(1)",
            "crypto.sha256({ hex: 'abc' })",
            "crypto.sha256('a', 'x')",
        ] {
            assert!(said(wrong).is_err(), "{wrong}");
        }
    }
}
