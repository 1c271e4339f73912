//! `POST /api-keys`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use postern_model::Role;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Admin, Caller};
use crate::error::ApiError;
use crate::shapes::api_key::{ApiKeyAnswer, ApiKeyBody, ApiKeyView};

/// Makes an API key for the caller.
///
/// The answer holds the key, this once.
#[utoipa::path(
    post, path = "/api-keys", tag = "api-keys",
    security(("api_key" = ["admin"])),
    request_body = ApiKeyBody,
    responses((status = 201, description = "The key was made.", body = ApiKeyAnswer)),
)]
pub(crate) async fn create_api_key(
    State(api): State<Api>,
    caller: Caller<Admin>,
    JsonBody(body): JsonBody<ApiKeyBody>,
) -> Result<(StatusCode, Json<ApiKeyAnswer>), ApiError> {
    let name = body.api_key.name;
    let role = Role::parse(&body.api_key.role)
        .ok_or_else(|| ApiError::invalid("apiKey.role", "must be viewer, editor or admin"))?;
    let (record, secret) = api
        .journal()
        .create_api_key(&caller.actor(), name, role)
        .await?;
    let api_key = ApiKeyView::with_key(&record, secret);
    Ok((StatusCode::CREATED, Json(ApiKeyAnswer { api_key })))
}
