//! `DELETE /collections/{uid}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::collection::CollectionDeleted;

/// Deletes a collection and the monitors that run it.
#[utoipa::path(
    delete, path = "/collections/{uid}", tag = "collections",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id.")),
    responses((status = 200, description = "The collection was deleted.", body = CollectionDeleted)),
)]
pub(crate) async fn delete_collection(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
) -> Result<Json<CollectionDeleted>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    drop(tx);
    api.journal()
        .delete_collection(&caller.actor(), found.id)
        .await?;
    Ok(Json(CollectionDeleted::of(&found)))
}
