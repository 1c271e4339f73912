//! Auths in Postman's shape. Insomnia and Bruno have the same names for most of what is in one.

use serde_json::{Value, json};

/// An auth of this type, with its values: `{"type": "bearer", "bearer": [{"key", "value", "type"}]}`.
pub(super) fn auth(kind: &str, values: &[(&str, impl AsRef<str>)]) -> Value {
    let values: Vec<Value> = values
        .iter()
        .map(|(key, value)| (key, value.as_ref()))
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| json!({"key": key, "value": value, "type": "string"}))
        .collect();
    json!({"type": kind, kind: values})
}

/// A user's name and password, as `basic`, `digest` or `ntlm`.
pub(super) fn password(kind: &str, mut value: impl FnMut(&str) -> String) -> Value {
    let values = ["username", "password"].map(|key| (key, value(key)));
    auth(kind, &values)
}

/// A key in the query or in a header.
pub(super) fn api_key(in_query: bool, mut value: impl FnMut(&str) -> String) -> Value {
    let place = if in_query { "query" } else { "header" };
    let values = [
        ("key", value("key")),
        ("value", value("value")),
        ("in", place.to_owned()),
    ];
    auth("apikey", &values)
}

/// AWS Signature v4.
pub(super) fn aws(mut value: impl FnMut(&str) -> String) -> Value {
    let values = [
        ("accessKey", value("accessKeyId")),
        ("secretKey", value("secretAccessKey")),
        ("sessionToken", value("sessionToken")),
        ("service", value("service")),
        ("region", value("region")),
    ];
    auth("awsv4", &values)
}

/// OAuth 2.0 with this grant, by Postman's name.
pub(super) fn oauth2(grant: String, mut value: impl FnMut(&str) -> String) -> Value {
    let values = [
        ("grant_type", grant),
        ("accessTokenUrl", value("accessTokenUrl")),
        ("authUrl", value("authorizationUrl")),
        ("clientId", value("clientId")),
        ("clientSecret", value("clientSecret")),
        ("scope", value("scope")),
        ("username", value("username")),
        ("password", value("password")),
    ];
    auth("oauth2", &values)
}
