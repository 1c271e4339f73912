//! Headers: the request's own, and those that clients add.

use indexmap::IndexMap;
use postern_collection::Request;
use rand::RngExt;
use serde_json::{Value, json};

use super::Wire;
use crate::behaviour::Behaviour;
use crate::body::Kind;
use crate::state::State;
use crate::unsent::Unsent;

/// Headers that `disabledSystemHeaders` takes away also where something later would add them.
const TAKEN_AWAY: [&str; 4] = [
    "content-type",
    "content-length",
    "accept-encoding",
    "connection",
];

/// The headers of the request that are switched on.
pub(super) fn own(request: &Request) -> Vec<(String, String)> {
    request
        .headers
        .iter()
        .filter(|header| !header.disabled && !header.key.is_empty())
        .map(|header| (header.key.clone(), header.value.clone()))
        .collect()
}

/// What must not be added, of what the request doesn't have itself.
pub(super) fn left_out(wire: &Wire, behaviour: &Behaviour) -> Vec<&'static str> {
    TAKEN_AWAY
        .into_iter()
        .filter(|name| behaviour.leaves_out(name) && wire.header(name).is_none())
        .collect()
}

/// Adds the headers that newman adds to every request.
pub(super) fn add_system(state: &mut State<'_>, wire: &mut Wire, behaviour: &Behaviour) {
    let token = uuid::Builder::from_random_bytes(state.random.random())
        .into_uuid()
        .to_string();
    let host = wire.url.host();
    for (name, key, value) in [
        (
            "user-agent",
            "User-Agent",
            state.options().user_agent.as_str(),
        ),
        ("accept", "Accept", "*/*"),
        ("cache-control", "Cache-Control", "no-cache"),
        ("postman-token", "Postman-Token", &token),
        ("host", "Host", &host),
        ("accept-encoding", "Accept-Encoding", "gzip, deflate, br"),
        ("connection", "Connection", "keep-alive"),
    ] {
        if !behaviour.leaves_out(name) {
            wire.add(key, value);
        }
    }
}

/// The headers as scripts see them: those that are switched off in their places, and a type that is left out as switched off.
pub(super) fn shown(wire: &Wire, request: &Request, kind: &Kind) -> Vec<Value> {
    let entry = |(key, value): &(String, String)| json!({"key": key, "value": value});
    let mut shown: Vec<Value> = wire.headers.iter().map(entry).collect();
    for (at, own) in request
        .headers
        .iter()
        .enumerate()
        .filter(|(_, own)| own.disabled)
    {
        let own = json!({"key": own.key, "value": own.value, "disabled": true});
        shown.insert(at.min(shown.len()), own);
    }
    if let Kind::Typed(content_type) | Kind::Json(content_type) = kind
        && wire.left_out.contains(&"content-type")
    {
        shown.insert(
            request.headers.len().min(shown.len()),
            json!({"key": "Content-Type", "value": content_type, "disabled": true}),
        );
    }
    shown
}

/// Whether this is one of the headers that are written when the request goes out.
pub(super) fn is_written_last(key: &str) -> bool {
    ["cookie", "content-length"]
        .iter()
        .any(|name| key.eq_ignore_ascii_case(name))
}

/// Brings headers into the order and the number in which Node sends them: those written alike stand together, of those that
/// differ only in capitals the last one counts, and cookies become one.
pub(super) fn join_alike(headers: &mut Vec<(String, String)>) {
    let mut alike: IndexMap<String, Vec<String>> = IndexMap::new();
    for (key, value) in headers.drain(..) {
        alike.entry(key).or_default().push(value);
    }
    number_like_first(&mut alike);
    let mut sent: IndexMap<String, (String, Vec<String>)> = IndexMap::new();
    for (key, values) in alike {
        sent.insert(key.to_lowercase(), (key, values));
    }
    for (name, (key, values)) in sent {
        if name == "cookie" {
            headers.push((key, values.join("; ")));
        } else {
            headers.extend(values.into_iter().map(|value| (key.clone(), value)));
        }
    }
}

/// Names that are numbers come first, in order: so JavaScript keeps what is in an object.
pub(crate) fn number_like_first<V>(entries: &mut IndexMap<String, V>) {
    let number = |key: &str| {
        let number: u32 = key.parse().ok()?;
        (number != u32::MAX && number.to_string() == key).then_some(number)
    };
    if entries.keys().any(|key| number(key).is_some()) {
        entries.sort_by_cached_key(|key, _| number(key).map_or((1, 0), |number| (0, number)));
    }
}

/// What Node refuses to send.
pub(crate) fn check(headers: &[(String, String)]) -> Result<(), Unsent> {
    for (key, value) in headers {
        let is_name = key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
        if key.is_empty() || !is_name {
            return Err(Unsent::type_error(format!(
                "Header name must be a valid HTTP token [\"{key}\"]"
            )));
        }
        let fits = |letter: char| matches!(letter, '\t' | ' '..='~' | '\u{80}'..='\u{ff}');
        if !value.chars().all(fits) {
            return Err(Unsent::type_error(format!(
                "Invalid character in header content [\"{key}\"]"
            )));
        }
    }
    Ok(())
}
