//! `GET /incoming-hooks/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::incoming_hook::{IncomingHookAnswer, IncomingHookView};

/// Shows an incoming hook, with what became of its last call.
#[utoipa::path(
    get, path = "/incoming-hooks/{id}", tag = "incoming-hooks",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The hook's id.")),
    responses((status = 200, description = "The hook, without its address and its secret.", body = IncomingHookAnswer)),
)]
pub(crate) async fn get_incoming_hook(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<IncomingHookAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::incoming_hook(&mut tx, &caller, &id).await?;
    let incoming_hook = IncomingHookView::of(&found);
    Ok(Json(IncomingHookAnswer { incoming_hook }))
}
