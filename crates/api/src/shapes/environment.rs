//! Environments in Postman's shape. Values of `secret` variables go out masked; see `mask.rs`.

use postern_model::Environment;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::mask::{self, mask};

/// `{"environments": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnvironmentList {
    pub(crate) environments: Vec<EnvironmentSummary>,
}

/// An environment in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EnvironmentSummary {
    id: String,
    name: String,
    created_at: String,
    updated_at: String,
    /// The owner's user id.
    owner: String,
    uid: String,
    is_public: bool,
}

impl EnvironmentSummary {
    /// The environment's line in the list.
    pub(crate) fn of(environment: &Environment) -> Self {
        Self {
            id: environment.id.to_string(),
            name: environment.name.clone(),
            created_at: environment.created_at.to_rfc3339(),
            updated_at: environment.updated_at.to_rfc3339(),
            owner: environment.owner.to_string(),
            uid: environment.uid().to_string(),
            is_public: false,
        }
    }
}

/// `{"environment": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnvironmentAnswer {
    pub(crate) environment: EnvironmentView,
}

/// An environment.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EnvironmentView {
    id: String,
    uid: String,
    name: String,
    /// The owner's user id.
    owner: String,
    created_at: String,
    updated_at: String,
    /// `[{key, value, type, enabled}]` as they came, values of `secret` ones masked.
    #[schema(value_type = Vec<VariableView>)]
    values: Value,
    is_public: bool,
}

/// A variable; fields that Postern does not know are kept and given back.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "describes the variables; the document keeps them as they came"
)]
pub(crate) struct VariableView {
    /// Its name.
    key: String,
    /// Its value; `••••••••` stands for a secret one.
    #[schema(value_type = String)]
    value: Value,
    /// `default`, `secret` or `any`.
    r#type: Option<String>,
    /// Whether it holds (true).
    enabled: Option<bool>,
}

impl EnvironmentView {
    /// The environment, its secrets masked.
    pub(crate) fn of(environment: &Environment) -> Self {
        let values = masked(environment.document["values"].clone());
        Self {
            id: environment.id.to_string(),
            uid: environment.uid().to_string(),
            name: environment.name.clone(),
            owner: environment.owner.to_string(),
            created_at: environment.created_at.to_rfc3339(),
            updated_at: environment.updated_at.to_rfc3339(),
            values,
            is_public: false,
        }
    }
}

/// Variables as they are shown.
fn masked(mut values: Value) -> Value {
    for variable in values.as_array_mut().into_iter().flatten() {
        if is_secret(variable) {
            mask(&mut variable["value"]);
        }
    }
    if values.is_null() {
        values = Value::Array(Vec::new());
    }
    values
}

/// `{"values": […]}`: the global variables of a workspace.
#[derive(Serialize, ToSchema)]
pub(crate) struct GlobalsView {
    /// `[{key, value, type, enabled}]` as they came, values of `secret` ones masked.
    #[schema(value_type = Vec<VariableView>)]
    values: Value,
}

impl GlobalsView {
    /// The variables, their secrets masked.
    pub(crate) fn of(values: Option<Value>) -> Self {
        Self {
            values: masked(values.unwrap_or_default()),
        }
    }
}

/// Puts the stored values back where the new document holds the mask; `old` is the document that it replaces.
pub(crate) fn unmask(new: &mut Value, old: Option<&Value>) -> Result<(), ApiError> {
    let old = old
        .and_then(|old| old["values"].as_array())
        .map(Vec::as_slice)
        .unwrap_or_default();
    let new = new.get_mut("values").and_then(Value::as_array_mut);
    for (at, variable) in new.into_iter().flatten().enumerate() {
        if !is_secret(variable) {
            continue;
        }
        let stored = old
            .iter()
            .find(|before| is_secret(before) && before["key"] == variable["key"])
            .map(|before| &before["value"]);
        if let Some(value) = variable.get_mut("value") {
            mask::unmask(value, stored, &format!("environment.values[{at}].value"))?;
        }
    }
    Ok(())
}

fn is_secret(variable: &Value) -> bool {
    variable["type"] == "secret"
}

/// The body that makes or replaces an environment.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body; postern-collection reads it")]
pub(crate) struct EnvironmentBody {
    environment: EnvironmentFields,
}

/// What people say of an environment.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body; postern-collection reads it")]
pub(crate) struct EnvironmentFields {
    /// At most 255 characters.
    name: String,
    #[schema(value_type = Option<Vec<VariableView>>)]
    values: Option<Value>,
}

/// One operation of a JSON Patch.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body; json_patch reads it")]
pub(crate) struct PatchBody {
    /// `add`, `remove` or `replace`.
    op: String,
    /// `/name`, `/values/0`, `/values/-` (behind the others) or `/values/0/value`.
    path: String,
    /// The new value.
    #[schema(value_type = Option<Object>)]
    value: Option<Value>,
}

/// `{"environment": {"id", "name", "uid"}}`, after a change.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnvironmentChanged {
    environment: EnvironmentName,
}

/// An environment's ids and name.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnvironmentName {
    id: String,
    name: String,
    uid: String,
}

impl EnvironmentChanged {
    /// The environment as it is now.
    pub(crate) fn of(environment: &Environment) -> Self {
        Self {
            environment: EnvironmentName {
                id: environment.id.to_string(),
                name: environment.name.clone(),
                uid: environment.uid().to_string(),
            },
        }
    }
}

/// `{"environment": {"id", "uid"}}`, after it was deleted.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnvironmentDeleted {
    environment: EnvironmentIds,
}

/// An environment's ids.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnvironmentIds {
    id: String,
    uid: String,
}

impl EnvironmentDeleted {
    /// The environment that was deleted.
    pub(crate) fn of(environment: &Environment) -> Self {
        Self {
            environment: EnvironmentIds {
                id: environment.id.to_string(),
                uid: environment.uid().to_string(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::mask::MASK;

    #[test]
    fn a_masked_secret_keeps_its_value_and_a_new_one_replaces_it() {
        let old = json!({"values": [
            {"key": "token", "value": "t0p", "type": "secret"},
            {"key": "pin", "value": "1234", "type": "secret"},
            {"key": "host", "value": "a.example", "type": "default"},
        ]});
        let mut new = json!({"values": [
            {"key": "token", "value": MASK, "type": "secret"},
            {"key": "pin", "value": "9999", "type": "secret"},
            {"key": "host", "value": MASK, "type": "default"},
        ]});
        unmask(&mut new, Some(&old)).unwrap();
        let values: Vec<_> = new["values"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| &it["value"])
            .collect();
        assert_eq!(values, ["t0p", "9999", MASK]);
    }

    #[test]
    fn the_mask_never_becomes_a_value() {
        let mut new = json!({"values": [{"key": "token", "value": MASK, "type": "secret"}]});
        assert!(unmask(&mut new, None).is_err());
        assert!(unmask(&mut new, Some(&json!({"values": []}))).is_err());
    }

    #[test]
    fn documents_without_variables_are_left_alone() {
        for mut document in [
            json!({}),
            json!({"values": 5}),
            json!([]),
            json!({"values": ["x"]}),
        ] {
            let before = document.clone();
            unmask(&mut document, None).unwrap();
            assert_eq!(document, before);
        }
    }
}
