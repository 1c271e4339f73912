//! A receiver: where it is, what it is told beside the event, and who we are to it.

mod auth;
mod tls;

use serde::{Deserialize, Serialize};
use url::Url;

pub use self::auth::{ClientAuthentication, ClientCredentials, ReceiverAuth};
pub use self::tls::ReceiverTls;

/// Where and how to send, as people write it. Unknown fields name themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntegrationConfig {
    /// The receiver's address, `http` or `https`; empty where the connector's fields say where to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// What the connector's form asks for, by key.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub fields: serde_json::Map<String, serde_json::Value>,
    /// The user's own headers, in order.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub headers: serde_json::Map<String, serde_json::Value>,
    /// How the receiver knows who calls, besides the signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth: Option<ReceiverAuth>,
    /// Certificates, theirs and ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<ReceiverTls>,
    /// A script with a function `handler(webhook)` that may change what is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transform: Option<String>,
}

/// The most headers of the user's own.
const MAX_HEADERS: usize = 50;
/// The most bytes of one header's value.
const MAX_VALUE_BYTES: usize = 8 * 1024;
/// The most bytes of a transform.
const MAX_TRANSFORM_BYTES: usize = 64 * 1024;
/// Headers that Postern or HTTP itself sets.
const RESERVED: [&str; 7] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "upgrade",
    "te",
    "trailer",
];

