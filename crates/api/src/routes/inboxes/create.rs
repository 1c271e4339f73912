//! `POST /inboxes`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use postern_storage::Tally;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::shapes::inbox::{InboxAnswer, InboxBody, InboxView};

/// Makes an inbox: an address that keeps what is sent to it.
///
/// Whoever knows `url` may send to it, by any method, also to paths below it. An integration with this URL may reach it although it may
/// reach nothing else of this server. A team has at most 20 (409); each keeps the newest 200 requests, for 7 days.
#[utoipa::path(
    post, path = "/inboxes", tag = "inboxes",
    security(("api_key" = ["editor"])),
    request_body = InboxBody,
    responses((status = 201, description = "The inbox was made.", body = InboxAnswer)),
)]
pub(crate) async fn create_inbox(
    State(api): State<Api>,
    caller: Caller<Editor>,
    JsonBody(body): JsonBody<InboxBody>,
) -> Result<(StatusCode, Json<InboxAnswer>), ApiError> {
    caller.whole_team()?;
    let new = body.inbox.read(None);
    let made = api.journal().create_inbox(&caller.actor(), new).await?;
    let inbox = InboxView::of(&made, Tally::default(), api.config());
    Ok((StatusCode::CREATED, Json(InboxAnswer { inbox })))
}
