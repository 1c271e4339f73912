//! `/collections/{uid}/{kind}`: folders, requests and responses, one at a time and in the flat form that Postman's API has.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod update;

use postern_collection::{Document, ItemKind, names_a_field};
use postern_model::Uid;
use serde_json::{Map, Value};

use crate::error::{ApiError, ErrorName};

/// The kind that a path names.
pub(crate) fn kind_of(text: &str) -> Result<ItemKind, ApiError> {
    match text {
        "folders" => Ok(ItemKind::Folder),
        "requests" => Ok(ItemKind::Request),
        "responses" => Ok(ItemKind::Response),
        _ => Err(ApiError::not_found("path", text)),
    }
}

/// Checks that a body says something of an item of this kind.
fn check(kind: ItemKind, given: &Map<String, Value>) -> Result<(), ApiError> {
    if names_a_field(kind, given) {
        return Ok(());
    }
    let what = format!("the body names nothing that a {} has", kind.as_str());
    Err(ApiError::new(ErrorName::MalformedRequest, what))
}

/// The id of an item by the words for it: its id, or its uid, which has the owner before it.
fn id_in<'a>(document: &Document, kind: ItemKind, text: &'a str) -> &'a str {
    if document.item(kind, text).is_ok() {
        return text;
    }
    without_owner(text)
}

/// The id of a uid; what is no uid stays as it is.
pub(crate) fn without_owner(text: &str) -> &str {
    match text.parse::<Uid>() {
        Ok(Uid { owner: Some(_), .. }) => text.split_once('-').map_or(text, |(_, id)| id),
        _ => text,
    }
}
