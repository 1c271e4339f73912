//! `GET /monitors/{uid}`.

use axum::Json;
use axum::extract::State;
use postern_storage::{PageRequest, RunFilter};

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::monitor::{MonitorAnswer, MonitorView};

/// Shows a monitor and its latest run.
#[utoipa::path(
    get, path = "/monitors/{uid}", tag = "monitors",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The monitor's uid or id.")),
    responses((status = 200, description = "The monitor.", body = MonitorAnswer)),
)]
pub(crate) async fn get_monitor(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
) -> Result<Json<MonitorAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let monitor = find::monitor(&mut tx, &caller, &uid).await?;
    let (collection, environment) = find::monitor_subjects(&mut tx, &monitor).await?;
    let filter = RunFilter {
        monitor: Some(monitor.id),
        ..RunFilter::default()
    };
    let runs = tx
        .runs()
        .list(caller.team, &filter, PageRequest::first(1))
        .await?;
    let monitor = MonitorView::of(&monitor, collection, environment, runs.items.first());
    Ok(Json(MonitorAnswer { monitor }))
}
