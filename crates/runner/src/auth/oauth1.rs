//! OAuth 1.0: the request's line and parameters are signed; the signature goes along in a header, a form or the query.

mod base_string;
mod method;
mod place;

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postern_collection::{Auth, FormField};
use rand::Rng;

use super::content::Content;
use super::hash::Hash;
use super::{nonce, uri};
use crate::wire::Wire;
use method::Method;

const NONCE: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXTZabcdefghiklmnopqrstuvwxyz";

/// Parameters that a request may have left from an earlier signature.
const OURS: [&str; 10] = [
    "oauth_consumer_key",
    "oauth_token",
    "oauth_signature_method",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_version",
    "oauth_signature",
    "oauth_callback",
    "oauth_verifier",
    "oauth_body_hash",
];

/// A parameter that is sent along; one without a value is signed as if it were empty.
type Parameter = (Cow<'static, str>, Option<String>);

pub(super) fn put(
    wire: &mut Wire,
    content: &mut Content<'_>,
    auth: &Auth,
    now_ms: i64,
    random: &mut impl Rng,
) -> Result<(), String> {
    let method = auth.get("signatureMethod");
    let mut words = method.split('-');
    let is_rsa = words
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("RSA"));
    let body_hash = words.next().filter(|word| !word.is_empty());
    let secret = if is_rsa {
        "privateKey"
    } else {
        "consumerSecret"
    };
    if auth.get("consumerKey").is_empty() || auth.get(secret).is_empty() {
        return Ok(());
    }
    forget_earlier(wire, content);
    let given = Given(auth);
    let once = given.or("nonce", || nonce(random, NONCE, 11));
    let time = given.or("timestamp", || (now_ms / 1000).to_string());
    let hashed = match body_hash {
        Some(name) if content.form().is_none() && auth.is_on("includeBodyHash") => {
            hash_of_body(content, name)?
        }
        _ => None,
    };
    let mut parameters = given.parameters(once, time, hashed);
    let signature = sign(wire, content, &given, parameters.clone())?;
    if wire.url.encodes() {
        place::encode_query(wire)?;
    }
    parameters.push(("oauth_signature".into(), Some(signature)));
    place::put(wire, content, auth, &given.text("realm"), parameters);
    Ok(())
}

/// What the auth says, blanks being nothing unless empty parameters are to be signed.
struct Given<'a>(&'a Auth);

impl Given<'_> {
    fn keeps_empty(&self) -> bool {
        self.0.is_on("addEmptyParamsToSign")
    }

    fn value(&self, key: &str) -> Option<String> {
        let value = self.0.has(key).then(|| self.0.get(key));
        value.filter(|value| self.keeps_empty() || !value.trim().is_empty())
    }

    fn text(&self, key: &str) -> String {
        self.value(key).unwrap_or_default()
    }

    /// The same, or where nothing stands at all (a blank is something) what is made in its place.
    fn or(&self, key: &str, make: impl FnOnce() -> String) -> Option<String> {
        if self.0.get(key).is_empty() {
            Some(make())
        } else {
            self.value(key)
        }
    }

    /// The parameters that are signed and sent.
    fn parameters(
        &self,
        once: Option<String>,
        time: Option<String>,
        body_hash: Option<String>,
    ) -> Vec<Parameter> {
        let first = [
            ("oauth_consumer_key", self.value("consumerKey")),
            ("oauth_token", self.value("token")),
            ("oauth_signature_method", self.value("signatureMethod")),
            ("oauth_timestamp", time),
            ("oauth_nonce", once),
            ("oauth_version", self.value("version")),
        ];
        // What came after the first version of the standard is there only where it says something.
        let later = [
            ("oauth_body_hash", body_hash),
            ("oauth_callback", self.value("callback")),
            ("oauth_verifier", self.value("verifier")),
        ];
        let says_something =
            |value: &Option<String>| value.as_ref().is_some_and(|it| !it.is_empty());
        let keeps_empty = self.keeps_empty();
        let first = first
            .into_iter()
            .filter(|(_, value)| keeps_empty || says_something(value));
        let later = later.into_iter().filter(|(_, value)| says_something(value));
        first
            .chain(later)
            .map(|(key, value)| (key.into(), value))
            .collect()
    }
}

/// The signature of a request with these parameters.
fn sign(
    wire: &Wire,
    content: &Content<'_>,
    given: &Given<'_>,
    mut signed: Vec<Parameter>,
) -> Result<String, String> {
    let mut method = given.text("signatureMethod");
    if method.is_empty() {
        // Where no method is said it is this one: signed, but not sent.
        "HMAC-SHA1".clone_into(&mut method);
        signed.retain(|(key, _)| key != "oauth_signature_method");
        signed.push(("oauth_signature_method".into(), Some(method.clone())));
    }
    let fields = content.form().into_iter().flatten();
    let fields = fields.filter(|field| !field.disabled);
    signed.extend(fields.map(|field| (field.key.clone().into(), Some(field.value.clone()))));
    let line = base_string::of(&wire.method, &wire.url.encoded(), signed)?;
    Method::named(&method)?.sign(
        &line,
        &given.text("consumerSecret"),
        &given.text("tokenSecret"),
        &given.text("privateKey"),
    )
}

/// Takes away what an earlier signature has left.
fn forget_earlier(wire: &mut Wire, content: &mut Content<'_>) {
    // newman looks for these letters alone.
    wire.headers.retain(|(key, _)| key != "Authorization");
    for key in OURS {
        wire.url.remove_query(key);
    }
    let is_ours = |field: &FormField| OURS.contains(&field.key.as_str());
    if content.form().into_iter().flatten().any(is_ours)
        && let Some(form) = content.form_mut()
    {
        form.retain(|field| !is_ours(field));
    }
}

/// The hash of the body: also of none, but not of one in parts.
fn hash_of_body(content: &Content<'_>, name: &str) -> Result<Option<String>, String> {
    let hash = Hash::named(name).ok_or("Digest method not supported")?;
    let bytes = match content.signable() {
        Some(bytes) => Some(&bytes[..]),
        None => content.is_empty().then_some(&b""[..]),
    };
    Ok(bytes.map(|bytes| STANDARD.encode(hash.of(&[bytes]))))
}
