//! What is asked of a token server, as an auth's parameters say it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postern_collection::Auth;
use serde_json::{Value, json};

/// What is asked: the same for the same parameters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Grant {
    pub(super) url: String,
    pub(super) query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    form: Vec<(String, String)>,
}

impl Grant {
    /// What an auth asks; `None` where it asks nothing, an error where what it asks can't be had.
    pub(super) fn of(auth: &Auth) -> Result<Option<Self>, String> {
        let mut form: Vec<(&str, String)> = Vec::new();
        match auth.get("grant_type").as_str() {
            "" => return Ok(None),
            "client_credentials" => form.push(("grant_type", "client_credentials".to_owned())),
            "password_credentials" | "password" => form.extend([
                ("grant_type", "password".to_owned()),
                ("username", auth.get("username")),
                ("password", auth.get("password")),
            ]),
            other => {
                return Err(format!(
                    "the grant type {other:?} needs a person with a browser: put a token into `accessToken`"
                ));
            }
        }
        let url = auth.get("accessTokenUrl");
        if url.is_empty() {
            return Err("there is no `accessTokenUrl`".to_owned());
        }
        for name in ["scope", "audience", "resource"] {
            let value = auth.get(name);
            if !value.is_empty() {
                form.push((name, value));
            }
        }
        let mut grant = Self {
            url,
            query: Vec::new(),
            headers: vec![("Accept".to_owned(), "application/json".to_owned())],
            form: Vec::new(),
        };
        let (id, secret) = (auth.get("clientId"), auth.get("clientSecret"));
        if auth.get("client_authentication") == "body" {
            form.push(("client_id", id));
            if !secret.is_empty() {
                form.push(("client_secret", secret));
            }
        } else if !id.is_empty() || !secret.is_empty() {
            // As Postman does it, and as servers have come to expect, not encoded as RFC 6749 has it.
            let pair = STANDARD.encode(format!("{id}:{secret}"));
            let value = format!("Basic {pair}");
            grant.headers.push(("Authorization".to_owned(), value));
        }
        let form = form
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        grant.form = form.collect();
        grant.add(auth.value("tokenRequestParams"));
        Ok(Some(grant))
    }

    /// Adds what the user wants to be sent besides: each where it is said to go, which is the form unless said.
    fn add(&mut self, extra: Option<&Value>) {
        let text = |entry: &Value, name: &str| match entry.get(name) {
            Some(Value::String(text)) => text.clone(),
            None | Some(Value::Null) => String::new(),
            Some(other) => other.to_string(),
        };
        for entry in extra.and_then(Value::as_array).into_iter().flatten() {
            let (key, value) = (text(entry, "key"), text(entry, "value"));
            let is_off = entry.get("enabled") == Some(&Value::Bool(false));
            if key.is_empty() || is_off {
                continue;
            }
            match text(entry, "send_as").as_str() {
                "request_header" => self.headers.push((key, value)),
                "request_url" => self.query.push((key, value)),
                _ => self.form.push((key, value)),
            }
        }
    }

    /// The request, but for what is added to its address.
    pub(super) fn request(&self) -> Value {
        let list = |entries: &[(String, String)]| {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| json!({"key": key, "value": value}));
            entries.collect::<Value>()
        };
        json!({
            "method": "POST", "url": self.url, "header": list(&self.headers),
            "body": {"mode": "urlencoded", "urlencoded": list(&self.form)},
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn auth(parameters: Value) -> Auth {
        let Value::Object(parameters) = parameters else {
            panic!("not an object");
        };
        Auth {
            kind: "oauth2".to_owned(),
            parameters: parameters.into_iter().collect(),
        }
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn what_is_sent_besides_goes_where_it_is_said_to_go() {
        let grant = Grant::of(&auth(json!({
            "grant_type": "client_credentials", "accessTokenUrl": "https://x.test/token", "clientId": "a", "clientSecret": "b",
            "client_authentication": "body", "scope": "read write", "audience": "c", "resource": "",
            "tokenRequestParams": [
                {"key": "d", "value": 1}, {"key": "e", "value": "2", "send_as": "request_body", "enabled": true},
                {"key": "X-F", "value": "3", "send_as": "request_header"}, {"key": "g", "value": "4", "send_as": "request_url"},
                {"key": "off", "value": "5", "enabled": false}, {"value": "nameless"}, "none",
            ],
        })));
        let grant = grant.unwrap().unwrap();
        let form = [
            ("grant_type", "client_credentials"),
            ("scope", "read write"),
            ("audience", "c"),
            ("client_id", "a"),
            ("client_secret", "b"),
            ("d", "1"),
            ("e", "2"),
        ];
        assert_eq!(grant.form, pairs(&form));
        assert_eq!(grant.query, pairs(&[("g", "4")]));
        assert_eq!(
            grant.headers,
            pairs(&[("Accept", "application/json"), ("X-F", "3")])
        );
    }

    #[test]
    fn what_needs_a_person_or_an_address_is_refused() {
        let refused = |parameters| Grant::of(&auth(parameters)).unwrap_err();
        assert_eq!(
            Grant::of(&auth(json!({"accessTokenUrl": "https://x.test"}))),
            Ok(None)
        );
        assert!(
            refused(json!({"grant_type": "authorization_code"}))
                .contains("a person with a browser")
        );
        assert!(refused(json!({"grant_type": "client_credentials"})).contains("`accessTokenUrl`"));
    }
}
