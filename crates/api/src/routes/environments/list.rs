//! `GET /environments`.

use axum::Json;
use axum::extract::State;
use postern_storage::EnvironmentFilter;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::{InWorkspace, Params};
use crate::shapes::environment::{EnvironmentList, EnvironmentSummary};

/// Lists the team's environments.
#[utoipa::path(
    get, path = "/environments", tag = "environments",
    security(("api_key" = ["viewer"])),
    params(("workspace" = Option<String>, Query, description = "Only those in this workspace.")),
    responses((status = 200, description = "The environments, without their values.", body = EnvironmentList)),
)]
pub(crate) async fn list_environments(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(filter): Params<InWorkspace>,
) -> Result<Json<EnvironmentList>, ApiError> {
    let mut tx = api.store().read().await?;
    let mut wanted = EnvironmentFilter::default();
    if let Some(id) = &filter.workspace {
        wanted.workspace = Some(find::workspace(&mut tx, &caller, id).await?.id);
    }
    let mut all = tx.environments().list(caller.team, &wanted).await?;
    all.retain(|it| caller.sees(Some(it.workspace)));
    Ok(Json(EnvironmentList {
        environments: all.iter().map(EnvironmentSummary::of).collect(),
    }))
}
