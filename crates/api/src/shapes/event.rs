//! Events of the team's own.

use postern_model::Event;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// The body that publishes an event.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct EventBody {
    pub(crate) event: EventFields,
}

/// What happened.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct EventFields {
    /// Its type, such as `build.finished`; at most 255 characters.
    pub(crate) r#type: String,
    /// What receivers get as the body: any JSON.
    #[schema(value_type = Object)]
    pub(crate) payload: Box<RawValue>,
}

/// `{"event": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventAnswer {
    event: PublishedEvent,
}

/// An event that was accepted.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PublishedEvent {
    /// The `webhook-id` that every receiver gets.
    id: String,
    r#type: String,
    created_at: String,
}

impl EventAnswer {
    /// The event as it was accepted.
    pub(crate) fn of(event: &Event) -> Self {
        Self {
            event: PublishedEvent {
                id: event.id.to_string(),
                r#type: event.custom_type.clone().unwrap_or_default(),
                created_at: event.created_at.to_rfc3339(),
            },
        }
    }
}
