//! Scripts.

use serde_json::Value;

/// When a script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listen {
    /// Before the request is sent.
    PreRequest,
    /// After its answer has come.
    Test,
}

/// A script of a collection, a folder or a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// When it runs.
    pub listen: Listen,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Its text.
    pub source: String,
}

impl Script {
    /// The scripts of an `event` list that are switched on, empty ones too: newman counts those.
    pub(crate) fn list(events: Option<&Value>) -> Vec<Self> {
        let events = events.and_then(Value::as_array).into_iter().flatten();
        events
            .filter(|event| {
                !event
                    .get("disabled")
                    .and_then(Value::as_bool)
                    .unwrap_or(false)
            })
            .filter_map(|event| {
                let listen = match event.get("listen")?.as_str()? {
                    "prerequest" => Listen::PreRequest,
                    "test" => Listen::Test,
                    _ => return None,
                };
                let script = event.get("script")?;
                let exec = script.get("exec").unwrap_or(script);
                let source = match exec {
                    Value::String(text) => text.clone(),
                    Value::Array(lines) => lines
                        .iter()
                        .filter_map(Value::as_str)
                        .collect::<Vec<_>>()
                        .join("\n"),
                    _ => String::new(),
                };
                let id = script.get("id").and_then(Value::as_str).map(str::to_owned);
                Some(Self { listen, id, source })
            })
            .collect()
    }
}
