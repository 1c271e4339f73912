//! `GET /replays`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::page::{PageMeta, PageParams};
use crate::params::Params;
use crate::shapes::replay::{ReplayList, ReplayView};

/// Lists the team's replays.
#[utoipa::path(
    get, path = "/replays", tag = "deliveries",
    security(("api_key" = ["viewer"])),
    params(PageParams),
    responses((status = 200, description = "The newest first.", body = ReplayList)),
)]
pub(crate) async fn list_replays(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(page): Params<PageParams>,
) -> Result<Json<ReplayList>, ApiError> {
    caller.whole_team()?;
    let request = page.by_id()?;
    let mut tx = api.store().read().await?;
    let page = tx.replays().list(caller.team, request).await?;
    Ok(Json(ReplayList {
        meta: PageMeta::after(&page, request),
        replays: page.items.iter().map(ReplayView::of).collect(),
    }))
}
