//! What goes over the wire: a request with its variables filled in, and what clients add.

mod header;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use percent_encoding::percent_decode_str;
use postern_collection::{Auth, Request};
use serde_json::{Map, Value, json};

use crate::Address;
use crate::auth::{self, Content};
use crate::behaviour::Behaviour;
use crate::body::{self, Built, Kind};
use crate::state::State;
use crate::unsent::Unsent;

pub(crate) use header::{check, number_like_first};

/// Methods whose body is left out, unless the request's behaviour says otherwise.
const WITHOUT_BODY: [&str; 5] = ["GET", "HEAD", "COPY", "PURGE", "UNLOCK"];
/// Methods that say nothing of a body that they don't have.
const SILENT: [&str; 6] = ["GET", "HEAD", "TRACE", "DELETE", "CONNECT", "OPTIONS"];

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
    /// The `Cookie` of the request itself, to which the jar adds.
    pub(crate) own_cookie: Option<String>,
    /// What went wrong with the body's files, in words for the user.
    pub(crate) warnings: Vec<String>,
    /// Headers that must not be there, in lower case.
    pub(crate) left_out: Vec<&'static str>,
    /// The headers as scripts see them, but for cookies and length: what a form or a file says of itself is not among them.
    shown: Vec<Value>,
    /// Whether it was ready to go out.
    pub(crate) ready: bool,
}

impl Wire {
    pub(crate) fn new(method: &str, url: Address, headers: Vec<(String, String)>) -> Self {
        Self {
            method: method.to_owned(),
            url,
            headers,
            body: Bytes::new(),
            own_cookie: None,
            warnings: Vec::new(),
            left_out: Vec::new(),
            shown: Vec::new(),
            ready: false,
        }
    }

    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Sets a header, in the place and the letters that it has already.
    pub(crate) fn set_header(&mut self, name: &str, value: impl Into<String>) {
        let at = self
            .headers
            .iter()
            .position(|(key, _)| key.eq_ignore_ascii_case(name));
        let Some(at) = at else {
            return self.headers.push((name.to_owned(), value.into()));
        };
        self.headers[at].1 = value.into();
        let mut number = 0;
        self.headers.retain(|(key, _)| {
            number += 1;
            number <= at + 1 || !key.eq_ignore_ascii_case(name)
        });
    }

    /// The last header of this name: it is the one that counts to newman.
    pub(crate) fn last_header(&self, name: &str) -> Option<&str> {
        let mut backwards = self.headers.iter().rev();
        backwards
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Adds a header, whatever is there already.
    pub(crate) fn push_header(&mut self, name: &str, value: impl Into<String>) {
        self.headers.push((name.to_owned(), value.into()));
    }

    pub(crate) fn remove_header(&mut self, name: &str) {
        self.headers
            .retain(|(key, _)| !key.eq_ignore_ascii_case(name));
    }

    /// Adds a header that the request doesn't have and that isn't to be left out.
    fn add(&mut self, name: &str, value: impl Into<String>) {
        if self.header(name).is_none()
            && !self.left_out.iter().any(|it| it.eq_ignore_ascii_case(name))
        {
            self.headers.push((name.to_owned(), value.into()));
        }
    }

    /// A user's name in the address says who asks, where nothing else does.
    pub(crate) fn authorize_by_address(&mut self) {
        let Some(auth) = &self.url.auth else { return };
        let (user, password) = auth.split_once(':').unwrap_or((auth, ""));
        let read = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let pair = STANDARD.encode(format!("{}:{}", read(user), read(password)));
        self.add("Authorization", format!("Basic {pair}"));
    }

    /// Says how long the body is.
    pub(crate) fn say_length(&mut self) {
        if !self.body.is_empty() || !SILENT.contains(&self.method.as_str()) {
            let length = self.body.len().to_string();
            self.add("Content-Length", length);
        }
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
    behaviour: &Behaviour,
) -> Result<Wire, Unsent> {
    let typed = request.url.to_string();
    if typed.is_empty() {
        return Err("runtime:extensions~request: request url is empty".into());
    }
    let url = Address::parse(&typed, behaviour.encode_url);
    let mut wire = Wire::new(&request.method, url, header::own(request));
    wire.left_out = header::left_out(&wire, behaviour);
    let pruned = behaviour.prune_body && WITHOUT_BODY.contains(&wire.method.as_str());
    let own_type = wire.last_header("content-type").map(str::to_owned);
    let body = request.body.as_ref();
    // Some auths sign a body that the method then leaves at home.
    let signs = auth.is_some_and(|auth| auth::signs_bodies(&auth.kind));
    let mut built = body
        .filter(|_| !pruned || signs)
        .and_then(|body| body::build(state, body, own_type.as_deref()))
        .unwrap_or_default();
    if let Kind::Json(content_type) = built.kind
        && !pruned
    {
        wire.add("Content-Type", content_type);
    }
    wire.warnings = std::mem::take(&mut built.warnings);
    if let Some(auth) = auth {
        let mut content = Content::new(body, built.bytes.clone());
        auth::put(state, &mut wire, &mut content, auth);
        if let Some(changed) = content.changed() {
            built = body::build(state, &changed, own_type.as_deref()).unwrap_or_default();
        }
    }
    let Built { bytes, kind, .. } = if pruned { Built::default() } else { built };
    wire.body = bytes;
    if let Kind::Typed(content_type) = kind {
        wire.add("Content-Type", content_type);
    }
    header::add_system(state, &mut wire, behaviour);
    wire.shown = header::shown(&wire, request, &kind);
    header::join_alike(&mut wire.headers);
    let is_stream = matches!(
        kind,
        Kind::Form {
            like: "\0" | "multipart/form-data",
            ..
        } | Kind::File(_)
    );
    if let Kind::Form { content_type, like } = &kind {
        let keeps_own =
            wire.left_out.contains(&"content-type") || behaviour.leaves_out("content-type");
        if !keeps_own && !own_type.is_some_and(|own| own.starts_with(like)) {
            wire.set_header("Content-Type", content_type.clone());
        }
    }
    wire.add("Accept-Encoding", "gzip, deflate, br");
    wire.authorize_by_address();
    wire.own_cookie = wire.header("cookie").map(str::to_owned);
    // The length of what is read bit by bit, and of nothing, is said last.
    if !is_stream && !wire.body.is_empty() {
        wire.say_length();
    }
    if let Kind::File(content_type) = kind {
        wire.say_length();
        wire.add("Content-Type", content_type);
    }
    Ok(wire)
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
    let mut header = wire.shown.clone();
    let last = wire.headers.iter().filter(|_| wire.ready);
    for (key, value) in last.filter(|(key, _)| header::is_written_last(key)) {
        let is_it = |entry: &Value| {
            let name = entry.get("key").and_then(Value::as_str);
            name.is_some_and(|name| name.eq_ignore_ascii_case(key))
        };
        let written = json!({"key": key, "value": value});
        let mut alike = header.iter_mut().filter(|entry| is_it(entry));
        if let (Some(one), None) = (alike.next(), alike.next()) {
            *one = written;
        } else {
            header.retain(|entry| !is_it(entry));
            header.push(written);
        }
    }
    request.insert("header".to_owned(), header.into());
    request.into()
}
