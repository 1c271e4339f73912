//! `GET /integrations/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::integration::{IntegrationAnswer, IntegrationView};

/// Shows an integration.
///
/// The values of its headers are masked as `••••••••`; a PUT or PATCH that sends the mask back keeps the value that is
/// stored. The signing secret is shown only when it is made.
#[utoipa::path(
    get, path = "/integrations/{id}", tag = "integrations",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The integration's id.")),
    responses((status = 200, description = "The integration.", body = IntegrationAnswer)),
)]
pub(crate) async fn get_integration(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<IntegrationAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::integration(&mut tx, &caller, &id).await?;
    let subjects = super::subjects(&mut tx, &found).await?;
    Ok(Json(IntegrationAnswer {
        integration: IntegrationView::of(&found, subjects),
    }))
}
