//! `POST /imports`.

use axum::Json;
use axum::extract::State;
use postern_collection::{Folders, OpenApiOptions};
use serde::Deserialize;

use crate::Api;
use crate::body::RawBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::params::Params;
use crate::shapes::import::{ImportAnswer, ImportView};

/// How to read it, and where to put it.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub(crate) struct How {
    /// The workspace's id; without it, the caller's oldest own workspace, or else the team's oldest.
    workspace: Option<String>,
    /// Whether only to say what would come of it (false).
    dry_run: Option<bool>,
    /// For OpenAPI: folders by `paths` (default) or `tags`.
    folders: Option<String>,
    /// For OpenAPI: whether parameters that are not required are switched on (true).
    optional_parameters: Option<bool>,
    /// For OpenAPI: whether responses become saved examples (true).
    examples: Option<bool>,
}

/// Takes in what another tool has exported, all of it or nothing.
///
/// Reads Postman collections of every version, environments, globals and data dumps; OpenAPI 3.0, 3.1 and Swagger 2.0, as JSON or YAML;
/// cURL commands; HAR; Insomnia 4 and 5; Bruno's exports, and a zip of files of any of these or of a Bruno folder. The format is told by
/// the content, whatever the content type. At most 30 MiB, 200 MiB unpacked.
#[utoipa::path(
    post, path = "/imports", tag = "imports",
    security(("api_key" = ["editor"])),
    params(How),
    request_body(content = String, description = "The export as it is.", content_type = "application/octet-stream"),
    responses((status = 200, description = "What came of it, and what could not be carried over.", body = ImportAnswer)),
)]
pub(crate) async fn create_import(
    State(api): State<Api>,
    caller: Caller<Editor>,
    Params(how): Params<How>,
    body: RawBody,
) -> Result<Json<ImportAnswer>, ApiError> {
    let folders = match how.folders.as_deref() {
        None | Some("paths") => Folders::Paths,
        Some("tags") => Folders::Tags,
        Some(_) => return Err(ApiError::invalid("folders", "must be paths or tags")),
    };
    let usual = OpenApiOptions::default();
    let options = OpenApiOptions {
        folders,
        optional_parameters: how.optional_parameters.unwrap_or(usual.optional_parameters),
        examples: how.examples.unwrap_or(usual.examples),
    };
    let imported = super::read(body.0.into(), options).await?;
    let (format, notes) = (imported.format, imported.not_carried_over.clone());
    let import = if how.dry_run == Some(true) {
        ImportView::planned(&imported)
    } else {
        let workspace = how.workspace.as_deref();
        let arrived = super::take_in(&api, &caller, workspace, imported).await?;
        ImportView::of(format, notes, &arrived)
    };
    Ok(Json(ImportAnswer { import }))
}