/// A config that can't be used; names the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidConfig {
    /// The address.
    #[error("{0}")]
    Url(&'static str),
    /// A header.
    #[error("the header {name:?} {problem}")]
    Header {
        /// Its name.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The authentication.
    #[error("{field}: {problem}")]
    Auth {
        /// The field of it.
        field: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The certificates.
    #[error("{field}: {problem}")]
    Tls {
        /// The field of it.
        field: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The transform is too long.
    #[error("a transform has at most 64 KiB")]
    TransformTooLong,
    /// More headers than allowed.
    #[error("at most {MAX_HEADERS} headers can be sent")]
    TooManyHeaders,
}

impl IntegrationConfig {
    /// This address, and nothing else.
    pub fn to(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }

    /// Checks what people wrote. Whether the address may be reached is decided when it is dialled.
    pub fn check(&self) -> Result<(), InvalidConfig> {
        check_url(&self.url)?;
        self.check_beside_url()
    }

    /// The same, where it is the connector that says where to.
    pub fn check_beside_url(&self) -> Result<(), InvalidConfig> {
        if self.headers.len() > MAX_HEADERS {
            return Err(InvalidConfig::TooManyHeaders);
        }
        for (name, value) in &self.headers {
            let wrong = |problem| InvalidConfig::Header {
                name: name.chars().take(80).collect(),
                problem,
            };
            let lower = name.to_ascii_lowercase();
            if !is_header_name(name) {
                return Err(wrong("is not a header's name"));
            }
            if RESERVED.contains(&lower.as_str())
                || lower.starts_with("webhook-")
                || lower.starts_with("postern-")
            {
                return Err(wrong("is set by Postern"));
            }
            if lower == "authorization" && self.auth.is_some() {
                return Err(wrong("is what `auth` is for: leave one of the two away"));
            }
            let Some(value) = value.as_str() else {
                return Err(wrong("needs a text as its value"));
            };
            if value.len() > MAX_VALUE_BYTES {
                return Err(wrong("has a value of more than 8 KiB"));
            }
            if value.chars().any(char::is_control) {
                return Err(wrong(
                    "has a value with a line break or another control character",
                ));
            }
        }
        if let Some(auth) = &self.auth {
            auth.check()?;
        }
        if let Some(tls) = &self.tls {
            tls.check()?;
        }
        if self
            .transform
            .as_ref()
            .is_some_and(|source| source.len() > MAX_TRANSFORM_BYTES)
        {
            return Err(InvalidConfig::TransformTooLong);
        }
        Ok(())
    }
}

/// Whether a text can be the name of a header (RFC 9110 §5.6.2).
pub fn is_header_name(name: &str) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(token)
}

fn check_url(text: &str) -> Result<(), InvalidConfig> {
    if text.len() > 2048 {
        return Err(InvalidConfig::Url("a URL has at most 2048 characters"));
    }
    let url = Url::parse(text)
        .map_err(|_| InvalidConfig::Url("not a URL (expected https://host/path)"))?;
    match url {
        _ if !matches!(url.scheme(), "http" | "https") => {
            Err(InvalidConfig::Url("a URL begins with http:// or https://"))
        }
        _ if url.host().is_none() => Err(InvalidConfig::Url("a URL needs a host")),
        _ if !url.username().is_empty() || url.password().is_some() => Err(InvalidConfig::Url(
            "a URL can't carry a user and password: set `auth` to {\"type\": \"basic\", …} instead",
        )),
        _ if url.fragment().is_some() => Err(InvalidConfig::Url(
            "a URL can't have a #fragment: it would never be sent",
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(url: &str, headers: &serde_json::Value) -> Result<(), InvalidConfig> {
        IntegrationConfig {
            headers: headers.as_object().unwrap().clone(),
            ..IntegrationConfig::to(url)
        }
        .check()
    }

    #[test]
    fn addresses_are_taken_or_refused_with_a_reason() {
        for url in [
            "https://example.com/hook",
            "http://127.0.0.1:8080",
            "https://bücher.example/?a=b",
        ] {
            assert_eq!(check(url, &json!({})), Ok(()), "{url}");
        }
        for url in [
            "",
            "example.com",
            "ftp://example.com",
            "https://u:p@example.com",
            "https://example.com/#x",
            "http://",
        ] {
            assert!(check(url, &json!({})).is_err(), "{url}");
        }
    }

    #[test]
    fn who_we_are_is_taken_or_refused_with_a_reason() {
        let check = |fields: serde_json::Value| {
            let mut config = json!({"url": "https://example.com"});
            config
                .as_object_mut()
                .unwrap()
                .extend(fields.as_object().unwrap().clone());
            let config = serde_json::from_value::<IntegrationConfig>(config);
            config
                .map_err(|error| error.to_string())
                .and_then(|config| config.check().map_err(|error| error.to_string()))
        };
        let oauth2 = |more: serde_json::Value| {
            let mut auth = json!({
                "type": "oauth2", "tokenUrl": "https://id.example/token", "clientId": "us", "clientSecret": "s",
            });
            auth.as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            json!({"auth": auth})
        };
        for good in [
            json!({"auth": {"type": "basic", "username": "us", "password": "a:b"}}),
            json!({"auth": {"type": "bearer", "token": "abc"}}),
            oauth2(json!({})),
            oauth2(json!({"scope": "a b", "audience": "c", "clientAuthentication": "body"})),
            json!({"tls": {"ca": "-----BEGIN CERTIFICATE-----\n"}}),
        ] {
            assert_eq!(check(good.clone()), Ok(()), "{good}");
        }
        for (bad, says) in [
            (json!({"auth": {"type": "digest"}}), "oauth2"),
            (
                json!({"auth": {"type": "bearer", "token": "a", "tokn": 1}}),
                "tokn",
            ),
            (
                json!({"auth": {"type": "basic", "username": "a:b", "password": ""}}),
                "colon",
            ),
            (
                json!({"auth": {"type": "bearer", "token": "a\nb"}}),
                "line break",
            ),
            (oauth2(json!({"tokenUrl": "ftp://x"})), "http"),
            (oauth2(json!({"client_id": "x"})), "client_id"),
            (oauth2(json!({"clientId": ""})), "empty"),
            (json!({"tls": {"ca": "none"}}), "PEM"),
            (
                json!({"tls": {"certificate": "-----BEGIN CERTIFICATE-----"}}),
                "key",
            ),
            (
                json!({"auth": {"type": "bearer", "token": "a"}, "headers": {"Authorization": "b"}}),
                "leave one",
            ),
        ] {
            let refused = check(bad.clone()).unwrap_err();
            assert!(refused.contains(says), "{bad}: {refused}");
        }
    }

    #[test]
    fn headers_are_taken_or_refused_with_a_reason() {
        let url = "https://example.com";
        assert_eq!(
            check(url, &json!({"X-Token": "a b", "authorization": "Bearer x"})),
            Ok(())
        );
        for headers in [
            json!({"": "a"}),
            json!({"a b": "c"}),
            json!({"Host": "c"}),
            json!({"Webhook-Id": "c"}),
            json!({"postern-event": "c"}),
            json!({"a": 1}),
            json!({"a": "b\r\nc: d"}),
            json!({"a": "x".repeat(9000)}),
        ] {
            assert!(check(url, &headers).is_err(), "{headers}");
        }
    }
}
