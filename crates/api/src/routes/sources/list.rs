//! `GET /sources`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::shapes::source::{SourceList, SourceView};

/// Lists the team's sources.
#[utoipa::path(
    get, path = "/sources", tag = "sources",
    security(("api_key" = ["viewer"])),
    responses((status = 200, description = "The sources, their keys and headers masked.", body = SourceList)),
)]
pub(crate) async fn list_sources(
    State(api): State<Api>,
    caller: Caller<Viewer>,
) -> Result<Json<SourceList>, ApiError> {
    let mut tx = api.store().read().await?;
    let all = tx.sources().list(caller.team).await?;
    let seen = all.iter().filter(|it| caller.sees(Some(it.workspace)));
    Ok(Json(SourceList {
        sources: seen.map(SourceView::of).collect(),
    }))
}
