//! A token, as a token server hands it out.

use serde_json::{Map, Value};

/// How much of its life a token may have left to be renewed: so it doesn't end on the way.
const LATE_PARTS: i64 = 10;
const LATE_MS: i64 = 30_000;

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoToken {
    /// The server doesn't want to: who asks the same again is refused again, and may be locked out.
    Refused(String),
    /// It didn't come to that.
    Unheard(String),
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    /// When it is to be renewed, in milliseconds; `None` where the server says nothing.
    renew_at: Option<i64>,
}

impl Token {
    /// Reads a server's answer of this status and type; an error says what the server says.
    pub(super) fn read(
        status: u16,
        content_type: &str,
        body: &[u8],
        now_ms: i64,
    ) -> Result<Self, NoToken> {
        let said = Said::of(content_type, body);
        let text = said.token(status).map_err(|words| match status {
            400..=403 => NoToken::Refused(words),
            _ => NoToken::Unheard(words),
        })?;
        let life = said.number("expires_in").map(|it| it.saturating_mul(1000));
        let renew_at = life.map(|life| {
            let life = life.max(0);
            now_ms.saturating_add(life - (life / LATE_PARTS).min(LATE_MS))
        });
        Ok(Self {
            text: text.to_owned(),
            renew_at,
        })
    }

    /// Whether it can still be sent.
    pub(super) fn holds(&self, now_ms: i64) -> bool {
        self.renew_at.is_none_or(|renew_at| now_ms < renew_at)
    }
}

/// What a server says.
struct Said(Map<String, Value>);

impl Said {
    fn of(content_type: &str, body: &[u8]) -> Self {
        if content_type.starts_with("application/x-www-form-urlencoded") {
            let pairs = url::form_urlencoded::parse(body).into_owned();
            return Self(pairs.map(|(key, value)| (key, value.into())).collect());
        }
        Self(serde_json::from_slice(body).unwrap_or_default())
    }

    /// The token, or what is said against it.
    fn token(&self, status: u16) -> Result<&str, String> {
        if let Some(error) = self.text("error") {
            let words = self.text("error_description");
            let words = words.map(|words| format!(": {words}"));
            return Err(format!("{error}{}", words.unwrap_or_default()));
        }
        if !(200..300).contains(&status) {
            return Err(format!("the answer's status is {status}"));
        }
        let text = self.text("access_token");
        let text = text.ok_or("the answer has no `access_token`")?;
        match self.text("token_type") {
            Some(kind) if kind.eq_ignore_ascii_case("mac") => {
                Err(format!("tokens of the type {kind:?} can't be sent"))
            }
            _ => Ok(text),
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        let text = self.0.get(name)?.as_str()?;
        (!text.is_empty()).then_some(text)
    }

    /// A whole number; some servers say it as text, or with a fraction.
    fn number(&self, name: &str) -> Option<i64> {
        let number = match self.0.get(name)? {
            Value::String(text) => text.parse::<f64>().ok()?,
            other => other.as_f64()?,
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "what is too large is held to the largest"
        )]
        let number = number as i64;
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_answer_is_read_or_refused(status in 100..600_u16, form: bool, body: Vec<u8>, life: f64, now: i64) {
            let kind = if form { "application/x-www-form-urlencoded" } else { "" };
            let _ = Token::read(status, kind, &body, now);
            let body = serde_json::json!({"access_token": "a", "expires_in": life}).to_string();
            let token = Token::read(200, "", body.as_bytes(), now).unwrap();
            prop_assert_eq!(token.text, "a");
        }
    }

    fn read(status: u16, body: &str) -> Result<Token, NoToken> {
        Token::read(status, "application/json", body.as_bytes(), 0)
    }

    #[test]
    fn a_token_is_renewed_before_its_end() {
        for (body, holds, ends) in [
            (
                r#"{"access_token": "a", "expires_in": 3600}"#,
                3_569_999,
                3_570_000,
            ),
            (r#"{"access_token": "a", "expires_in": "10"}"#, 8_999, 9_000),
            (r#"{"access_token": "a", "expires_in": 0}"#, -1, 0),
            (r#"{"access_token": "a", "expires_in": -5}"#, -1, 0),
        ] {
            let token = read(200, body).unwrap();
            assert!(token.holds(holds) && !token.holds(ends), "{body}");
        }
        assert!(
            read(200, r#"{"access_token": "a"}"#)
                .unwrap()
                .holds(i64::MAX)
        );
    }

    #[test]
    fn what_a_server_says_against_it_is_told() {
        for (status, body, words) in [
            (400, r#"{"error": "invalid_scope"}"#, "invalid_scope"),
            (
                401,
                r#"{"error": "invalid_client", "error_description": "no"}"#,
                "invalid_client: no",
            ),
            // As some servers do it.
            (200, r#"{"error": "bad_code"}"#, "bad_code"),
            (500, "<html>", "the answer's status is 500"),
            (200, "[]", "the answer has no `access_token`"),
            (
                200,
                r#"{"access_token": ""}"#,
                "the answer has no `access_token`",
            ),
            (
                200,
                r#"{"access_token": "a", "token_type": "mac"}"#,
                "tokens of the type \"mac\" can't be sent",
            ),
        ] {
            let words = words.to_owned();
            let expected = match status {
                400..500 => NoToken::Refused(words),
                _ => NoToken::Unheard(words),
            };
            assert_eq!(read(status, body).unwrap_err(), expected, "{body}");
        }
    }

    #[test]
    fn a_token_in_a_form_is_read() {
        let body = b"access_token=a%20b&expires_in=10&token_type=bearer";
        let kind = "application/x-www-form-urlencoded; charset=utf-8";
        let token = Token::read(200, kind, body, 0).unwrap();
        assert_eq!(token.text, "a b");
        assert!(!token.holds(9_000));
    }
}
