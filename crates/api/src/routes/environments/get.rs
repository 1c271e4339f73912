//! `GET /environments/{uid}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::environment::{EnvironmentAnswer, EnvironmentView};

/// Shows an environment.
///
/// The values of `secret` variables are masked as `••••••••`. A PUT that sends the mask back keeps the value that is stored.
#[utoipa::path(
    get, path = "/environments/{uid}", tag = "environments",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The environment's uid or id.")),
    responses((status = 200, description = "The environment.", body = EnvironmentAnswer)),
)]
pub(crate) async fn get_environment(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
) -> Result<Json<EnvironmentAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::environment(&mut tx, &caller, &uid).await?;
    Ok(Json(EnvironmentAnswer {
        environment: EnvironmentView::of(&found),
    }))
}
