//! `GET /deleted-collections`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::page::PageParams;
use crate::params::Params;
use crate::shapes::collection::{DeletedList, DeletedView};

/// Lists collections that were deleted and can be had back.
///
/// They are kept for `retention.deleted_collections_days` (30).
#[utoipa::path(
    get, path = "/deleted-collections", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(PageParams),
    responses((status = 200, description = "The last deleted first.", body = DeletedList)),
)]
pub(crate) async fn list_deleted_collections(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(page): Params<PageParams>,
) -> Result<Json<DeletedList>, ApiError> {
    let page = page.by_offset()?;
    let mut tx = api.store().read().await?;
    let mut deleted = tx.deleted_collections();
    let rows = if caller.places.hide_some() {
        // What is hidden takes no place on a page: all are read, which are few.
        let mut all = deleted.list(caller.team, u32::MAX, 0).await?;
        all.retain(|it| caller.sees(Some(it.collection.workspace)));
        page.part(all)
    } else {
        deleted.list(caller.team, page.rows(), page.offset).await?
    };
    let (rows, meta) = page.cut(rows);
    Ok(Json(DeletedList {
        collections: rows.iter().map(DeletedView::of).collect(),
        meta,
    }))
}
