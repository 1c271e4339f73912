//! `POST /comments-resolutions/{thread}`.

use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;

/// Settles a conversation.
#[utoipa::path(
    post, path = "/comments-resolutions/{thread}", tag = "comments",
    security(("api_key" = ["editor"])),
    params(("thread" = i64, Path, description = "The `threadId` of its comments.")),
    responses((status = 204, description = "It is settled.")),
)]
pub(crate) async fn resolve_thread(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(thread): PathText<String>,
) -> Result<StatusCode, ApiError> {
    let missing = || ApiError::not_found("thread", &thread);
    let number = thread.parse().map_err(|_| missing())?;
    let mut tx = api.store().read().await?;
    let first = tx.comments().get(caller.team, number).await?;
    let about = first.ok_or_else(missing)?.collection.to_string();
    let collection = find::collection(&mut tx, &caller, &about).await;
    collection.map_err(|_| missing())?;
    drop(tx);
    let journal = api.journal();
    journal.resolve_thread(&caller.actor(), number).await?;
    Ok(StatusCode::NO_CONTENT)
}
