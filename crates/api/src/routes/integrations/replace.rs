//! `PUT /integrations/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::integration::{IntegrationAnswer, IntegrationBody};

/// Replaces an integration's settings.
///
/// An option that the body does not name gets its default. A header whose value is the mask `••••••••` keeps the value that
/// is stored. The kind of event and the connector can't be changed. What is sent from now on goes by the new settings.
#[utoipa::path(
    put, path = "/integrations/{id}", tag = "integrations",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The integration's id.")),
    request_body = IntegrationBody,
    responses((status = 200, description = "The integration was changed.", body = IntegrationAnswer)),
)]
pub(crate) async fn replace_integration(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    JsonBody(body): JsonBody<IntegrationBody>,
) -> Result<Json<IntegrationAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::integration(&mut tx, &caller, &id).await?;
    drop(tx);
    super::replace(&api, &caller, &found, body.integration)
        .await
        .map(Json)
}
