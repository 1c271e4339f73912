//! `GET /monitors/recent-runs`.

use axum::Json;
use axum::extract::State;
use postern_model::Monitor;
use postern_storage::{MonitorFilter, Tx};
use serde::Deserialize;

use crate::Api;
use crate::caller::{Caller, Identity, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::Params;
use crate::shapes::run_figures::{RecentRuns, RunsOfMonitor};

/// The most monitors that are looked at.
const MOST: usize = 200;
/// The most runs of each.
const MOST_RUNS: u32 = 200;

/// Of which monitors, and how many runs.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// How many runs of each at most, 1 to 200 (60).
    limit: Option<u32>,
    /// Only the monitors of these uids or ids, with commas between, at most 200; those that are not there are left out.
    uids: Option<String>,
}

/// Tells the newest runs of monitors, for a list with bars.
///
/// Those that have ended, and the one under way. Without `uids` the first 200 monitors are told, in the order of `GET /monitors`.
#[utoipa::path(
    get, path = "/monitors/recent-runs", tag = "monitors",
    security(("api_key" = ["viewer"])),
    params(Wanted),
    responses((status = 200, description = "The monitors with their runs.", body = RecentRuns)),
)]
pub(crate) async fn list_recent_runs(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(wanted): Params<Wanted>,
) -> Result<Json<RecentRuns>, ApiError> {
    let limit = runs_of(wanted.limit, MOST_RUNS)?;
    let mut tx = api.store().read().await?;
    let mut found = match &wanted.uids {
        Some(uids) => named(&mut tx, &caller, uids).await?,
        None => visible(&mut tx, &caller).await?,
    };
    let partial = found.len() > MOST;
    found.truncate(MOST);
    let mut monitors = Vec::with_capacity(found.len());
    for monitor in &found {
        let mut runs = tx.runs();
        let open = runs.under_way(caller.team, monitor.id).await?;
        let mut all: Vec<_> = open.into_iter().collect();
        all.extend(runs.ended(caller.team, monitor.id, limit).await?);
        monitors.push(RunsOfMonitor::of(monitor, &all));
    }
    Ok(Json(RecentRuns { monitors, partial }))
}

/// How many runs are asked for.
pub(super) fn runs_of(limit: Option<u32>, most: u32) -> Result<u32, ApiError> {
    let limit = limit.unwrap_or(60);
    if (1..=most).contains(&limit) {
        return Ok(limit);
    }
    let problem = format!("{limit} is not between 1 and {most}");
    Err(ApiError::invalid("limit", problem))
}

async fn named(tx: &mut Tx, caller: &Identity, uids: &str) -> Result<Vec<Monitor>, ApiError> {
    let uids: Vec<&str> = uids.split(',').map(str::trim).collect();
    if uids.len() > MOST {
        return Err(ApiError::invalid("uids", format!("at most {MOST}")));
    }
    let mut found = Vec::with_capacity(uids.len());
    for uid in uids {
        // One that was deleted a moment ago is no reason to tell nothing of the others.
        found.extend(ApiError::unless_missing(
            find::monitor(tx, caller, uid).await,
        )?);
    }
    Ok(found)
}

async fn visible(tx: &mut Tx, caller: &Identity) -> Result<Vec<Monitor>, ApiError> {
    let hides = caller.places.hide_some();
    let most = u32::try_from(MOST + 1).unwrap_or(u32::MAX);
    let filter = MonitorFilter {
        limit: (!hides).then_some(most),
        ..MonitorFilter::default()
    };
    let mut found = tx.monitors().list(caller.team, &filter).await?;
    found.retain(|it| caller.sees(Some(it.workspace)));
    Ok(found)
}
