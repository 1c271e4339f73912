//! `PUT /collections/{uid}`.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use postern_collection::Document;

use crate::Api;
use crate::body::RawBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{IfMatch, PathText, etag};
use crate::shapes::collection::{CollectionBody, CollectionChanged};

/// Replaces a collection's document.
///
/// An item keeps its identity by its id; one without an id takes that of the item that stood at the same place with the same
/// name. A document that is equal to the current one makes no new version.
#[utoipa::path(
    put, path = "/collections/{uid}", tag = "collections",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id."), IfMatch),
    request_body = CollectionBody,
    responses((status = 200, description = "The document was replaced.", body = CollectionChanged)),
)]
pub(crate) async fn replace_collection(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    expected: IfMatch,
    body: RawBody,
) -> Result<impl IntoResponse, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    drop(tx);
    let document = Document::parse(&body)?;
    let collection = api
        .journal()
        .replace_collection(&caller.actor(), found.id, document, expected.version())
        .await?;
    let changed = Json(CollectionChanged::of(&collection));
    Ok((etag(collection.version), changed))
}
