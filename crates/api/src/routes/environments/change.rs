//! `PATCH /environments/{uid}`.

use axum::Json;
use axum::extract::State;
use json_patch::{Patch, PatchOperation};
use postern_collection::EnvironmentDocument;
use serde_json::{Value, json};

use crate::Api;
use crate::body::RawBody;
use crate::caller::{Caller, Editor};
use crate::error::{ApiError, ErrorName};
use crate::find;
use crate::params::PathText;
use crate::shapes::environment::{EnvironmentAnswer, EnvironmentView, PatchBody, unmask};

/// The most operations in one call, as in Postman's API.
const MOST: usize = 1_000;

/// Changes an environment's name or some of its variables.
///
/// The body is a JSON Patch (RFC 6902) on `/name` and `/values`: `[{"op": "replace", "path": "/values/0/value", "value": "x"}]`. It is done as a whole or not at all.
#[utoipa::path(
    patch, path = "/environments/{uid}", tag = "environments",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The environment's uid or id.")),
    request_body = Vec<PatchBody>,
    responses((status = 200, description = "It was changed.", body = EnvironmentAnswer)),
)]
pub(crate) async fn change_environment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    body: RawBody,
) -> Result<Json<EnvironmentAnswer>, ApiError> {
    let malformed = |why: String| ApiError::new(ErrorName::MalformedRequest, why);
    let patch: Patch = serde_json::from_slice(&body).map_err(|error| {
        malformed(format!(
            "the body is no JSON Patch, a list of operations: {error}"
        ))
    })?;
    if patch.0.is_empty() || patch.0.len() > MOST {
        return Err(malformed(format!("a patch has 1 to {MOST} operations")));
    }
    for operation in &patch.0 {
        allowed(operation)?;
    }
    let mut tx = api.store().read().await?;
    let found = find::environment(&mut tx, &caller, &uid).await?;
    drop(tx);
    let values = found.document.get("values").cloned();
    let mut part = json!({"name": found.name, "values": values.unwrap_or_else(|| json!([]))});
    json_patch::patch(&mut part, &patch)
        .map_err(|error| ApiError::new(ErrorName::InvalidParams, error.to_string()))?;
    let mut document = found.document.clone();
    if let (Some(fields), Value::Object(part)) = (document.as_object_mut(), part) {
        fields.extend(part);
    }
    unmask(&mut document, Some(&found.document))?;
    let document = EnvironmentDocument::from_value(document)?;
    let environment = api
        .journal()
        .replace_environment(&caller.actor(), found.id, document)
        .await?;
    Ok(Json(EnvironmentAnswer {
        environment: EnvironmentView::of(&environment),
    }))
}

/// Checks that an operation is on the name or the values.
fn allowed(operation: &PatchOperation) -> Result<(), ApiError> {
    let path = match operation {
        PatchOperation::Add(it) => &it.path,
        PatchOperation::Remove(it) => &it.path,
        PatchOperation::Replace(it) => &it.path,
        _ => return Err(ApiError::invalid("op", "must be add, remove or replace")),
    };
    let path = path.to_string();
    if path == "/name" || path.starts_with("/values/") {
        return Ok(());
    }
    Err(ApiError::invalid(
        "path",
        "must be /name, or begin with /values/",
    ))
}
