//! What an integration's own script sees of a webhook, and what it may change.

use serde_json::{Map, Value, json};

use crate::{Event, Integration, IntegrationConfig};

/// The largest payload that a script is given, in bytes.
pub const MAX_TRANSFORMED: usize = 4 * 1024 * 1024;
/// The methods that it may choose.
const METHODS: [&str; 5] = ["POST", "PUT", "PATCH", "GET", "DELETE"];
/// What it may return.
const FIELDS: [&str; 7] = [
    "method",
    "url",
    "headers",
    "payload",
    "cancel",
    "eventType",
    "eventId",
];

/// What is sent after the script had its say.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The method.
    pub method: String,
    /// Where to, and the headers of the user's own; who we are stays.
    pub config: IntegrationConfig,
    /// The body.
    pub body: Vec<u8>,
}

/// What the script is given: the method, the URL, the integration's own headers and the payload, and what the event is.
pub fn webhook(event: &Event, integration: &Integration, payload: &Value) -> Value {
    json!({
        "method": "POST",
        "url": integration.config.url,
        "headers": integration.config.headers,
        "payload": payload,
        "cancel": false,
        "eventType": event.custom_type.as_deref().unwrap_or(event.kind.as_str()),
        "eventId": event.id.to_string(),
    })
}

/// What becomes of what it returned; nothing where it cancelled. What it left out stays as it was; an error completes
/// "the transform returned …".
pub fn draft(
    before: &IntegrationConfig,
    payload: &Value,
    returned: Value,
) -> Result<Option<Draft>, String> {
    let Value::Object(mut fields) = returned else {
        return Err("no webhook: it has to return an object, usually the one it got".to_owned());
    };
    if let Some(unknown) = fields.keys().find(|key| !FIELDS.contains(&key.as_str())) {
        return Err(format!(
            "a field {unknown:?} that a webhook doesn't have (method, url, headers, payload, cancel)"
        ));
    }
    match fields.remove("cancel") {
        None | Some(Value::Bool(false) | Value::Null) => {}
        Some(Value::Bool(true)) => return Ok(None),
        Some(_) => return Err("a `cancel` that is neither true nor false".to_owned()),
    }
    let method = match fields.remove("method") {
        None => "POST".to_owned(),
        Some(Value::String(method)) => {
            let method = method.to_ascii_uppercase();
            if !METHODS.contains(&method.as_str()) {
                return Err(format!(
                    "a method that is not one of {}",
                    METHODS.join(", ")
                ));
            }
            method
        }
        Some(_) => return Err("a `method` that is no text".to_owned()),
    };
    let mut config = before.clone();
    match fields.remove("url") {
        None => {}
        Some(Value::String(url)) => config.url = url,
        Some(_) => return Err("a `url` that is no text".to_owned()),
    }
    match fields.remove("headers") {
        None => {}
        Some(Value::Object(headers)) => config.headers = texts(headers),
        Some(_) => return Err("`headers` that are no object".to_owned()),
    }
    config
        .check()
        .map_err(|error| format!("what can't be sent: {error}"))?;
    let payload = fields.remove("payload").unwrap_or_else(|| payload.clone());
    let body = match payload {
        Value::String(text) => text.into_bytes(),
        other => other.to_string().into_bytes(),
    };
    Ok(Some(Draft {
        method,
        config,
        body,
    }))
}

/// Numbers and truths as texts; what is `null` is not sent.
fn texts(headers: Map<String, Value>) -> Map<String, Value> {
    headers
        .into_iter()
        .filter_map(|(name, value)| match value {
            Value::Null => None,
            Value::Number(_) | Value::Bool(_) => Some((name, Value::String(value.to_string()))),
            value => Some((name, value)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    fn config() -> IntegrationConfig {
        IntegrationConfig::to("https://example.com/hook")
    }

    fn drafted(returned: Value) -> Result<Option<Draft>, String> {
        draft(&config(), &json!({"n": 1}), returned)
    }

    #[test]
    fn what_a_script_leaves_out_stays_and_what_it_says_is_sent() {
        let same = drafted(json!({})).unwrap().unwrap();
        assert_eq!(same.method, "POST");
        assert_eq!(same.config, config());
        assert_eq!(same.body, br#"{"n":1}"#);
        let other = drafted(json!({
            "method": "put", "url": "https://example.org/x", "headers": {"X-A": 1, "X-B": null, "X-C": "c"}, "payload": "plain",
        }));
        let other = other.unwrap().unwrap();
        assert_eq!(
            (other.method.as_str(), other.config.url.as_str()),
            ("PUT", "https://example.org/x")
        );
        assert_eq!(
            Value::from(other.config.headers),
            json!({"X-A": "1", "X-C": "c"})
        );
        assert_eq!(other.body, b"plain");
        assert_eq!(drafted(json!({"cancel": true})), Ok(None));
    }

    #[test]
    fn what_cannot_be_sent_is_refused_with_a_reason() {
        for (returned, says) in [
            (Value::Null, "an object"),
            (json!([]), "an object"),
            (json!({"methud": "PUT"}), "methud"),
            (json!({"method": "TRACE"}), "one of POST"),
            (json!({"method": 1}), "no text"),
            (json!({"url": "ftp://x"}), "http"),
            (json!({"url": null}), "no text"),
            (json!({"headers": []}), "no object"),
            (json!({"headers": {"Host": "x"}}), "set by Postern"),
            (json!({"headers": {"a": "b\nc"}}), "line break"),
            (json!({"cancel": 1}), "neither true nor false"),
        ] {
            let refused = drafted(returned.clone()).unwrap_err();
            assert!(refused.contains(says), "{returned}: {refused}");
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[ -~é]{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            let key = prop_oneof![
                proptest::sample::select(&FIELDS[..]).prop_map(str::to_owned),
                "[a-z]{1,4}"
            ];
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map(key, inner, 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_is_returned_is_sent_as_what_may_be_sent_or_refused(returned in any_json()) {
            if let Ok(Some(draft)) = drafted(returned) {
                prop_assert_eq!(draft.config.check(), Ok(()));
                prop_assert!(METHODS.contains(&draft.method.as_str()));
            }
        }
    }
}
