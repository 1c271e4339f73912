//! Auths: of late as in v2, of old as `currentHelper` with `helperAttributes`.

use serde_json::{Map, Value, json};

use super::loose::{is_truthy, put};

/// How helpers of old are called now.
const KINDS: [(&str, &str); 9] = [
    ("apikeyAuth", "apikey"),
    ("basicAuth", "basic"),
    ("bearerAuth", "bearer"),
    ("digestAuth", "digest"),
    ("hawkAuth", "hawk"),
    ("oAuth1", "oauth1"),
    ("oAuth2", "oauth2"),
    ("ntlmAuth", "ntlm"),
    ("awsSigV4", "awsv4"),
];

/// A collection's, a folder's or a request's auth.
pub(super) fn of(from: &Value) -> Option<Value> {
    let helper = from.get("currentHelper");
    let attributes = from.get("helperAttributes").filter(|it| is_truthy(it));
    match from.get("auth").filter(|auth| is_truthy(auth)) {
        Some(auth) if helper.is_none() && attributes.is_none() => of_late(auth),
        _ => of_old(helper?.as_str()?, attributes),
    }
}

fn of_late(auth: &Value) -> Option<Value> {
    let kind = auth.get("type")?.as_str().filter(|kind| !kind.is_empty())?;
    if kind == "noauth" {
        return Some(json!({"type": "noauth"}));
    }
    let mut parameters = Map::new();
    match auth.get(kind) {
        Some(Value::Array(list)) => {
            for entry in list {
                if let Some(key) = entry.get("key").and_then(Value::as_str) {
                    let value = entry.get("value").cloned().unwrap_or_default();
                    parameters.insert(key.to_owned(), value);
                }
            }
        }
        Some(Value::Object(fields)) => parameters.clone_from(fields),
        _ => {}
    }
    Some(with(kind, parameters))
}

fn of_old(helper: &str, attributes: Option<&Value>) -> Option<Value> {
    if helper.is_empty() || helper == "normal" {
        return None;
    }
    let kind = KINDS.iter().find(|(old, _)| *old == helper);
    // Some apps wrote the attributes as a text.
    let attributes = match attributes {
        Some(Value::String(text)) => Some(serde_json::from_str::<Value>(text).ok()?),
        other => other.cloned(),
    };
    let Some((_, kind)) = kind else {
        return Some(json!({"type": helper}));
    };
    let attributes = attributes.filter(is_truthy);
    let parameters = attributes.map(|attributes| parameters(helper, &attributes));
    Some(with(kind, parameters.unwrap_or_default()))
}

/// The attributes of a helper, under the names that they have now.
fn parameters(helper: &str, attributes: &Value) -> Map<String, Value> {
    let mut found = Map::new();
    let mut take = |names: &str| {
        for name in names.split_whitespace() {
            let (now, old) = name.split_once('=').unwrap_or((name, name));
            put(&mut found, now, attributes.get(old).cloned());
        }
    };
    match helper {
        "apikeyAuth" => take("key value in"),
        "basicAuth" => take("username password saveHelperData=saveToRequest"),
        "bearerAuth" => take("token"),
        "digestAuth" => take(
            "algorithm username realm password nonce nonceCount clientNonce opaque qop disableRetryRequest",
        ),
        "oAuth1" => take(
            "consumerKey consumerSecret token tokenSecret signatureMethod timestamp nonce version realm \
             addParamsToHeader=header autoAddParam=auto addEmptyParamsToSign=includeEmpty",
        ),
        "hawkAuth" => take(
            "authId=hawk_id authKey=hawk_key algorithm user saveHelperData=saveToRequest nonce extraData=ext appId=app \
             delegation=dlg timestamp",
        ),
        "ntlmAuth" => take("username password domain workstation disableRetryRequest"),
        "oAuth2" => take(
            "accessToken addTokenTo callBackUrl authUrl accessTokenUrl clientId clientSecret clientAuth grantType scope \
             username password tokenType redirectUri refreshToken",
        ),
        _ => found = attributes.as_object().cloned().unwrap_or_default(),
    }
    if helper == "basicAuth" {
        found.insert("showPassword".to_owned(), false.into());
    }
    found
}

fn with(kind: &str, parameters: Map<String, Value>) -> Value {
    let mut auth = Map::new();
    auth.insert("type".to_owned(), kind.into());
    if !parameters.is_empty() {
        let list = parameters.into_iter().map(|(key, value)| {
            let kind = match value {
                Value::String(_) => "string",
                Value::Bool(_) => "boolean",
                Value::Number(_) => "number",
                _ => "any",
            };
            json!({"key": key, "value": value, "type": kind})
        });
        auth.insert(kind.to_owned(), list.collect());
    }
    auth.into()
}
