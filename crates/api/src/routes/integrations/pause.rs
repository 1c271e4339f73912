//! `POST /integrations/{id}/pause`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::integration::{IntegrationAnswer, IntegrationView};

/// Pauses an integration.
///
/// What is due from now on is held, and waits until the integration is resumed.
#[utoipa::path(
    post, path = "/integrations/{id}/pause", tag = "integrations",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The integration's id.")),
    responses((status = 200, description = "The integration is paused.", body = IntegrationAnswer)),
)]
pub(crate) async fn pause_integration(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
) -> Result<Json<IntegrationAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::integration(&mut tx, &caller, &id).await?;
    let subjects = super::subjects(&mut tx, &found).await?;
    drop(tx);
    let changed = api
        .journal()
        .pause_integration(&caller.actor(), found.id)
        .await?;
    Ok(Json(IntegrationAnswer {
        integration: IntegrationView::of(&changed, subjects),
    }))
}
