//! `DELETE /environments/{uid}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::environment::EnvironmentDeleted;

/// Deletes an environment.
#[utoipa::path(
    delete, path = "/environments/{uid}", tag = "environments",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The environment's uid or id.")),
    responses((status = 200, description = "The environment was deleted.", body = EnvironmentDeleted)),
)]
pub(crate) async fn delete_environment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
) -> Result<Json<EnvironmentDeleted>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::environment(&mut tx, &caller, &uid).await?;
    drop(tx);
    api.journal()
        .delete_environment(&caller.actor(), found.id)
        .await?;
    Ok(Json(EnvironmentDeleted::of(&found)))
}
