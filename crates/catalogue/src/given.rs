//! What a transform is given, and how it is called.

use postern_model::{Event, EventKind, Integration};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::event::Handler;
use crate::file::File;

/// An answer of the service, as the transform reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, by names in lower case.
    pub headers: Map<String, Value>,
    /// The body.
    pub text: String,
    /// How many bytes the body has.
    pub bytes: u64,
    /// The body's SHA-256, lower case hex.
    pub sha256: String,
}

impl Answer {
    /// An answer of these parts.
    pub fn new(status: u16, headers: &[(String, String)], body: &[u8], bytes: u64) -> Self {
        use sha2::Digest as _;
        Self {
            status,
            headers: headers
                .iter()
                .map(|(name, value)| (name.to_ascii_lowercase(), Value::from(value.as_str())))
                .collect(),
            text: String::from_utf8_lossy(body).into_owned(),
            bytes,
            sha256: crate::file::hex(&sha2::Sha256::digest(body)),
        }
    }
}

/// What happened, as an event tells it.
#[derive(Debug, Clone, Serialize)]
pub struct Happened {
    /// The event's id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// The type of a custom event.
    #[serde(rename = "type")]
    pub custom_type: Option<String>,
    /// When, RFC 3339.
    pub at: String,
    /// When, in milliseconds since 1970.
    pub ms: i64,
}

impl Happened {
    /// The same of a stored event.
    pub fn of(event: &Event) -> Self {
        Self {
            id: event.id.to_string(),
            kind: event.kind.as_str().to_owned(),
            custom_type: event.custom_type.clone(),
            at: event.created_at.to_rfc3339(),
            ms: event.created_at.0,
        }
    }
}

/// All that a transform is given besides the answers.
#[derive(Debug, Clone)]
pub struct Given {
    /// What happened.
    pub event: Happened,
    /// The detailed body; of a backup's document only its `info` is left.
    pub payload: Value,
    /// The integration's fields, checked.
    pub fields: Map<String, Value>,
    /// The integration's id and name.
    pub integration: (String, String),
    /// Which attempt, from 1.
    pub attempt: i32,
    /// When it is made, in milliseconds since 1970.
    pub now: i64,
    /// Where Postern shows what it is about.
    pub link: String,
    /// The backup's file.
    pub file: Option<File>,
}

impl Given {
    /// What is told of this event to this integration. A backup's document is taken out of the body and becomes the file.
    pub fn new(
        event: &Event,
        integration: &Integration,
        handler: Handler,
        mut payload: Value,
        nonce: &str,
    ) -> Self {
        let mut file = None;
        if handler == Handler::Backup
            && let Some(document) = payload.get_mut("collection")
        {
            let info = json!({"info": document["info"]});
            file = Some(File::new(document, nonce));
            *document = info;
        }
        Self {
            event: Happened::of(event),
            payload,
            fields: integration.config.fields.clone(),
            integration: (integration.id.to_string(), integration.name.clone()),
            attempt: 1,
            now: event.created_at.0,
            link: String::new(),
            file,
        }
    }
}

/// The JSON that a connector's script is called with.
pub fn call(handler: Handler, given: &Given, answers: &[Answer]) -> String {
    let (id, name) = &given.integration;
    let mut it = json!({
        "event": given.event,
        "payload": given.payload,
        "fields": given.fields,
        "test": given.event.kind == EventKind::Test.as_str(),
        "attempt": given.attempt,
        "now": given.now,
        "integration": {"id": id, "name": name},
        "link": given.link,
    });
    if let Some(file) = &given.file {
        it["file"] = file.told();
    }
    json!({"handler": handler.as_str(), "it": it, "answers": answers}).to_string()
}

/// Where the web app shows what this body is about; empty where it shows nothing of it.
pub fn link(base: &str, handler: Handler, payload: &Value) -> String {
    let base = base.trim_end_matches('/');
    let text = |path: &str| {
        payload
            .pointer(path)
            .and_then(Value::as_str)
            .filter(|it| !it.is_empty())
    };
    let path = match handler {
        Handler::Results => text("/monitor_uid").map(|monitor| match text("/postern/run_id") {
            Some(run) => format!("monitors/{monitor}/runs/{run}"),
            None => format!("monitors/{monitor}"),
        }),
        Handler::Activity => match text("/collection_uid") {
            Some(collection) => Some(format!("collections/{collection}/changelog")),
            None => Some("activity".to_owned()),
        },
        Handler::Digest => Some("activity".to_owned()),
        Handler::Backup => text("/postern/collection_uid").map(|uid| format!("collections/{uid}")),
        Handler::Trouble => text("/integration_id").map(|id| format!("integrations/{id}")),
        Handler::Custom => None,
    };
    match path {
        Some(path) if !base.is_empty() => format!("{base}/{path}"),
        _ => String::new(),
    }
}
