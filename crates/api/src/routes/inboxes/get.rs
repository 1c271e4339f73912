//! `GET /inboxes/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::inbox::{InboxAnswer, InboxView};

/// Shows an inbox: its address, what it answers, and how much is in it.
#[utoipa::path(
    get, path = "/inboxes/{id}", tag = "inboxes",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The inbox's id.")),
    responses((status = 200, description = "The inbox.", body = InboxAnswer)),
)]
pub(crate) async fn get_inbox(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<InboxAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::inbox(&mut tx, &caller, &id).await?;
    let tally = tx.inbox_requests().tally(caller.team, found.id).await?;
    let inbox = InboxView::of(&found, tally, api.config());
    Ok(Json(InboxAnswer { inbox }))
}
