//! Deliveries and their attempts.

use postern_model::{Attempt, AttemptStep, DeliveryState, Event, PhaseTimes};
use postern_storage::DeliveryRecord;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// `{"deliveries": […], "meta": {…}}`, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeliveryList {
    pub(crate) deliveries: Vec<DeliveryView>,
    pub(crate) meta: crate::page::PageMeta,
}

/// `{"delivery": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeliveryAnswer {
    pub(crate) delivery: DeliveryView,
}

/// `{"delivery": {…}, "event": {…}, "attempts": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeliveryWhole {
    pub(crate) delivery: DeliveryView,
    /// What is delivered; not there once retention has removed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) event: Option<EventView>,
    /// Each request made for it, the first one first.
    pub(crate) attempts: Vec<AttemptView>,
}

/// One event for one integration.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeliveryView {
    id: String,
    /// The event's id: the `webhook-id` of each attempt.
    event_id: String,
    /// The kind of event, as in the `postern-event` header.
    event: &'static str,
    /// The type of a custom event.
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<String>,
    integration_id: String,
    /// Empty when the integration is gone.
    integration_name: String,
    /// `scheduled`, `held`, `succeeded`, `exhausted`, `cancelled` or `expired`.
    status: &'static str,
    /// What it is held for, or who or what cancelled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// How many attempts have been spent.
    attempt_count: i32,
    /// When the next attempt is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_attempt_at: Option<String>,
    created_at: String,
    updated_at: String,
}

impl DeliveryView {
    /// The delivery as it stands.
    pub(crate) fn of(record: &DeliveryRecord) -> Self {
        let delivery = &record.delivery;
        let (next_attempt_at, reason) = match &delivery.state {
            DeliveryState::Scheduled { due_at } => (Some(due_at.to_rfc3339()), None),
            DeliveryState::Held { reason } => (None, Some(reason.as_str().to_owned())),
            DeliveryState::Cancelled { by } => (None, Some(by.clone())),
            DeliveryState::Succeeded | DeliveryState::Exhausted | DeliveryState::Expired => {
                (None, None)
            }
        };
        Self {
            id: delivery.id.to_string(),
            event_id: delivery.event.to_string(),
            event: record.event_kind.as_str(),
            r#type: record.custom_type.clone(),
            integration_name: record.integration_name.clone(),
            integration_id: delivery.integration.to_string(),
            status: delivery.state.as_str(),
            reason,
            attempt_count: delivery.attempts,
            next_attempt_at,
            created_at: delivery.created_at.to_rfc3339(),
            updated_at: delivery.updated_at.to_rfc3339(),
        }
    }
}

/// What is delivered.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventView {
    id: String,
    /// The kind of event, as in the `postern-event` header.
    kind: &'static str,
    /// The type of a custom event.
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<String>,
    created_at: String,
    /// The body as its receiver gets it; not there once retention has removed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    payload: Option<Value>,
}

impl EventView {
    /// The event and its body.
    pub(crate) fn of(event: &Event, payload: Option<Value>) -> Self {
        Self {
            id: event.id.to_string(),
            kind: event.kind.as_str(),
            r#type: event.custom_type.clone(),
            created_at: event.created_at.to_rfc3339(),
            payload,
        }
    }
}

/// One request made for a delivery.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AttemptView {
    id: String,
    /// From 1.
    number: i32,
    /// `automatic` or `manual`.
    trigger: &'static str,
    started_at: String,
    /// A stable code: `succeeded`, `timeout`, `connect_refused`, ….
    outcome: &'static str,
    /// More about it, as people read it.
    message: String,
    /// What to do about it.
    help: &'static str,
    url: String,
    /// The address that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<String>,
    /// The answer's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    timings: TimingsView,
    request_headers: Vec<HeaderView>,
    response_headers: Vec<HeaderView>,
    /// The first 16 KiB of the answer's body, as text.
    response_body: String,
    /// How many bytes of body were read.
    response_bytes: i64,
    /// How long the receiver asked to wait, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<i64>,
    /// What a connector asked, one after the other; the last of them is told above too. A webhook has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<StepView>,
}

/// One request of several that an attempt is made of. What is secret is masked.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StepView {
    /// `MAIL` for a letter, `WRITE` for a file.
    method: String,
    url: String,
    /// The address that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<String>,
    /// The answer's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// How it ended.
    message: String,
    timings: TimingsView,
    request_headers: Vec<HeaderView>,
    /// The first 16 KiB of the request's body.
    request_body: String,
    response_headers: Vec<HeaderView>,
    /// The first 16 KiB of the answer's body; empty where it holds a secret.
    response_body: String,
    /// How many bytes of body were read.
    response_bytes: i64,
}

/// A header.
#[derive(Serialize, ToSchema)]
pub(crate) struct HeaderView {
    name: String,
    value: String,
}

/// How long each phase took, in milliseconds; not there where a phase did not happen.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_field_names,
    reason = "a unit stands in the name of every field that has one"
)]
pub(crate) struct TimingsView {
    #[serde(skip_serializing_if = "Option::is_none")]
    dns_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connect_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_byte_ms: Option<i64>,
    total_ms: i64,
}

impl AttemptView {
    /// The attempt as it was recorded.
    pub(crate) fn of(attempt: Attempt) -> Self {
        Self {
            id: attempt.id.to_string(),
            number: attempt.number,
            trigger: attempt.trigger.as_str(),
            started_at: attempt.started_at.to_rfc3339(),
            outcome: attempt.outcome.code(),
            message: attempt.message,
            help: attempt.outcome.help(),
            url: attempt.url,
            peer: attempt.peer,
            status: attempt.status,
            timings: TimingsView::of(&attempt.times),
            request_headers: headers(attempt.request_headers),
            response_headers: headers(attempt.response_headers),
            response_body: String::from_utf8_lossy(&attempt.response_body).into_owned(),
            response_bytes: attempt.response_bytes,
            retry_after_ms: attempt.retry_after_ms,
            steps: attempt.steps.into_iter().map(StepView::of).collect(),
        }
    }
}

impl StepView {
    fn of(step: AttemptStep) -> Self {
        Self {
            method: step.method,
            url: step.url,
            peer: step.peer,
            status: step.status,
            message: step.message,
            timings: TimingsView::of(&step.times),
            request_headers: headers(step.request_headers),
            request_body: step.request_body,
            response_headers: headers(step.response_headers),
            response_body: step.response_body,
            response_bytes: step.response_bytes,
        }
    }
}

impl TimingsView {
    fn of(times: &PhaseTimes) -> Self {
        Self {
            dns_ms: times.dns_ms,
            connect_ms: times.connect_ms,
            tls_ms: times.tls_ms,
            first_byte_ms: times.first_byte_ms,
            total_ms: times.total_ms,
        }
    }
}

fn headers(pairs: Vec<(String, String)>) -> Vec<HeaderView> {
    pairs
        .into_iter()
        .map(|(name, value)| HeaderView { name, value })
        .collect()
}
