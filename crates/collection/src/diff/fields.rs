//! Two states of one node, field by field.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::diff::arena::Node;
use crate::diff::change::FieldChange;

/// Objects whose fields are told one by one.
const OPENED: [&str; 2] = ["info", "request"];

/// What is different between two states of a node, children left out. A path has one step (`event`) or two (`request.url`).
pub(crate) fn compare(old: &Node<'_>, new: &Node<'_>) -> Vec<FieldChange> {
    let (before, after) = (old.shallow(), new.shallow());
    let mut changes = Vec::new();
    for key in keys(&before, &after) {
        let (was, is) = (before.get(key), after.get(key));
        if was == is {
            continue;
        }
        match (was, is) {
            (Some(Value::Object(was)), Some(Value::Object(is))) if OPENED.contains(&key) => {
                for inner in keys(was, is) {
                    if was.get(inner) != is.get(inner) {
                        changes.push(FieldChange::new(
                            &[key, inner],
                            was.get(inner),
                            is.get(inner),
                        ));
                    }
                }
            }
            _ => changes.push(FieldChange::new(&[key], was, is)),
        }
    }
    changes
}

fn keys<'a>(before: &'a Map<String, Value>, after: &'a Map<String, Value>) -> Vec<&'a str> {
    let seen: HashSet<&str> = after.keys().map(String::as_str).collect();
    let gone = before
        .keys()
        .map(String::as_str)
        .filter(|key| !seen.contains(key));
    after.keys().map(String::as_str).chain(gone).collect()
}

/// Makes a node's old state its new one.
pub(crate) fn patch(node: &mut Map<String, Value>, changes: &[FieldChange]) {
    for change in changes {
        let (target, key) = match change.steps.as_slice() {
            [outer, inner] => match node.get_mut(outer).and_then(Value::as_object_mut) {
                Some(target) => (target, inner),
                None => continue,
            },
            [key] => (&mut *node, key),
            _ => continue,
        };
        match &change.new {
            Some(value) => {
                target.insert(key.clone(), value.clone());
            }
            None => {
                target.shift_remove(key);
            }
        }
    }
}
