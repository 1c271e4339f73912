//! The signature that GitHub made common: `sha256=` and the hex HMAC-SHA256 of the body alone. It says nothing of when, so a
//! request can be sent again by whoever saw it; the Standard Webhooks headers beside it do.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// The value of `x-hub-signature-256`. The key is the secret as it is shown, every byte of it.
pub fn sign_hub(secret: &str, body: &[u8]) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(body);
    let mut signature = String::from("sha256=");
    for byte in mac.finalize().into_bytes() {
        let _ = write!(signature, "{byte:02x}");
    }
    signature
}

/// Whether the value of `x-hub-signature-256` is the one that the secret makes.
pub fn fits_hub(secret: &str, given: &str, body: &[u8]) -> bool {
    sign_hub(secret, body)
        .as_bytes()
        .ct_eq(given.as_bytes())
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of GitHub's own documentation.
    #[test]
    fn the_signature_is_the_one_of_the_documentation() {
        assert_eq!(
            sign_hub("It's a Secret to Everybody", b"Hello, World!"),
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        );
    }
}
