//! `POST /collections`.

use axum::Json;
use axum::extract::State;
use postern_collection::Document;

use crate::Api;
use crate::body::RawBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{InWorkspace, Params};
use crate::shapes::collection::{CollectionBody, CollectionChanged};

/// Makes a collection from a document.
///
/// Reads Postman Collection v2.1, v2.0 and v1. Items without an id get one; fields that Postern does not know are kept.
#[utoipa::path(
    post, path = "/collections", tag = "collections",
    security(("api_key" = ["editor"])),
    params(InWorkspace),
    request_body = CollectionBody,
    responses((status = 200, description = "The collection was made.", body = CollectionChanged)),
)]
pub(crate) async fn create_collection(
    State(api): State<Api>,
    caller: Caller<Editor>,
    Params(place): Params<InWorkspace>,
    body: RawBody,
) -> Result<Json<CollectionChanged>, ApiError> {
    let document = Document::parse(&body)?;
    let mut tx = api.store().read().await?;
    let workspace = find::workspace_or_usual(&mut tx, &caller, place.workspace.as_deref()).await?;
    drop(tx);
    let collection = api
        .journal()
        .create_collection(&caller.actor(), workspace.id, document)
        .await?;
    Ok(Json(CollectionChanged::of(&collection)))
}
