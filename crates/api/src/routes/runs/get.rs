//! `GET /runs/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::run::{RunAnswer, RunOf, RunView};

/// Shows a run with its executions, failures and console.
#[utoipa::path(
    get, path = "/runs/{id}", tag = "monitors",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The run's id (`jobId`).")),
    responses((status = 200, description = "The run.", body = RunAnswer)),
)]
pub(crate) async fn get_run(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<RunAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let run = find::run(&mut tx, &caller, &id).await?;
    let monitor = find::monitor(&mut tx, &caller, &run.monitor.to_string()).await?;
    let (collection, environment) = find::monitor_subjects(&mut tx, &monitor).await?;
    let detail = tx
        .runs()
        .detail(caller.team, run.id)
        .await?
        .unwrap_or_default();
    let of = RunOf {
        monitor: &monitor,
        collection,
        environment,
    };
    Ok(Json(RunAnswer {
        run: RunView::whole(&run, detail, &of),
    }))
}
