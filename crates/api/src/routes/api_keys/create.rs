//! `POST /api-keys`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use postern_journal::NewKey;
use postern_model::Role;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Admin, By, Caller, Identity};
use crate::error::ApiError;
use crate::find;
use crate::params::time;
use crate::shapes::api_key::{ApiKeyAnswer, ApiKeyBody, ApiKeyFields, ApiKeyView};

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
    make(&api, &caller, body.api_key).await
}

/// Makes a key that may do no more, and opens no longer, than what the caller is known by.
pub(crate) async fn make(
    api: &Api,
    caller: &Identity,
    fields: ApiKeyFields,
) -> Result<(StatusCode, Json<ApiKeyAnswer>), ApiError> {
    caller.whole_team()?;
    let role = Role::parse(&fields.role)
        .ok_or_else(|| ApiError::invalid("apiKey.role", "must be viewer, editor or admin"))?;
    if role > caller.role {
        let most = caller.role.as_str();
        let why = format!("can't be more than the caller's own, which is {most}");
        return Err(ApiError::invalid("apiKey.role", why));
    }
    if role == Role::Admin && !fields.workspaces.is_empty() {
        let why = "an admin's key is for the whole team: make a viewer or an editor of it";
        return Err(ApiError::invalid("apiKey.workspaces", why));
    }
    let expires_at = time("apiKey.expiresAt", fields.expires_at.as_deref())?;
    if let By::Key {
        expires_at: Some(own),
        ..
    } = caller.by
        && expires_at.is_none_or(|at| at > own)
    {
        let why = format!(
            "can't be later than that of the key in use, {}",
            own.to_rfc3339()
        );
        return Err(ApiError::invalid("apiKey.expiresAt", why));
    }
    let mut tx = api.store().read().await?;
    let mut workspaces = Vec::with_capacity(fields.workspaces.len());
    for id in &fields.workspaces {
        let found = find::workspace(&mut tx, caller, id).await;
        workspaces.push(find::named_by("apiKey.workspaces", found)?.id);
    }
    drop(tx);
    let new = NewKey {
        name: fields.name,
        role,
        expires_at,
        workspaces,
    };
    let (record, secret) = api.journal().create_api_key(&caller.actor(), new).await?;
    let api_key = ApiKeyView::with_key(&record, secret);
    Ok((StatusCode::CREATED, Json(ApiKeyAnswer { api_key })))
}
