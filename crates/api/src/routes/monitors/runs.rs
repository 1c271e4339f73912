//! `GET /monitors/{uid}/runs`.

use axum::Json;
use axum::extract::State;
use postern_model::{RunStatus, RunTrigger};
use postern_storage::RunFilter;
use serde::Deserialize;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::{PageMeta, PageParams};
use crate::params::{Params, PathText, time};
use crate::shapes::run::{RunList, RunOf, RunView};

/// Which runs are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Only those that stand so: `queued`, `running`, `success`, `failure`, `error` or `abort`.
    status: Option<String>,
    /// Only those that this started: `schedule`, `manual` or `webhook`.
    trigger: Option<String>,
    /// Only those that were asked for or fell due at this time or later (RFC 3339).
    since: Option<String>,
    /// Only those from before this time (RFC 3339).
    until: Option<String>,
}

/// Lists a monitor's runs.
#[utoipa::path(
    get, path = "/monitors/{uid}/runs", tag = "monitors",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The monitor's uid or id."), Filter, PageParams),
    responses((status = 200, description = "The newest first, with their figures.", body = RunList)),
)]
pub(crate) async fn list_runs(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
    Params(filter): Params<Filter>,
    Params(page): Params<PageParams>,
) -> Result<Json<RunList>, ApiError> {
    let request = page.by_id()?;
    let mut tx = api.store().read().await?;
    let monitor = find::monitor(&mut tx, &caller, &uid).await?;
    let (collection, environment) = find::monitor_subjects(&mut tx, &monitor).await?;
    let wanted = RunFilter {
        monitor: Some(monitor.id),
        status: filter.status.as_deref().map(status_of).transpose()?,
        trigger: filter.trigger.as_deref().map(trigger_of).transpose()?,
        since: time("since", filter.since.as_deref())?,
        until: time("until", filter.until.as_deref())?,
    };
    let page = tx.runs().list(caller.team, &wanted, request).await?;
    let of = RunOf {
        monitor: &monitor,
        collection,
        environment,
    };
    Ok(Json(RunList {
        meta: PageMeta::after(&page, request),
        runs: page
            .items
            .iter()
            .map(|run| RunView::summary(run, &of))
            .collect(),
    }))
}

fn trigger_of(word: &str) -> Result<RunTrigger, ApiError> {
    let problem = || ApiError::invalid("trigger", "must be schedule, manual or webhook");
    RunTrigger::parse(word).ok_or_else(problem)
}

fn status_of(word: &str) -> Result<RunStatus, ApiError> {
    RunStatus::parse(word).ok_or_else(|| {
        ApiError::invalid(
            "status",
            "must be queued, running, success, failure, error or abort",
        )
    })
}
