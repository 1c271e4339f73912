//! `PATCH /incoming-hooks/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::incoming_hook::{IncomingHookAnswer, IncomingHookPatch, IncomingHookView};

/// Changes what an incoming hook is called, and its branches and events.
///
/// What the body does not name stays as it is, and so do the hook's address, its kind and what it is about.
#[utoipa::path(
    patch, path = "/incoming-hooks/{id}", tag = "incoming-hooks",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The hook's id.")),
    request_body = IncomingHookPatch,
    responses((status = 200, description = "The hook was changed.", body = IncomingHookAnswer)),
)]
pub(crate) async fn change_incoming_hook(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    JsonBody(body): JsonBody<IncomingHookPatch>,
) -> Result<Json<IncomingHookAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::incoming_hook(&mut tx, &caller, &id).await?;
    drop(tx);
    let new = body.incoming_hook.read(&found);
    let journal = api.journal();
    let changed = journal
        .replace_incoming_hook(&caller.actor(), found.id, new)
        .await?;
    let incoming_hook = IncomingHookView::of(&changed);
    Ok(Json(IncomingHookAnswer { incoming_hook }))
}
