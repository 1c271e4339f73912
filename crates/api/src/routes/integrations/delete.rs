//! `DELETE /integrations/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::integration::IntegrationDeleted;

/// Deletes an integration.
///
/// What it still owed is cancelled; its deliveries stay to be read until retention takes them.
#[utoipa::path(
    delete, path = "/integrations/{id}", tag = "integrations",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The integration's id.")),
    responses((status = 200, description = "The integration was deleted.", body = IntegrationDeleted)),
)]
pub(crate) async fn delete_integration(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
) -> Result<Json<IntegrationDeleted>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::integration(&mut tx, &caller, &id).await?;
    drop(tx);
    api.journal()
        .delete_integration(&caller.actor(), found.id)
        .await?;
    Ok(Json(IntegrationDeleted::of(&found)))
}
