//! `PATCH /inboxes/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::inbox::{InboxAnswer, InboxBody, InboxView};

/// Changes what an inbox is called and what it answers from now on.
///
/// What the body does not name stays as it is; so does the address.
#[utoipa::path(
    patch, path = "/inboxes/{id}", tag = "inboxes",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The inbox's id.")),
    request_body = InboxBody,
    responses((status = 200, description = "The inbox was changed.", body = InboxAnswer)),
)]
pub(crate) async fn change_inbox(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    JsonBody(body): JsonBody<InboxBody>,
) -> Result<Json<InboxAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::inbox(&mut tx, &caller, &id).await?;
    let tally = tx.inbox_requests().tally(caller.team, found.id).await?;
    drop(tx);
    let new = body.inbox.read(Some(&found));
    let journal = api.journal();
    let changed = journal
        .replace_inbox(&caller.actor(), found.id, new)
        .await?;
    let inbox = InboxView::of(&changed, tally, api.config());
    Ok(Json(InboxAnswer { inbox }))
}
