//! What is secret doesn't stand in what is recorded.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};
use url::Url;

use crate::field::{Field, FieldKind};

/// What stands for a value that is not shown.
const MASK: &str = "••••••••";
/// Parts of names of headers whose values are not shown.
const HIDDEN: [&str; 8] = [
    "authorization",
    "key",
    "token",
    "secret",
    "password",
    "signature",
    "cookie",
    "credential",
];
/// A secret shorter than this is not looked for inside of other texts: it would be found everywhere.
const SHORTEST: usize = 4;
/// A part of a secret address or line shorter than this is a word like `services`, not the secret.
const SHORTEST_PART: usize = 8;

/// The secrets of one integration, as they may stand in what is sent.
#[derive(Clone, Default)]
pub struct Mask {
    secrets: Vec<String>,
}

impl Mask {
    /// The secrets among these values.
    pub(crate) fn of(fields: &[Field], values: &Map<String, Value>) -> Self {
        let mut secrets: Vec<String> = fields
            .iter()
            .filter(|field| field.secret)
            .filter_map(|field| Some((field.kind, values.get(&field.key)?.as_str()?)))
            .flat_map(|(kind, value)| [vec![value.to_owned()], parts(kind, value)].concat())
            .filter(|value| value.len() >= SHORTEST)
            .flat_map(|value| forms(&value))
            .collect();
        // The longer first, so that none leaves its end behind.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets.dedup();
        Self { secrets }
    }

    /// The text without them.
    pub fn text(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, secret| {
            if text.contains(secret.as_str()) {
                text.replace(secret.as_str(), MASK)
            } else {
                text
            }
        })
    }

    /// Headers without them; of those whose names say that they hold one, nothing is shown.
    pub fn headers(&self, headers: &[(String, String)]) -> Vec<(String, String)> {
        headers
            .iter()
            .map(|(name, value)| {
                let lower = name.to_ascii_lowercase();
                let hidden = HIDDEN.iter().any(|part| lower.contains(part))
                    // Standard Webhooks' signature is no secret of the receiver's; ours have no such names.
                    && !lower.starts_with("webhook-");
                let value = if hidden {
                    MASK.to_owned()
                } else {
                    self.text(value)
                };
                (name.clone(), value)
            })
            .collect()
    }
}

impl std::fmt::Debug for Mask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mask").finish_non_exhaustive()
    }
}

/// What of a secret is one by itself: of an address the pieces of its path and its query, and it as it is sent; of lines like
/// headers the values.
fn parts(kind: FieldKind, value: &str) -> Vec<String> {
    match kind {
        FieldKind::Url => {
            let Ok(url) = Url::parse(value) else {
                return Vec::new();
            };
            let path = url.path().split('/').map(str::to_owned);
            let query = url.query_pairs().map(|(_, value)| value.into_owned());
            let long = |part: &String| part.len() >= SHORTEST_PART;
            let mut parts: Vec<String> = path.chain(query).filter(long).collect();
            parts.push(url.to_string());
            parts
        }
        FieldKind::Lines => value
            .lines()
            .filter_map(|line| Some(line.split_once(':')?.1.trim().to_owned()))
            .filter(|part| part.len() >= SHORTEST_PART)
            .collect(),
        _ => Vec::new(),
    }
}

/// A secret as it may be written.
fn forms(value: &str) -> [String; 7] {
    [
        value.to_owned(),
        STANDARD.encode(value),
        STANDARD.encode(value).trim_end_matches('=').to_owned(),
        URL_SAFE_NO_PAD.encode(value),
        utf8_percent_encode(value, NON_ALPHANUMERIC).to_string(),
        url::form_urlencoded::byte_serialize(value.as_bytes()).collect(),
        json_inside(value),
    ]
}

/// The text as it stands between the quotes of a JSON text.
fn json_inside(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted
        .get(1..quoted.len().saturating_sub(1))
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn mask(secret: &str) -> Mask {
        let field = json!({"key": "k", "label": "K", "type": "text", "help": ".", "secret": true});
        let field: Field = serde_json::from_value(field).unwrap();
        Mask::of(&[field], json!({"k": secret}).as_object().unwrap())
    }

    #[test]
    fn a_secret_is_not_shown_in_any_of_its_forms() {
        let mask = mask("pa ss/wörd");
        for text in [
            "x pa ss/wörd y".to_owned(),
            format!(
                "https://e.x/{}",
                utf8_percent_encode("pa ss/wörd", NON_ALPHANUMERIC)
            ),
            STANDARD.encode("pa ss/wörd"),
        ] {
            let shown = mask.text(&text);
            assert!(shown.contains(MASK), "{shown}");
        }
        let headers = [
            ("Authorization", "Basic eA=="),
            ("x-a", "pa ss/wörd"),
            ("accept", "a"),
        ];
        let headers: Vec<(String, String)> = headers
            .iter()
            .map(|&(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let shown: Vec<String> = mask
            .headers(&headers)
            .into_iter()
            .map(|(_, it)| it)
            .collect();
        assert_eq!(shown, [MASK, MASK, "a"]);
    }

    #[test]
    fn an_address_that_is_taken_apart_gives_nothing_away() {
        let field = json!({"key": "k", "label": "K", "type": "url", "help": ".", "secret": true});
        let field: Field = serde_json::from_value(field).unwrap();
        let url = "https://x.example:443/services/T0001/verysecretpart?sig=alsoverysecret&v=1";
        let mask = Mask::of(&[field], json!({"k": url}).as_object().unwrap());
        let shown = mask.text(
            "https://x.example/services/T0001/verysecretpart?sig=alsoverysecret&v=1 alsoverysecret",
        );
        assert!(!shown.contains("verysecret"), "{shown}");
    }

    proptest! {
        #[test]
        fn no_secret_is_left(secret in "[ -~]{4,30}", before in ".{0,10}", after in ".{0,10}") {
            prop_assume!(!MASK.contains(&secret));
            let shown = mask(&secret).text(&format!("{before}{secret}{after}"));
            prop_assert!(!shown.contains(&secret), "{}", shown);
        }
    }
}
