//! `GET /collections/{uid}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::collection::CollectionAnswer;

/// Shows a collection: its whole v2.1 document.
///
/// `newman run "<server>/api/collections/<uid>?apikey=<key>"` runs it from here, and posting the answer to `/collections`
/// makes it again.
#[utoipa::path(
    get, path = "/collections/{uid}", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The collection's uid or id.")),
    responses((status = 200, description = "The document.", body = CollectionAnswer)),
)]
pub(crate) async fn get_collection(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
) -> Result<Json<CollectionAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, caller.team, &uid).await?;
    let document = tx
        .collections()
        .current_document(caller.team, found.id)
        .await?
        .ok_or_else(|| ApiError::server(format!("collection {} has no document", found.id)))?;
    let collection = serde_json::from_slice(&document).map_err(ApiError::server)?;
    Ok(Json(CollectionAnswer { collection }))
}
