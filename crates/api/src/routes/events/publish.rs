//! `POST /events`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::shapes::event::{EventAnswer, EventBody};

/// Publishes an event of the team's own.
///
/// It goes to the integrations whose `event` is `custom`, and of these to those whose `options.types` name its type, or name
/// none. The answer is given when the event and what it owes are on disk.
#[utoipa::path(
    post, path = "/events", tag = "events",
    security(("api_key" = ["editor"])),
    request_body = EventBody,
    responses((status = 201, description = "The event was accepted.", body = EventAnswer)),
)]
pub(crate) async fn publish_event(
    State(api): State<Api>,
    caller: Caller<Editor>,
    JsonBody(body): JsonBody<EventBody>,
) -> Result<(StatusCode, Json<EventAnswer>), ApiError> {
    caller.whole_team()?;
    let event = api
        .journal()
        .publish(&caller.actor(), body.event.r#type, body.event.payload)
        .await?;
    Ok((StatusCode::CREATED, Json(EventAnswer::of(&event))))
}
