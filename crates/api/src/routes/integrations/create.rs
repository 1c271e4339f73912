//! `POST /integrations`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::shapes::integration::{IntegrationAnswer, IntegrationBody, IntegrationView};

/// Makes an integration.
///
/// The answer holds the signing secret, this once. An integration for `collection_backup` gets a backup of each collection
/// that it is for at once.
#[utoipa::path(
    post, path = "/integrations", tag = "integrations",
    security(("api_key" = ["editor"])),
    request_body = IntegrationBody,
    responses((status = 201, description = "The integration was made.", body = IntegrationAnswer)),
)]
pub(crate) async fn create_integration(
    State(api): State<Api>,
    caller: Caller<Editor>,
    JsonBody(body): JsonBody<IntegrationBody>,
) -> Result<(StatusCode, Json<IntegrationAnswer>), ApiError> {
    let mut fields = body.integration;
    fields.unmask(None)?;
    let mut tx = api.store().read().await?;
    let new = super::read(&mut tx, &caller, fields).await?;
    drop(tx);
    let made = api
        .journal()
        .create_integration(&caller.actor(), new)
        .await?;
    let mut tx = api.store().read().await?;
    let subjects = super::subjects(&mut tx, &made).await?;
    let integration = IntegrationView::with_secret(&made, subjects);
    Ok((StatusCode::CREATED, Json(IntegrationAnswer { integration })))
}
