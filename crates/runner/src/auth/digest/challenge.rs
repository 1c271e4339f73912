//! What a server says of itself when it refuses.

/// The parts of a Digest challenge that newman reads; empty where there is none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Challenge {
    pub(super) nonce: String,
    pub(super) realm: String,
    pub(super) qop: String,
    pub(super) opaque: String,
}

impl Challenge {
    /// The first one among an answer's headers.
    pub(super) fn among(headers: &[(String, String)]) -> Option<Self> {
        let mut values = headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("www-authenticate"));
        values.find_map(|(_, value)| Self::read(value))
    }

    fn read(value: &str) -> Option<Self> {
        // A challenge behind another one in the same header isn't seen.
        let scheme = value.get(.."digest ".len())?;
        scheme.eq_ignore_ascii_case("digest ").then(|| Self {
            nonce: field(value, "nonce"),
            realm: field(value, "realm"),
            qop: field(value, "qop"),
            opaque: field(value, "opaque"),
        })
    }
}

/// What stands in quotes behind the first of this name, even if that is only the end of a longer name.
fn field(text: &str, name: &str) -> String {
    let wanted = format!("{name}=\"");
    let quoted = text.to_ascii_lowercase().find(&wanted).and_then(|at| {
        let rest = &text[at + wanted.len()..];
        rest.split_once('"')
    });
    quoted
        .map(|(inside, _)| inside.to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn headers(values: &[&str]) -> Vec<(String, String)> {
        let header = |value: &&str| ("WWW-Authenticate".to_owned(), (*value).to_owned());
        values.iter().map(header).collect()
    }

    #[test]
    fn the_first_digest_among_several_schemes_counts() {
        let found = Challenge::among(&headers(&[
            "Basic realm=\"basic\"",
            "DIGEST Realm=\"one\", NONCE=\"n1\", qop=\"auth,auth-int\", opaque=\"\"",
            "Digest realm=\"two\", nonce=\"n2\"",
        ]));
        let expected = Challenge {
            nonce: "n1".to_owned(),
            realm: "one".to_owned(),
            qop: "auth,auth-int".to_owned(),
            opaque: String::new(),
        };
        assert_eq!(found, Some(expected));
        assert_eq!(Challenge::among(&headers(&["Basic realm=\"a\""])), None);
        assert_eq!(Challenge::among(&headers(&["Digest"])), None);
    }

    #[test]
    fn what_is_not_quoted_is_not_read() {
        let found = Challenge::among(&headers(&["Digest realm=one, nonce=\"n1"]));
        assert_eq!(found, Some(Challenge::default()));
    }

    proptest! {
        #[test]
        fn a_field_is_found_among_others(
            realm in "[^\"]{0,12}",
            nonce in "[a-zA-Z0-9+/=]{0,12}",
            rest in "(, [a-m]{1,6}=[a-z0-9]{0,6}){0,4}",
        ) {
            let value = format!("Digest x=\"1\", realm=\"{realm}\"{rest}, nonce=\"{nonce}\"");
            let found = Challenge::among(&headers(&[&value])).unwrap();
            // A realm may hold what looks like a nonce, but no quotes to make it one.
            prop_assert_eq!((found.realm, found.nonce), (realm, nonce));
        }

        #[test]
        fn any_header_is_read_or_refused(value in "(?i)(digest )?.{0,60}") {
            let _ = Challenge::among(&headers(&[&value]));
        }
    }
}
