//! `GET /api-keys`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Admin, Caller};
use crate::error::ApiError;
use crate::shapes::api_key::{ApiKeyList, ApiKeyView};

/// Lists the team's API keys.
///
/// The keys themselves are not kept; their first characters tell them apart.
#[utoipa::path(
    get, path = "/api-keys", tag = "api-keys",
    security(("api_key" = ["admin"])),
    responses((status = 200, description = "The records of the keys.", body = ApiKeyList)),
)]
pub(crate) async fn list_api_keys(
    State(api): State<Api>,
    caller: Caller<Admin>,
) -> Result<Json<ApiKeyList>, ApiError> {
    let mut tx = api.store().read().await?;
    let keys = tx.api_keys().list(caller.team).await?;
    Ok(Json(ApiKeyList {
        api_keys: keys.iter().map(ApiKeyView::of).collect(),
    }))
}
