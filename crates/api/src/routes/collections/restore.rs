//! `POST /collections/{uid}/restore`.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use postern_collection::ItemKind;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{IfMatch, PathText, etag, needed};
use crate::shapes::collection::CollectionChanged;

/// `{"restore": {"version": 3, "request": "…"}}`.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RestoreBody {
    restore: Option<Restore>,
}

/// What is to be as it was, and when.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Restore {
    /// The number of the version.
    version: Option<i64>,
    /// Only the folder of this id, with all that lies in it.
    folder: Option<String>,
    /// Only the request of this id, with its responses.
    request: Option<String>,
    /// Only the saved response of this id.
    response: Option<String>,
}

/// Makes a collection, or one item of it, what it was in a version.
///
/// That is a change like any other: it makes the next version, is told in the feed as `restore`, and sends a backup. An item that was
/// deleted comes back to the folder that it lay in, or to the end of the collection where that is gone too.
#[utoipa::path(
    post, path = "/collections/{uid}/restore", tag = "collections",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id."), IfMatch),
    request_body = RestoreBody,
    responses((status = 200, description = "It is as it was.", body = CollectionChanged)),
)]
pub(crate) async fn restore_collection(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    expected: IfMatch,
    JsonBody(body): JsonBody<RestoreBody>,
) -> Result<impl IntoResponse, ApiError> {
    let restore = needed("restore", body.restore)?;
    let version = needed("restore.version", restore.version)?;
    let mut items = [
        (ItemKind::Folder, &restore.folder),
        (ItemKind::Request, &restore.request),
        (ItemKind::Response, &restore.response),
    ]
    .into_iter()
    .filter_map(|(kind, id)| Some((kind, id.as_deref()?)));
    let item = items.next();
    if items.next().is_some() {
        let why = "name one of folder, request and response, or none";
        return Err(ApiError::invalid("restore", why));
    }
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    drop(tx);
    let item = item.map(|(kind, id)| (kind, super::items::without_owner(id)));
    let collection = api
        .journal()
        .restore_collection(&caller.actor(), found.id, version, item, expected.version())
        .await?;
    let changed = Json(CollectionChanged::of(&collection));
    Ok((etag(collection.version), changed))
}
