//! `POST /deleted-collections/{uid}/restore`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{InWorkspace, Params, PathText};
use crate::shapes::collection::CollectionChanged;

/// Gives back a collection that was deleted, with its id and its versions.
///
/// It lies in the workspace where it lay, or in the one that the call names. Monitors that were deleted with it don't come back.
#[utoipa::path(
    post, path = "/deleted-collections/{uid}/restore", tag = "collections",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id."), InWorkspace),
    responses((status = 200, description = "It is there again.", body = CollectionChanged)),
)]
pub(crate) async fn restore_deleted_collection(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    Params(place): Params<InWorkspace>,
) -> Result<Json<CollectionChanged>, ApiError> {
    let mut tx = api.store().read().await?;
    let deleted = find::deleted_collection(&mut tx, &caller, &uid).await?;
    let (lay, was) = (deleted.collection.workspace, deleted.collection.id);
    let workspace = match &place.workspace {
        Some(id) => find::workspace(&mut tx, &caller, id).await?,
        None => match tx.workspaces().get(caller.team, lay).await? {
            Some(workspace) => workspace,
            None => find::workspace_or_usual(&mut tx, &caller, None).await?,
        },
    };
    drop(tx);
    let collection = api
        .journal()
        .give_back_collection(&caller.actor(), was, workspace.id)
        .await?;
    Ok(Json(CollectionChanged::of(&collection)))
}
