//! `GET /monitors/{uid}/requests`.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::recent_runs::runs_of;
use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::{Params, PathText};
use crate::shapes::run_requests::{RequestList, Requests};

/// The most runs whose details are read.
const MOST_RUNS: u32 = 60;

/// How many runs.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// How many of the newest runs at most, 1 to 60 (60).
    limit: Option<u32>,
}

/// Splits a monitor's newest runs by request.
///
/// It is read from what is kept of the runs that have ended; requests of the same method and name count as one.
#[utoipa::path(
    get, path = "/monitors/{uid}/requests", tag = "monitors",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The monitor's uid or id."), Wanted),
    responses((status = 200, description = "The requests, in the order in which they are made.", body = RequestList)),
)]
pub(crate) async fn list_requests(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
    Params(wanted): Params<Wanted>,
) -> Result<Json<RequestList>, ApiError> {
    let limit = runs_of(wanted.limit, MOST_RUNS)?;
    let mut tx = api.store().read().await?;
    let monitor = find::monitor(&mut tx, &caller, &uid).await?;
    let mut runs = tx.runs().ended(caller.team, monitor.id, limit).await?;
    runs.reverse();
    let mut requests = Requests::default();
    for run in &runs {
        if let Some(detail) = tx.runs().detail(caller.team, run.id).await? {
            requests.take(run, &detail);
        }
    }
    let requests = requests.done();
    Ok(Json(RequestList { requests }))
}
