//! `/me/api-keys`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::params::PathText;
use crate::routes::api_keys::create::make;
use crate::routes::api_keys::delete::remove;
use crate::shapes::api_key::{ApiKeyAnswer, ApiKeyBody, ApiKeyList, ApiKeyView};

/// Lists the caller's own API keys.
#[utoipa::path(
    get, path = "/me/api-keys", tag = "me",
    security(("api_key" = ["viewer"])),
    responses((status = 200, description = "The records of the keys.", body = ApiKeyList)),
)]
pub(crate) async fn list_own_keys(
    State(api): State<Api>,
    caller: Caller<Viewer>,
) -> Result<Json<ApiKeyList>, ApiError> {
    caller.whole_team()?;
    let mut tx = api.store().read().await?;
    let keys = tx.api_keys().list(caller.team).await?;
    let own = keys.iter().filter(|key| key.user == caller.user.id);
    Ok(Json(ApiKeyList {
        api_keys: own.map(ApiKeyView::of).collect(),
    }))
}

/// Makes an API key for the caller, which may do no more than the caller.
///
/// The answer holds the key, this once.
#[utoipa::path(
    post, path = "/me/api-keys", tag = "me",
    security(("api_key" = ["viewer"])),
    request_body = ApiKeyBody,
    responses((status = 201, description = "The key was made.", body = ApiKeyAnswer)),
)]
pub(crate) async fn create_own_key(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    JsonBody(body): JsonBody<ApiKeyBody>,
) -> Result<(StatusCode, Json<ApiKeyAnswer>), ApiError> {
    make(&api, &caller, body.api_key).await
}

/// Deletes an API key of the caller's own.
#[utoipa::path(
    delete, path = "/me/api-keys/{id}", tag = "me",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The id of the key's record.")),
    responses((status = 200, description = "The key was deleted.", body = ApiKeyAnswer)),
)]
pub(crate) async fn delete_own_key(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<ApiKeyAnswer>, ApiError> {
    caller.whole_team()?;
    remove(&api, &caller, &id, |key| key.user == caller.user.id).await
}
