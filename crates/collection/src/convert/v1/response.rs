//! Saved responses.

use std::collections::HashMap;

use chrono::DateTime;
use serde_json::{Map, Value};

use super::loose::{has_content, is_truthy, list, put, truthy};
use super::{id_of, ids, request};

/// The responses of a request, in their order.
pub(super) fn list_of(from: &Value, all: &HashMap<String, &Value>) -> Value {
    let order = ids(from, "responses_order").filter(|order| !order.is_empty());
    let Some(order) = order else {
        let responses = list(from, "responses").filter(|response| response.is_object());
        return responses.map(|response| of(response, all)).collect();
    };
    let by_id: HashMap<String, &Value> = list(from, "responses")
        .filter_map(|response| Some((id_of(response.get("id")?)?, response)))
        .collect();
    let responses = order.iter().filter_map(|id| by_id.get(id));
    responses.map(|response| of(response, all)).collect()
}

pub(super) fn of(response: &Value, all: &HashMap<String, &Value>) -> Value {
    let mut fields = Map::new();
    put(&mut fields, "id", truthy(response, "id"));
    let name = truthy(response, "name");
    fields.insert("name".to_owned(), name.unwrap_or_else(|| "response".into()));
    let asked = asked(response, all).filter(is_truthy);
    put(
        &mut fields,
        "originalRequest",
        asked.map(|asked| request::inner(&asked)),
    );
    let status = response.get("responseCode").filter(|code| code.is_object());
    put(
        &mut fields,
        "status",
        status.and_then(|status| truthy(status, "name")),
    );
    put(
        &mut fields,
        "code",
        status.and_then(|status| code(status.get("code")?)),
    );
    for (now, old) in [
        ("_postman_previewlanguage", "language"),
        ("_postman_previewtype", "previewType"),
        ("header", "headers"),
    ] {
        put(&mut fields, now, response.get(old).cloned());
    }
    let cookies = list(response, "cookies").filter(|cookie| cookie.is_object());
    fields.insert("cookie".to_owned(), cookies.map(cookie).collect());
    put(&mut fields, "responseTime", response.get("time").cloned());
    put(&mut fields, "body", response.get("text").cloned());
    fields.into()
}

fn code(code: &Value) -> Option<Value> {
    let code = match code {
        Value::Number(_) => code.clone(),
        Value::String(text) => Value::Number(text.trim().parse().ok()?),
        _ => return None,
    };
    is_truthy(&code).then_some(code)
}

/// The request that was answered: itself, as JSON in a text, or by its id.
fn asked(response: &Value, all: &HashMap<String, &Value>) -> Option<Value> {
    let mut named = None;
    for key in ["requestObject", "request"] {
        match response.get(key).filter(|asked| has_content(Some(asked))) {
            Some(Value::String(text)) => match serde_json::from_str(text) {
                Ok(asked) => return Some(asked),
                Err(_) => named = Some(text),
            },
            Some(asked) => return Some(asked.clone()),
            None => {}
        }
    }
    all.get(named?).map(|&asked| asked.clone())
}

fn cookie(cookie: &Value) -> Value {
    let mut fields = Map::new();
    put(
        &mut fields,
        "expires",
        cookie.get("expirationDate").and_then(moment),
    );
    for key in [
        "hostOnly", "httpOnly", "domain", "path", "secure", "session", "value",
    ] {
        put(&mut fields, key, cookie.get(key).cloned());
    }
    put(&mut fields, "key", cookie.get("name").cloned());
    fields.into()
}

/// Seconds since 1970 as JavaScript writes a date.
fn moment(seconds: &Value) -> Option<Value> {
    let millis = seconds.as_f64()? * 1000.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is out of bounds is no date"
    )]
    let date = DateTime::from_timestamp_millis(millis as i64)?;
    let text = date.format("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)");
    Some(text.to_string().into())
}
