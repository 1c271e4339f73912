//! The answer to a challenge.

use super::super::hash::hex;

/// The hash of parts, one after the other.
pub(super) type Hashing = fn(&[&[u8]]) -> Vec<u8>;

/// All that goes into an answer.
pub(super) struct Response<'a> {
    pub(super) hash: Hashing,
    /// Whether the session's nonces are part of the secret.
    pub(super) is_session: bool,
    pub(super) algorithm: &'a str,
    pub(super) username: &'a str,
    pub(super) realm: &'a str,
    pub(super) password: &'a str,
    pub(super) nonce: &'a str,
    pub(super) nonce_count: &'a str,
    pub(super) client_nonce: Option<String>,
    pub(super) opaque: &'a str,
    pub(super) qop: &'a str,
    pub(super) method: &'a str,
    pub(super) uri: &'a str,
    /// The hash of the body, where it is signed.
    pub(super) body: &'a str,
}

impl Response<'_> {
    /// The value of `Authorization`.
    pub(super) fn header(&self) -> String {
        let Self {
            algorithm,
            username,
            realm,
            nonce,
            nonce_count,
            opaque,
            qop,
            uri,
            ..
        } = self;
        let mut header = format!(
            r#"Digest username="{username}", realm="{realm}", nonce="{nonce}", uri="{uri}", algorithm="{algorithm}""#
        );
        if self.is_qualified() {
            header.push_str(&format!(", qop={qop}"));
        }
        // A slip of newman's that servers know: of the sessions without `qop`, only MD5's tell the client's nonce.
        if self.is_qualified() || *algorithm == "MD5-sess" {
            if !nonce_count.is_empty() {
                header.push_str(&format!(", nc={nonce_count}"));
            }
            header.push_str(&format!(r#", cnonce="{}""#, self.client_nonce()));
        }
        header.push_str(&format!(r#", response="{}""#, self.digest()));
        if !opaque.is_empty() {
            header.push_str(&format!(r#", opaque="{opaque}""#));
        }
        header
    }

    /// The hash that proves that the password is known.
    fn digest(&self) -> String {
        let hash = |parts: &[&str]| hex(&(self.hash)(&[parts.join(":").as_bytes()]));
        let mut secret = hash(&[self.username, self.realm, self.password]);
        if self.is_session {
            secret = hash(&[&secret, self.nonce, self.client_nonce()]);
        }
        let request = if self.qop == "auth-int" {
            hash(&[self.method, self.uri, self.body])
        } else {
            hash(&[self.method, self.uri])
        };
        if self.is_qualified() {
            let once = self.client_nonce.as_deref().unwrap_or_default();
            let count = self.nonce_count;
            hash(&[&secret, self.nonce, count, once, self.qop, &request])
        } else {
            hash(&[&secret, self.nonce, &request])
        }
    }

    /// Whether the quality of protection is one that newman knows; with a list of them it answers as if there were none.
    fn is_qualified(&self) -> bool {
        matches!(self.qop, "auth" | "auth-int")
    }

    /// The client's nonce as JavaScript joins it to a text.
    fn client_nonce(&self) -> &str {
        self.client_nonce.as_deref().unwrap_or("undefined")
    }
}
