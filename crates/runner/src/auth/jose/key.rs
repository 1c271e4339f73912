//! Keys, and how Node reads them.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use rsa::PrivateKey;
use rsa::pkcs1::DecodeRsaPrivateKey as _;
use rsa::pkcs8::DecodePrivateKey as _;

/// Base64 as Node reads it: without its padding, and with bits too many at its end.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";

/// What a token is signed with.
pub(in crate::auth) enum Key {
    Secret(Vec<u8>),
    Rsa(Box<PrivateKey>),
    P256(Box<p256::ecdsa::SigningKey>),
    P384(Box<p384::ecdsa::SigningKey>),
    P521(Box<p521::ecdsa::SigningKey>),
}

impl Key {
    /// A private key in PEM (PKCS #8), whatever became of its lines.
    pub(in crate::auth) fn from_pem(pem: &str) -> Result<Self, String> {
        if !pem.starts_with(BEGIN) {
            return Err(format!(
                "the private key is not in PKCS #8: it does not begin with {BEGIN}"
            ));
        }
        Self::from_der(&base64_of(&pem.replace(BEGIN, "").replace(END, "")))
    }

    /// The same without its clothes; one of RSA may be in its own form (PKCS #1) too.
    pub(in crate::auth) fn from_der(der: &[u8]) -> Result<Self, String> {
        let rsa = PrivateKey::from_pkcs8_der(der).ok();
        if let Some(key) = rsa.or_else(|| PrivateKey::from_pkcs1_der(der).ok()) {
            return Ok(Self::Rsa(Box::new(key)));
        }
        if let Ok(key) = p256::ecdsa::SigningKey::from_pkcs8_der(der) {
            return Ok(Self::P256(Box::new(key)));
        }
        if let Ok(key) = p384::ecdsa::SigningKey::from_pkcs8_der(der) {
            return Ok(Self::P384(Box::new(key)));
        }
        if let Ok(key) = p521::ecdsa::SigningKey::from_pkcs8_der(der) {
            return Ok(Self::P521(Box::new(key)));
        }
        Err("the private key is none of RSA, nor of the curves P-256, P-384 and P-521".to_owned())
    }

    /// What it is called in words for people.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Secret(_) => "a secret",
            Self::Rsa(_) => "one of RSA",
            Self::P256(_) => "one of the curve P-256",
            Self::P384(_) => "one of the curve P-384",
            Self::P521(_) => "one of the curve P-521",
        }
    }
}

/// Base64 as Node reads it: of either alphabet, up to the first `=`, and what doesn't belong is passed over.
pub(in crate::auth) fn base64_of(text: &str) -> Vec<u8> {
    let read = text.bytes().take_while(|&byte| byte != b'=');
    let read = read.filter_map(|byte| match byte {
        b'-' => Some(b'+'),
        b'_' => Some(b'/'),
        b'+' | b'/' => Some(byte),
        _ => byte.is_ascii_alphanumeric().then_some(byte),
    });
    let mut read: Vec<u8> = read.collect();
    // One letter alone doesn't make a byte.
    if read.len() % 4 == 1 {
        read.pop();
    }
    LENIENT.decode(read).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_encoded_is_read_whatever_is_strewn_in(bytes: Vec<u8>, strewn in "[ \n\t*%ü]{0,3}") {
            let encoded = base64::engine::general_purpose::STANDARD.encode(&bytes);
            let letters: Vec<String> = encoded.chars().map(String::from).collect();
            prop_assert_eq!(base64_of(&letters.join(&strewn)), bytes);
        }

        #[test]
        fn what_is_no_key_is_refused(bytes: Vec<u8>, text: String) {
            prop_assert!(Key::from_der(&bytes).is_err());
            let pem = [BEGIN, &text, END].concat();
            prop_assert!(Key::from_pem(&pem).is_err());
        }
    }

    /// What Node 20 makes of them.
    #[test]
    fn base64_is_read_as_node_reads_it() {
        for (text, read) in [
            ("YWJj", &b"abc"[..]),
            ("YQ==YQ==", b"a"),
            ("YWI", b"ab"),
            ("YW-_", b"ao\xbf"),
            ("Y W\nI", b"ab"),
            ("YWI*YWI", b"ab\x18\x58"),
            ("YWJjZ", b"abc"),
            ("YWF", b"aa"),
            ("=YWI", b""),
            ("%%", b""),
        ] {
            assert_eq!(base64_of(text), read, "{text}");
        }
    }
}
