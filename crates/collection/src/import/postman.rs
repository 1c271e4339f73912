//! Postman's own: collections of every version, environments, globals, and dumps of all of it.

use serde_json::Value;

use super::build::{list, text};
use super::notes::Notes;
use super::{ImportError, ImportFormat, Imported};
use crate::{Document, EnvironmentDocument};

/// Reads an export, or a dump of many.
pub(super) fn read(value: Value, notes: &mut Notes) -> Result<Imported, ImportError> {
    let mut imported = Imported::of(ImportFormat::Postman);
    if is_index(&value) {
        // What lies beside it in the archive is what it names.
        return Ok(imported);
    }
    if value.get("collections").is_some_and(Value::is_array) {
        dump(&value, &mut imported, notes)?;
    } else if text(&value, "_postman_variable_scope") == "globals" {
        imported
            .globals
            .extend(list(&value, "values").iter().cloned());
    } else if value.get("environment").is_some_and(Value::is_object) || is_environment(&value) {
        imported
            .environments
            .push(EnvironmentDocument::from_value(value)?);
    } else if is_collection(&value) {
        imported.collections.push(Document::from_value(value)?);
    } else {
        return Err(ImportError::Unknown {
            found: "JSON or YAML of another kind".to_owned(),
        });
    }
    Ok(imported)
}

/// A dump of everything in one file: version 1, as Postman's settings write it.
fn dump(value: &Value, imported: &mut Imported, notes: &mut Notes) -> Result<(), ImportError> {
    for collection in list(value, "collections") {
        imported
            .collections
            .push(Document::from_value(collection.clone())?);
    }
    for environment in list(value, "environments") {
        let environment = EnvironmentDocument::from_value(environment.clone())?;
        imported.environments.push(environment);
    }
    for globals in list(value, "globals") {
        if globals.get("values").is_some() {
            imported
                .globals
                .extend(list(globals, "values").iter().cloned());
        } else {
            imported.globals.push(globals.clone());
        }
    }
    for preset in list(value, "headerPresets") {
        notes.add("header presets", &text(preset, "name"));
    }
    for preset in list(value, "customHeaders") {
        notes.add("custom headers", &text(preset, "name"));
    }
    Ok(())
}

fn is_collection(value: &Value) -> bool {
    ["info", "collection", "requests", "order"]
        .iter()
        .any(|key| value.get(key).is_some())
}

fn is_environment(value: &Value) -> bool {
    value.get("values").is_some_and(Value::is_array) && value.get("info").is_none()
}

/// The list of contents of a dump that is an archive: `{"collection": {"<id>": true}, "environment": {…}}`.
fn is_index(value: &Value) -> bool {
    let Some(fields) = value.as_object() else {
        return false;
    };
    !fields.is_empty()
        && fields.iter().all(|(key, inner)| {
            ["collection", "environment", "globals"].contains(&key.as_str())
                && inner
                    .as_object()
                    .is_some_and(|inner| inner.values().all(Value::is_boolean))
        })
}
