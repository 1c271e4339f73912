//! `DELETE /monitors/{uid}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::monitor::MonitorDeleted;

/// Deletes a monitor and its runs.
#[utoipa::path(
    delete, path = "/monitors/{uid}", tag = "monitors",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The monitor's uid or id.")),
    responses((status = 200, description = "The monitor was deleted.", body = MonitorDeleted)),
)]
pub(crate) async fn delete_monitor(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
) -> Result<Json<MonitorDeleted>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::monitor(&mut tx, &caller, &uid).await?;
    drop(tx);
    api.journal()
        .delete_monitor(&caller.actor(), found.id)
        .await?;
    Ok(Json(MonitorDeleted::of(&found)))
}
