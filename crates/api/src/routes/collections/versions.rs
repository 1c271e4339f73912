//! `GET /collections/{uid}/versions`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::{PageMeta, PageParams};
use crate::params::{Params, PathText};
use crate::shapes::collection::{VersionList, VersionView};

/// Lists a collection's versions.
#[utoipa::path(
    get, path = "/collections/{uid}/versions", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The collection's uid or id."), PageParams),
    responses((status = 200, description = "The newest first, without their documents.", body = VersionList)),
)]
pub(crate) async fn list_versions(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
    Params(page): Params<PageParams>,
) -> Result<Json<VersionList>, ApiError> {
    let request = page.by_id()?;
    let mut tx = api.store().read().await?;
    let collection = find::collection(&mut tx, &caller, &uid).await?;
    let page = tx
        .versions()
        .list(caller.team, collection.id, request)
        .await?;
    Ok(Json(VersionList {
        meta: PageMeta::after(&page, request),
        versions: page.items.iter().map(VersionView::of).collect(),
    }))
}
