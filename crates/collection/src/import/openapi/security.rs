//! Security schemes as Postman's auth.

use serde_json::{Value, json};

use super::super::auths::auth;
use super::super::build::text;
use super::super::notes::Notes;
use super::reference::Document;

/// The auth of a security requirement: the first scheme that there is a word for. An empty list is no auth, none at all what
/// stands above.
pub(super) fn of(
    spec: &Document<'_>,
    requirement: Option<&Value>,
    notes: &mut Notes,
    place: &str,
) -> Option<Value> {
    let alternatives = requirement?.as_array()?;
    if alternatives.is_empty() {
        return Some(json!({"type": "noauth"}));
    }
    let schemes = spec.root.pointer("/components/securitySchemes");
    for alternative in alternatives {
        let Some(names) = alternative.as_object() else {
            continue;
        };
        if names.is_empty() {
            return Some(json!({"type": "noauth"}));
        }
        for name in names.keys().skip(1) {
            notes.add("second schemes of one security requirement", name);
        }
        let scheme = names.keys().next().and_then(|name| schemes?.get(name));
        if let Some(scheme) = scheme.and_then(|it| spec.resolved(it, notes, place))
            && let Some(found) = scheme_of(scheme)
        {
            return Some(found);
        }
    }
    notes.add("security schemes that Postman has no word for", place);
    None
}

fn scheme_of(scheme: &Value) -> Option<Value> {
    let kind = text(scheme, "type");
    let named = text(scheme, "scheme").to_ascii_lowercase();
    Some(match (kind.as_str(), named.as_str()) {
        ("http", "basic") => auth(
            "basic",
            &[
                ("username", "{{basicAuthUsername}}"),
                ("password", "{{basicAuthPassword}}"),
            ],
        ),
        ("http", "bearer") => auth("bearer", &[("token", "{{bearerToken}}")]),
        ("http", "digest") => auth(
            "digest",
            &[
                ("username", "{{digestAuthUsername}}"),
                ("password", "{{digestAuthPassword}}"),
            ],
        ),
        ("apiKey", _) => {
            let place = text(scheme, "in");
            let name = text(scheme, "name");
            if place == "cookie" {
                return None;
            }
            auth(
                "apikey",
                &[
                    ("key", name.as_str()),
                    ("value", "{{apiKey}}"),
                    ("in", &place),
                ],
            )
        }
        ("oauth2" | "openIdConnect", _) => oauth2(scheme),
        _ => return None,
    })
}

fn oauth2(scheme: &Value) -> Value {
    let flows = scheme.get("flows").and_then(Value::as_object);
    let mut values = Vec::new();
    if let Some((flow, details)) = flows.and_then(|flows| flows.iter().next()) {
        let grant = match flow.as_str() {
            "implicit" => "implicit",
            "password" => "password_credentials",
            "clientCredentials" => "client_credentials",
            _ => "authorization_code",
        };
        values.push(("grant_type", grant.to_owned()));
        for (key, from) in [
            ("accessTokenUrl", "tokenUrl"),
            ("authUrl", "authorizationUrl"),
        ] {
            let url = text(details, from);
            if !url.is_empty() {
                values.push((key, url));
            }
        }
        let scopes = details.get("scopes").and_then(Value::as_object);
        let scopes: Vec<&str> = scopes
            .into_iter()
            .flat_map(|it| it.keys().map(String::as_str))
            .collect();
        values.push(("scope", scopes.join(" ")));
    }
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    auth("oauth2", &values)
}
