//! What goes over the wire: a request with its variables filled in, and what clients add.

use bytes::Bytes;
use postern_collection::{Auth, Request};
use rand::RngExt;
use serde_json::{Map, Value, json};

use crate::Address;
use crate::auth;
use crate::body;
use crate::state::State;
use crate::unsent::Unsent;

/// Methods whose body is left out, unless the request's behaviour says otherwise.
const WITHOUT_BODY: [&str; 5] = ["GET", "HEAD", "COPY", "PURGE", "UNLOCK"];

/// A request, ready to be sent.
#[derive(Debug, Clone)]
pub struct Wire {
    /// The method.
    pub method: String,
    /// Where to.
    pub url: Address,
    /// The headers, in order.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Bytes,
}

impl Wire {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn set_header(&mut self, name: &str, value: impl Into<String>) {
        self.headers
            .retain(|(key, _)| !key.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.into()));
    }

    pub(crate) fn remove_header(&mut self, name: &str) {
        self.headers
            .retain(|(key, _)| !key.eq_ignore_ascii_case(name));
    }
}

/// Fills in a request's variables, wherever texts stand in it.
pub(crate) fn resolve_deep(state: &mut State<'_>, value: &Value) -> Value {
    match value {
        Value::String(text) => state.resolve(text).into(),
        Value::Array(list) => list
            .iter()
            .map(|value| resolve_deep(state, value))
            .collect(),
        Value::Object(fields) => {
            let fields: Map<String, Value> = fields
                .iter()
                .map(|(key, value)| (key.clone(), resolve_deep(state, value)))
                .collect();
            fields.into()
        }
        other => other.clone(),
    }
}

/// Builds what is sent of a request whose variables have been filled in; an error says why it can't be sent.
pub(crate) fn build(
    state: &mut State<'_>,
    request: &Request,
    auth: Option<&Auth>,
    behaviour: &Map<String, Value>,
) -> Result<Wire, Unsent> {
    let typed = request.url.to_string();
    if typed.is_empty() {
        return Err("runtime:extensions~request: request url is empty".into());
    }
    let is_raw = behaviour.get("disableUrlEncoding").and_then(Value::as_bool) == Some(true);
    let url = Address::parse(&typed, !is_raw);
    let mut wire = Wire {
        method: request.method.clone(),
        url,
        headers: Vec::new(),
        body: Bytes::new(),
    };
    for header in request.headers.iter().filter(|header| !header.disabled) {
        if !valid_name(&header.key) {
            return Err(Unsent::type_error(format!(
                "Header name must be a valid HTTP token [\"{}\"]",
                header.key
            )));
        }
        let value: String = header
            .value
            .chars()
            .filter(|letter| !matches!(letter, '\r' | '\n' | '\0'))
            .collect();
        wire.headers
            .push((header.key.clone(), value.trim().to_owned()));
    }
    let pruned = WITHOUT_BODY.contains(&wire.method.as_str())
        && behaviour.get("disableBodyPruning").and_then(Value::as_bool) != Some(true);
    if let Some(body) = request.body.as_ref().filter(|_| !pruned) {
        body::put(state, &mut wire, body)?;
    }
    if let Some(auth) = auth {
        auth::put(&mut wire, auth);
    }
    add_defaults(state, &mut wire, behaviour);
    Ok(wire)
}

fn valid_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// The headers that clients add where the collection has none of that name.
fn add_defaults(state: &mut State<'_>, wire: &mut Wire, behaviour: &Map<String, Value>) {
    let token = uuid::Builder::from_random_bytes(state.random.random())
        .into_uuid()
        .to_string();
    let unwanted: Vec<String> = behaviour
        .get("disabledSystemHeaders")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter(|(_, disabled)| disabled.as_bool() == Some(true))
        .map(|(name, _)| name.to_lowercase())
        .collect();
    for (name, value) in [
        ("User-Agent", state.options().user_agent.as_str()),
        ("Accept", "*/*"),
        ("Cache-Control", "no-cache"),
        ("Postman-Token", token.as_str()),
        ("Accept-Encoding", "gzip, deflate, br"),
        ("Connection", "keep-alive"),
    ] {
        if wire.header(name).is_none() && !unwanted.contains(&name.to_lowercase()) {
            wire.headers.push((name.to_owned(), value.to_owned()));
        }
    }
}

/// The request as test scripts see it: as it was sent, in the form of a v2.1 document.
pub(crate) fn as_sent(resolved: &Value, wire: &Wire) -> Value {
    let mut request = match resolved {
        Value::Object(fields) => fields.clone(),
        _ => Map::new(),
    };
    request.insert("method".to_owned(), wire.method.clone().into());
    // As newman does it: the address that was asked, in its encoded form, and nothing of how it came about.
    request.insert("url".to_owned(), wire.url.as_str().into());
    let mut header: Vec<Value> = wire
        .headers
        .iter()
        .map(|(key, value)| json!({"key": key, "value": value}))
        .collect();
    if wire.header("host").is_none() {
        header.push(json!({"key": "Host", "value": wire.url.host()}));
    }
    if !wire.body.is_empty() && wire.header("content-length").is_none() {
        header.push(json!({"key": "Content-Length", "value": wire.body.len().to_string()}));
    }
    let header = header.into();
    request.insert("header".to_owned(), header);
    request.into()
}
