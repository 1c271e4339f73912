//! `POST /import/openapi`.

use axum::Json;
use axum::extract::State;
use postern_collection::{Folders, OpenApiOptions};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::params::{InWorkspace, Params, needed};
use crate::shapes::import::{ImportedCollections, ImportedName};

/// `{"type": "json", "input": {…}, "options": {…}}`.
#[derive(Deserialize, ToSchema)]
pub(crate) struct OpenApiBody {
    /// `json` (the document as an object) or `string` (as JSON or YAML text).
    r#type: Option<String>,
    #[schema(value_type = Object)]
    input: Option<Value>,
    /// Of Postman's options `folderStrategy` (`Paths` or `Tags`), `enableOptionalParameters` and `includeResponses` are read.
    #[schema(value_type = Option<Object>)]
    options: Option<Value>,
}

/// Makes a collection of an OpenAPI document, as Postman's API does.
///
/// `POST /imports` reads more formats, and says what could not be carried over.
#[utoipa::path(
    post, path = "/import/openapi", tag = "imports",
    security(("api_key" = ["editor"])),
    params(InWorkspace),
    request_body = OpenApiBody,
    responses((status = 200, description = "The collection was made.", body = ImportedCollections)),
)]
pub(crate) async fn import_openapi(
    State(api): State<Api>,
    caller: Caller<Editor>,
    Params(place): Params<InWorkspace>,
    JsonBody(body): JsonBody<OpenApiBody>,
) -> Result<Json<ImportedCollections>, ApiError> {
    let kind = needed("type", body.r#type)?;
    let input = needed("input", body.input)?;
    let text = match (kind.as_str(), input) {
        ("json", input @ Value::Object(_)) => input.to_string(),
        ("string" | "json", Value::String(text)) => text,
        ("json" | "string", _) => {
            let why = "must be an object with the type json, a text with the type string";
            return Err(ApiError::invalid("input", why));
        }
        _ => return Err(ApiError::invalid("type", "must be json or string")),
    };
    let asked = body.options.unwrap_or_default();
    let usual = OpenApiOptions::default();
    let flag = |name: &str| asked.get(name).and_then(Value::as_bool);
    let options = OpenApiOptions {
        folders: match asked.get("folderStrategy").and_then(Value::as_str) {
            Some("Tags") => Folders::Tags,
            _ => Folders::Paths,
        },
        optional_parameters: flag("enableOptionalParameters").unwrap_or(usual.optional_parameters),
        examples: flag("includeResponses").unwrap_or(usual.examples),
    };
    let imported = super::read(text.into_bytes(), options).await?;
    if imported.format != postern_collection::ImportFormat::OpenApi {
        return Err(ApiError::invalid("input", "not an OpenAPI document"));
    }
    let workspace = place.workspace.as_deref();
    let arrived = super::take_in(&api, &caller, workspace, imported).await?;
    Ok(Json(ImportedCollections {
        collections: arrived.collections.iter().map(ImportedName::of).collect(),
    }))
}
