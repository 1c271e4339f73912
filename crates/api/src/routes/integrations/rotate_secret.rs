//! `POST /integrations/{id}/rotate-secret`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::integration::{IntegrationAnswer, IntegrationView};

/// Gives an integration a new signing secret.
///
/// The answer holds it, this once. The secret before it signs too for another 24 hours, so that a receiver has time to change.
#[utoipa::path(
    post, path = "/integrations/{id}/rotate-secret", tag = "integrations",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The integration's id.")),
    responses((status = 200, description = "The integration and its new secret.", body = IntegrationAnswer)),
)]
pub(crate) async fn rotate_secret(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
) -> Result<Json<IntegrationAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::integration(&mut tx, caller.team, &id).await?;
    let subjects = super::subjects(&mut tx, &found).await?;
    drop(tx);
    let changed = api
        .journal()
        .rotate_secret(&caller.actor(), found.id)
        .await?;
    Ok(Json(IntegrationAnswer {
        integration: IntegrationView::with_secret(&changed, subjects),
    }))
}
