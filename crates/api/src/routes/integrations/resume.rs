//! `POST /integrations/{id}/resume`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::integration::{IntegrationAnswer, IntegrationView};

/// Resumes an integration.
///
/// What was held is due at once, in its order. An integration that Postern disabled is resumed in the same way.
#[utoipa::path(
    post, path = "/integrations/{id}/resume", tag = "integrations",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The integration's id.")),
    responses((status = 200, description = "The integration is active.", body = IntegrationAnswer)),
)]
pub(crate) async fn resume_integration(
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
        .resume_integration(&caller.actor(), found.id)
        .await?;
    Ok(Json(IntegrationAnswer {
        integration: IntegrationView::of(&changed, subjects),
    }))
}
