//! `POST /monitors/{uid}/run`.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use postern_model::Run;
use serde::Deserialize;
use tokio::time::{Instant, sleep};

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{Params, PathText};
use crate::shapes::run::{RunAnswer, RunOf, RunView};

/// How to wait.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct How {
    /// Whether to answer at once, without the result (false).
    r#async: Option<bool>,
}

/// Runs a monitor now, and waits for the result.
///
/// A paused monitor runs too. With `?async=true`, or when the run takes longer than the server waits (six minutes), the answer is 202 with
/// `info` alone; `GET /runs/{jobId}` has the result later.
#[utoipa::path(
    post, path = "/monitors/{uid}/run", tag = "monitors",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The monitor's uid or id."), How),
    responses(
        (status = 200, description = "The run's result.", body = RunAnswer),
        (status = 202, description = "The run is under way.", body = RunAnswer),
    ),
)]
pub(crate) async fn run_monitor(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    Params(how): Params<How>,
) -> Result<Response, ApiError> {
    let mut tx = api.store().read().await?;
    let monitor = find::monitor(&mut tx, &caller, &uid).await?;
    let (collection, environment) = find::monitor_subjects(&mut tx, &monitor).await?;
    drop(tx);
    let of = RunOf {
        monitor: &monitor,
        collection,
        environment,
    };
    let mut run = api
        .journal()
        .request_run(&caller.actor(), monitor.id)
        .await?;
    if how.r#async != Some(true) {
        run = wait_for_end(&api, run).await?;
    }
    if !run.status.is_final() {
        let run = RunView::info(&run, &of);
        return Ok((StatusCode::ACCEPTED, Json(RunAnswer { run })).into_response());
    }
    let mut tx = api.store().read().await?;
    let detail = tx
        .runs()
        .detail(caller.team, run.id)
        .await?
        .unwrap_or_default();
    Ok(Json(RunAnswer {
        run: RunView::whole(&run, detail, &of),
    })
    .into_response())
}

/// Looks at the run's row until it has ended. Whichever node runs it writes the same row, so nothing else needs to be heard.
async fn wait_for_end(api: &Api, mut run: Run) -> Result<Run, ApiError> {
    let until = Instant::now() + api.config().limits.run_wait;
    let mut pause = Duration::from_millis(20);
    while !run.status.is_final() && Instant::now() < until {
        if api
            .closing()
            .run_until_cancelled(sleep(pause))
            .await
            .is_none()
        {
            break;
        }
        pause = (pause * 2).min(Duration::from_millis(500));
        let mut tx = api.store().read().await?;
        let now = tx.runs().get(run.team, run.id).await?;
        run = now.ok_or_else(|| ApiError::not_found("run", run.id))?;
    }
    Ok(run)
}
