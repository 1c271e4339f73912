//! `PUT /environments/{uid}`.

use axum::Json;
use axum::extract::State;
use postern_collection::EnvironmentDocument;

use crate::Api;
use crate::body::RawBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::environment::{EnvironmentBody, EnvironmentChanged, unmask};

/// Replaces an environment.
///
/// A `secret` variable whose value is the mask `••••••••` keeps the value that is stored.
#[utoipa::path(
    put, path = "/environments/{uid}", tag = "environments",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The environment's uid or id.")),
    request_body = EnvironmentBody,
    responses((status = 200, description = "The environment was replaced.", body = EnvironmentChanged)),
)]
pub(crate) async fn replace_environment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    body: RawBody,
) -> Result<Json<EnvironmentChanged>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::environment(&mut tx, &caller, &uid).await?;
    drop(tx);
    let mut document = EnvironmentDocument::parse(&body)?.into_value();
    unmask(&mut document, Some(&found.document))?;
    let document = EnvironmentDocument::from_value(document)?;
    let environment = api
        .journal()
        .replace_environment(&caller.actor(), found.id, document)
        .await?;
    Ok(Json(EnvironmentChanged::of(&environment)))
}
