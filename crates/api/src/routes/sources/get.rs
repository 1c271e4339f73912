//! `GET /sources/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::source::{SourceAnswer, SourceItemView, SourceView};

/// Shows a source: how the last look at it went, and what came from it.
#[utoipa::path(
    get, path = "/sources/{id}", tag = "sources",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The source's id.")),
    responses((status = 200, description = "The source.", body = SourceAnswer)),
)]
pub(crate) async fn get_source(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<SourceAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::source(&mut tx, &caller, &id).await?;
    let items = tx.sources().items(caller.team, found.id).await?;
    let items = items.iter().map(SourceItemView::of).collect();
    Ok(Json(SourceAnswer {
        source: SourceView::of(&found).with_items(items),
    }))
}
