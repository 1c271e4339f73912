//! `POST /environments`.

use axum::Json;
use axum::extract::State;
use postern_collection::EnvironmentDocument;

use crate::Api;
use crate::body::RawBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{InWorkspace, Params};
use crate::shapes::environment::{EnvironmentBody, EnvironmentChanged, unmask};

/// Makes an environment.
#[utoipa::path(
    post, path = "/environments", tag = "environments",
    security(("api_key" = ["editor"])),
    params(InWorkspace),
    request_body = EnvironmentBody,
    responses((status = 200, description = "The environment was made.", body = EnvironmentChanged)),
)]
pub(crate) async fn create_environment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    Params(place): Params<InWorkspace>,
    body: RawBody,
) -> Result<Json<EnvironmentChanged>, ApiError> {
    let mut document = EnvironmentDocument::parse(&body)?.into_value();
    unmask(&mut document, None)?;
    let document = EnvironmentDocument::from_value(document)?;
    let mut tx = api.store().read().await?;
    let workspace = find::workspace_or_usual(&mut tx, &caller, place.workspace.as_deref()).await?;
    drop(tx);
    let environment = api
        .journal()
        .create_environment(&caller.actor(), workspace.id, document)
        .await?;
    Ok(Json(EnvironmentChanged::of(&environment)))
}
