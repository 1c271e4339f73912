//! `DELETE /api-keys/{id}`.

use axum::Json;
use axum::extract::State;
use postern_model::{ApiKey, ApiKeyId};

use crate::Api;
use crate::caller::{Admin, Caller, Identity};
use crate::error::ApiError;
use crate::params::PathText;
use crate::shapes::api_key::{ApiKeyAnswer, ApiKeyView};

/// Deletes an API key.
///
/// It opens nothing from then on.
#[utoipa::path(
    delete, path = "/api-keys/{id}", tag = "api-keys",
    security(("api_key" = ["admin"])),
    params(("id" = String, Path, description = "The id of the key's record.")),
    responses((status = 200, description = "The key was deleted.", body = ApiKeyAnswer)),
)]
pub(crate) async fn delete_api_key(
    State(api): State<Api>,
    caller: Caller<Admin>,
    PathText(id): PathText<String>,
) -> Result<Json<ApiKeyAnswer>, ApiError> {
    remove(&api, &caller, &id, |_| true).await
}

/// Deletes a key of the team, if it is among those that the caller may delete.
pub(crate) async fn remove(
    api: &Api,
    caller: &Identity,
    id: &str,
    may: impl Fn(&ApiKey) -> bool,
) -> Result<Json<ApiKeyAnswer>, ApiError> {
    let missing = || ApiError::not_found("API key", id);
    let parsed: ApiKeyId = id.parse().map_err(|_| missing())?;
    let mut tx = api.store().read().await?;
    let keys = tx.api_keys().list(caller.team).await?;
    let found = keys.into_iter().find(|key| key.id == parsed && may(key));
    let found = found.ok_or_else(missing)?;
    drop(tx);
    let journal = api.journal();
    journal.delete_api_key(&caller.actor(), found.id).await?;
    Ok(Json(ApiKeyAnswer {
        api_key: ApiKeyView::of(&found),
    }))
}
