//! `/monitors/{uid}/executions`, and what Postman has beneath it.

use axum::Json;
use axum::extract::State;
use postern_model::Run;
use postern_storage::RunFilter;

use crate::Api;
use crate::caller::{Caller, Identity, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::{PageMeta, PageParams};
use crate::params::{Params, PathText};
use crate::shapes::execution::{ExecutionList, ExecutionRun, ExecutionRuns, ExecutionView};
use crate::shapes::run::{RunAnswer, RunOf, RunView};

/// Lists a monitor's executions.
///
/// In Postman one execution is a run in each region. Postern has one region: an execution is one run, and has its id.
#[utoipa::path(
    get, path = "/monitors/{uid}/executions", tag = "monitors",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The monitor's uid or id."), PageParams),
    responses((status = 200, description = "The newest first.", body = ExecutionList)),
)]
pub(crate) async fn list_executions(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
    Params(page): Params<PageParams>,
) -> Result<Json<ExecutionList>, ApiError> {
    let request = page.by_id()?;
    let mut tx = api.store().read().await?;
    let monitor = find::monitor(&mut tx, &caller, &uid).await?;
    let wanted = RunFilter {
        monitor: Some(monitor.id),
        ..RunFilter::default()
    };
    let page = tx.runs().list(caller.team, &wanted, request).await?;
    Ok(Json(ExecutionList {
        meta: PageMeta::after(&page, request),
        data: page.items.iter().map(ExecutionView::of).collect(),
    }))
}

/// Lists the runs of an execution: one.
#[utoipa::path(
    get, path = "/monitors/{uid}/executions/{run}/runs", tag = "monitors",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The monitor's uid or id."),
        ("run" = String, Path, description = "The execution's id.")),
    responses((status = 200, description = "The run.", body = ExecutionRuns)),
)]
pub(crate) async fn list_runs_of_execution(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText((uid, id)): PathText<(String, String)>,
) -> Result<Json<ExecutionRuns>, ApiError> {
    let run = run_of(&api, &caller, &uid, &id).await?;
    Ok(Json(ExecutionRuns {
        data: vec![ExecutionRun::of(&run)],
    }))
}

/// Shows what became of a run: its executions, failures and console.
#[utoipa::path(
    get, path = "/monitors/{uid}/runs/{run}/results", tag = "monitors",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The monitor's uid or id."),
        ("run" = String, Path, description = "The run's id.")),
    responses((status = 200, description = "The run.", body = RunAnswer)),
)]
pub(crate) async fn get_run_results(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText((uid, id)): PathText<(String, String)>,
) -> Result<Json<RunAnswer>, ApiError> {
    let run = run_of(&api, &caller, &uid, &id).await?;
    let mut tx = api.store().read().await?;
    let monitor = find::monitor(&mut tx, &caller, &uid).await?;
    let (collection, environment) = find::monitor_subjects(&mut tx, &monitor).await?;
    let detail = tx.runs().detail(caller.team, run.id).await?;
    let of = RunOf {
        monitor: &monitor,
        collection,
        environment,
    };
    Ok(Json(RunAnswer {
        run: RunView::whole(&run, detail.unwrap_or_default(), &of),
    }))
}

/// A run of this monitor.
async fn run_of(api: &Api, caller: &Identity, uid: &str, id: &str) -> Result<Run, ApiError> {
    let mut tx = api.store().read().await?;
    let monitor = find::monitor(&mut tx, caller, uid).await?;
    let run = find::run(&mut tx, caller, id).await?;
    if run.monitor == monitor.id {
        Ok(run)
    } else {
        Err(ApiError::not_found("run", id))
    }
}
