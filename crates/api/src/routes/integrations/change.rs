//! `PATCH /integrations/{id}`.

use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value};

use crate::Api;
use crate::body::{JsonBody, read_value};
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::integration::{IntegrationAnswer, IntegrationFields, IntegrationPatch};

/// Changes some of an integration's settings.
///
/// The body is merged into what is there (RFC 7396): objects field by field, everything else as a whole, and `null` takes a
/// field away. An `auth` of another type takes the place of the one that is there.
#[utoipa::path(
    patch, path = "/integrations/{id}", tag = "integrations",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The integration's id.")),
    request_body = IntegrationPatch,
    responses((status = 200, description = "The integration was changed.", body = IntegrationAnswer)),
)]
pub(crate) async fn change_integration(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    JsonBody(body): JsonBody<IntegrationPatch>,
) -> Result<Json<IntegrationAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::integration(&mut tx, &caller, &id).await?;
    drop(tx);
    let mut merged =
        serde_json::to_value(IntegrationFields::of(&found)).map_err(ApiError::server)?;
    forget_another_auth(&mut merged, &body.integration);
    merge(&mut merged, body.integration);
    let fields = read_value("integration", merged)?;
    super::replace(&api, &caller, &found, fields)
        .await
        .map(Json)
}

/// An auth of another type takes the place of the one that is there: their fields don't mix.
fn forget_another_auth(value: &mut Value, patch: &Map<String, Value>) {
    let wanted = patch
        .get("config")
        .and_then(|config| config.pointer("/auth/type"));
    if wanted.is_some()
        && wanted != value.pointer("/config/auth/type")
        && let Some(config) = value["config"].as_object_mut()
    {
        config.remove("auth");
    }
}

/// Merges a patch into a value as RFC 7396 has it. A `null` stays where it is: a field that may be empty reads it as empty.
fn merge(value: &mut Value, patch: Map<String, Value>) {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    for (name, new) in patch {
        match new {
            Value::Object(fields) => merge(&mut value[&name], fields),
            new => value[&name] = new,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn objects_are_merged_and_everything_else_is_replaced() {
        let mut value = json!({"a": {"b": 1, "c": [1, 2]}, "d": 5, "e": 6});
        let patch = json!({"a": {"c": [3], "x": {"y": 1}}, "d": {"z": 1}, "e": null});
        merge(&mut value, patch.as_object().unwrap().clone());
        assert_eq!(
            value,
            json!({"a": {"b": 1, "c": [3], "x": {"y": 1}}, "d": {"z": 1}, "e": null})
        );
    }
}
