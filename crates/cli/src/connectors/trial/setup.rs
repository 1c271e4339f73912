//! What a trial is made of: what happens, and `golden/setup.json`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// What happened, in `connectors/events`.
#[derive(Clone, Deserialize)]
pub(super) struct Event {
    #[serde(rename = "event")]
    pub(super) told: EventOf,
    #[serde(default)]
    pub(super) link: String,
    pub(super) payload: Value,
}

#[derive(Clone, Deserialize)]
pub(super) struct EventOf {
    pub(super) id: String,
    pub(super) kind: String,
    #[serde(rename = "type")]
    pub(super) custom_type: Option<String>,
    pub(super) at: String,
    pub(super) ms: i64,
}

/// `golden/setup.json`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Setup {
    pub(super) fields: Map<String, Value>,
    #[serde(default)]
    pub(super) answers: Vec<Said>,
    #[serde(default)]
    pub(super) cases: BTreeMap<String, Case>,
}

/// What the service says to a request.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    /// Only to requests of this method.
    #[serde(default)]
    pub(super) method: Option<String>,
    pub(super) url: String,
    #[serde(default = "ok")]
    pub(super) status: u16,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) body: Value,
    /// Only to the request of this number, from 1.
    #[serde(default)]
    pub(super) step: Option<usize>,
}

/// A case of the connector's own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    pub(super) event: String,
    #[serde(default)]
    pub(super) fields: Map<String, Value>,
    #[serde(default)]
    pub(super) answers: Vec<Said>,
    #[serde(default)]
    pub(super) test: bool,
    #[serde(default)]
    pub(super) attempt: Option<i32>,
    #[serde(default)]
    pub(super) now: Option<i64>,
}

fn ok() -> u16 {
    200
}

impl Case {
    pub(super) fn plain() -> Self {
        Self {
            event: String::new(),
            fields: Map::new(),
            answers: Vec::new(),
            test: false,
            attempt: None,
            now: None,
        }
    }
}
