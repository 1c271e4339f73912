//! `GET /collections/{uid}/changelog`.

use axum::Json;
use axum::extract::State;
use postern_storage::{ActivityFilter, PageRequest};

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::PageParams;
use crate::params::{Params, PathText};
use crate::shapes::changelog::{Changelog, fold};

/// How many activities are read for one entry: an afternoon's edits of one script are one.
const READ_FOR_EACH: u32 = 8;

/// Lists what was done to a collection, folded for reading.
///
/// What one person did to one thing again and again, each time within an hour, is one entry, with the first and the last version of it:
/// `GET /collections/{uid}/versions/{version}/changes?from={fromVersion}` tells all that it changed. The feed (`GET /activities?collection=`) and
/// webhooks tell each change.
#[utoipa::path(
    get, path = "/collections/{uid}/changelog", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The collection's uid or id."), PageParams),
    responses((status = 200, description = "The newest first.", body = Changelog)),
)]
pub(crate) async fn get_changelog(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
    Params(page): Params<PageParams>,
) -> Result<Json<Changelog>, ApiError> {
    let request = page.by_id()?;
    let mut tx = api.store().read().await?;
    let collection = find::collection(&mut tx, &caller, &uid).await?;
    let filter = ActivityFilter {
        collection: Some(collection.id),
        ..ActivityFilter::default()
    };
    let many = PageRequest {
        limit: request.limit * READ_FOR_EACH,
        ..request
    };
    let page = tx.activities().list(caller.team, &filter, many).await?;
    Ok(Json(fold(page, request.limit)))
}
