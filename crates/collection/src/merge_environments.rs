//! Two environments that grew from one, put together.
//!
//! An environment is a tree of one level: variables lie in it, known by their keys. So it is merged as a collection is.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::merge::{MergeConflict, merge};
use crate::{Document, EnvironmentDocument};

/// Puts `theirs` into `ours`, both grown from `base`.
///
/// What only says which copy of an environment it is (`id`, `_postman_…`) stays as `ours` has it.
pub fn merge_environments(
    base: &EnvironmentDocument,
    ours: &EnvironmentDocument,
    theirs: &EnvironmentDocument,
) -> Result<EnvironmentDocument, Vec<MergeConflict>> {
    let merged = merge(
        &tree(base, Identity::Dropped),
        &tree(ours, Identity::Kept),
        &tree(theirs, Identity::Dropped),
    );
    match merged {
        Ok(merged) => Ok(EnvironmentDocument::trusted(environment(
            merged.into_value(),
        ))),
        Err(conflicts) => Err(conflicts.into_iter().map(of_variable).collect()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Identity {
    Kept,
    Dropped,
}

/// An environment as if it were a collection. A key that stands there again gets a number behind it.
fn tree(document: &EnvironmentDocument, identity: Identity) -> Document {
    let fields = document.value().as_object().into_iter().flatten();
    let says_which = |key: &str| key == "id" || key.starts_with("_postman_");
    let info: Map<String, Value> = fields
        .filter(|(key, _)| key.as_str() != "values")
        .filter(|(key, _)| identity == Identity::Kept || !says_which(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let values = document.value().get("values").and_then(Value::as_array);
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut items = Vec::new();
    for variable in values.into_iter().flatten() {
        let key = variable
            .get("key")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let times = seen.entry(key).or_default();
        *times += 1;
        // "=" first: an empty id would be the environment's own.
        let id = match *times {
            1 => format!("={key}"),
            times => format!("{times}={key}"),
        };
        items.push(json!({"id": id, "name": key, "request": variable}));
    }
    Document::trusted(json!({"info": info, "item": items}))
}

/// The other way round.
fn environment(tree: Value) -> Value {
    let Value::Object(mut tree) = tree else {
        return tree;
    };
    let items = tree.shift_remove("item").unwrap_or_default();
    let mut document = match tree.shift_remove("info") {
        Some(Value::Object(info)) => info,
        _ => Map::new(),
    };
    let values = items.as_array().into_iter().flatten();
    let values: Vec<Value> = values.map(|item| item["request"].clone()).collect();
    document.insert("values".to_owned(), values.into());
    document.into()
}

fn of_variable(conflict: MergeConflict) -> MergeConflict {
    let what = ["request.", "info."]
        .iter()
        .find_map(|prefix| conflict.what.strip_prefix(prefix));
    MergeConflict {
        model: if conflict.id.is_empty() {
            "environment"
        } else {
            "variable"
        },
        what: what.unwrap_or(&conflict.what).to_owned(),
        id: if conflict.id.is_empty() {
            String::new()
        } else {
            conflict.name.clone()
        },
        name: conflict.name,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(value: Value) -> EnvironmentDocument {
        EnvironmentDocument::from_value(value).unwrap()
    }

    fn with(values: &[(&str, &str)]) -> EnvironmentDocument {
        let values: Vec<Value> = values
            .iter()
            .map(|(key, value)| json!({"key": key, "value": value, "type": "default", "enabled": true}))
            .collect();
        of(json!({"id": "whose", "name": "Staging", "values": values}))
    }

    fn pairs(document: &EnvironmentDocument) -> Vec<(String, Value)> {
        let values = document.values().into_iter();
        values.map(|it| (it.key, it.value)).collect()
    }

    #[test]
    fn what_either_side_changed_is_taken() {
        let base = with(&[("host", "a"), ("port", "1"), ("old", "x")]);
        let ours = with(&[("host", "b"), ("port", "1"), ("old", "x")]);
        let theirs = with(&[("host", "a"), ("new", "n"), ("port", "1")]);
        let merged = merge_environments(&base, &ours, &theirs).unwrap();
        let want = [("host", "b"), ("new", "n"), ("port", "1")];
        assert_eq!(
            pairs(&merged),
            want.map(|(key, value)| (key.to_owned(), json!(value)))
        );
        assert_eq!(merged.value()["id"], "whose");
    }

    #[test]
    fn what_both_changed_is_told() {
        let base = with(&[("host", "a"), ("gone", "1")]);
        let ours = with(&[("host", "b"), ("gone", "2")]);
        let theirs = with(&[("host", "c")]);
        let conflicts = merge_environments(&base, &ours, &theirs).unwrap_err();
        let told: Vec<(&str, &str, &str)> = conflicts
            .iter()
            .map(|it| (it.model, it.id.as_str(), it.what.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("variable", "host", "value is different on both sides"),
                (
                    "variable",
                    "gone",
                    "it was deleted on one side and changed on the other"
                ),
            ]
        );
    }

    #[test]
    fn a_name_that_both_changed_is_told_without_a_value() {
        let named = |name: &str| of(json!({"name": name, "values": []}));
        let conflicts = merge_environments(&named("A"), &named("B"), &named("C")).unwrap_err();
        assert_eq!(conflicts[0].model, "environment");
        assert_eq!(conflicts[0].what, "name is different on both sides");
    }

    fn any_environment() -> impl Strategy<Value = EnvironmentDocument> {
        // Few keys, so that they meet and stand twice; one is empty.
        let variable = ("[ab=2]{0,2}", "[xy]{0,1}", any::<bool>());
        prop::collection::vec(variable, 0..8).prop_map(|values| {
            let values: Vec<Value> = values
                .into_iter()
                .map(
                    |(key, value, enabled)| json!({"key": key, "value": value, "enabled": enabled}),
                )
                .collect();
            of(json!({"name": "E", "values": values}))
        })
    }

    proptest! {
        #[test]
        fn one_side_alone_wins(base in any_environment(), other in any_environment()) {
            // Equal keys keep their order among themselves, whatever else moves.
            let merged = merge_environments(&base, &base, &other).unwrap();
            prop_assert_eq!(&merged, &other);
            let merged = merge_environments(&base, &other, &base).unwrap();
            prop_assert_eq!(&merged, &other);
            let merged = merge_environments(&base, &other, &other).unwrap();
            prop_assert_eq!(&merged, &other);
        }

        #[test]
        fn no_two_sides_break_it(base in any_environment(), ours in any_environment(), theirs in any_environment()) {
            if let Ok(merged) = merge_environments(&base, &ours, &theirs) {
                prop_assert!(EnvironmentDocument::from_value(merged.into_value()).is_ok());
            }
        }
    }
}
