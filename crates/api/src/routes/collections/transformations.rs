//! `GET /collections/{uid}/transformations`.

use axum::Json;
use axum::extract::State;
use postern_collection::{Document, to_openapi, to_yaml};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::{Params, PathText};

/// How the description is to be written.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct How {
    /// `json` (default) or `yaml`.
    format: Option<String>,
}

/// `{"output": "…"}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct Transformed {
    /// The description, as text.
    output: String,
}

/// Writes a collection as an OpenAPI 3.0 document.
#[utoipa::path(
    get, path = "/collections/{uid}/transformations", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The collection's uid or id."), How),
    responses((status = 200, description = "The document.", body = Transformed)),
)]
pub(crate) async fn transform_collection(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
    Params(how): Params<How>,
) -> Result<Json<Transformed>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    let bytes = find::document(&mut tx, &found).await?;
    drop(tx);
    let document = Document::parse(&bytes).map_err(ApiError::server)?;
    let described = to_openapi(&document);
    let output = match how.format.as_deref() {
        None | Some("json") => format!("{described:#}"),
        Some("yaml") => to_yaml(&described).map_err(ApiError::server)?,
        Some(_) => return Err(ApiError::invalid("format", "must be json or yaml")),
    };
    Ok(Json(Transformed { output }))
}
