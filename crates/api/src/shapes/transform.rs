//! A transform that is tried.

use postern_model::Event;
use postern_model::transform::Draft;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// What is tried; all of it may be left out.
#[derive(Default, Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields, default)]
pub(crate) struct TransformBody {
    /// The script; without it, the integration's own.
    pub(crate) transform: Option<String>,
    /// The id of the event; without it, the newest of the integration's kind.
    pub(crate) event: Option<String>,
}

/// What would be sent.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TransformAnswer {
    /// The event that it was tried on.
    event_id: String,
    /// What the script was given; the headers' values are masked.
    #[schema(value_type = Object)]
    webhook: Value,
    /// What would be sent; not there when nothing would.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<DraftView>,
    /// Whether the script cancelled it.
    cancelled: bool,
    /// What went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// What the script wrote to the console.
    console: Vec<String>,
}

/// What would be sent.
#[derive(Serialize, ToSchema)]
pub(crate) struct DraftView {
    method: String,
    url: String,
    /// The integration's own headers.
    #[schema(value_type = Object)]
    headers: Map<String, Value>,
    body: String,
}

impl TransformAnswer {
    pub(crate) fn of(
        event: &Event,
        webhook: Value,
        drafted: Result<Option<Draft>, String>,
        console: Vec<String>,
    ) -> Self {
        let mut answer = Self {
            console,
            ..Self::bare(event, webhook)
        };
        match drafted {
            Ok(Some(draft)) => {
                answer.request = Some(DraftView {
                    method: draft.method,
                    url: draft.config.url,
                    headers: draft.config.headers,
                    body: String::from_utf8_lossy(&draft.body).into_owned(),
                });
            }
            Ok(None) => answer.cancelled = true,
            Err(why) => answer.error = Some(format!("the transform returned {why}")),
        }
        answer
    }

    pub(crate) fn failed(event: &Event, webhook: Value, why: String) -> Self {
        Self {
            error: Some(why),
            ..Self::bare(event, webhook)
        }
    }

    fn bare(event: &Event, webhook: Value) -> Self {
        Self {
            event_id: event.id.to_string(),
            webhook,
            request: None,
            cancelled: false,
            error: None,
            console: Vec::new(),
        }
    }
}
