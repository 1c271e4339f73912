//! Collections in Postman's shape, and their versions in our own.

use postern_collection::Document;
use postern_model::{Collection, Fork, Version};
use postern_storage::DeletedCollection;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::shapes::fork::ForkInfo;

/// `{"collections": […], "meta": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct CollectionList {
    pub(crate) collections: Vec<CollectionSummary>,
    pub(crate) meta: CollectionListMeta,
}

/// Which part of the list this is.
#[derive(Serialize, ToSchema)]
pub(crate) struct CollectionListMeta {
    /// How many collections there are in all.
    pub(crate) total: u64,
    pub(crate) offset: u32,
    pub(crate) limit: u64,
}

/// A collection in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CollectionSummary {
    id: String,
    name: String,
    /// The owner's user id.
    owner: String,
    created_at: String,
    updated_at: String,
    uid: String,
    is_public: bool,
    /// What it is a fork of, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    fork: Option<ForkInfo>,
}

impl CollectionSummary {
    /// The collection's line in the list.
    pub(crate) fn of(collection: &Collection, fork: Option<&Fork>) -> Self {
        Self {
            id: collection.id.to_string(),
            name: collection.name.clone(),
            owner: collection.owner.to_string(),
            created_at: collection.created_at.to_rfc3339(),
            updated_at: collection.updated_at.to_rfc3339(),
            uid: collection.uid().to_string(),
            is_public: false,
            fork: fork.map(ForkInfo::of),
        }
    }
}

/// `{"collection": <a v2.1 document>}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct CollectionAnswer {
    /// The Postman Collection v2.1 document.
    #[schema(value_type = Object)]
    pub(crate) collection: Value,
}

/// `{"collection": <a Postman Collection document>}`; the bare document is read as well.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body; postern-collection reads it")]
pub(crate) struct CollectionBody {
    /// The document, v2.1 (v2.0 and v1 are converted).
    #[schema(value_type = Object)]
    collection: Value,
}

/// `{"collection": {"id", "name", "uid"}}`, after a change.
#[derive(Serialize, ToSchema)]
pub(crate) struct CollectionChanged {
    collection: CollectionName,
}

/// A collection's ids and name.
#[derive(Serialize, ToSchema)]
pub(crate) struct CollectionName {
    id: String,
    name: String,
    uid: String,
}

impl CollectionChanged {
    /// The collection as it is now.
    pub(crate) fn of(collection: &Collection) -> Self {
        Self {
            collection: CollectionName {
                id: collection.id.to_string(),
                name: collection.name.clone(),
                uid: collection.uid().to_string(),
            },
        }
    }
}

/// `{"collection": {"id", "uid"}}`, after it was deleted.
#[derive(Serialize, ToSchema)]
pub(crate) struct CollectionDeleted {
    collection: CollectionIds,
}

/// A collection's ids.
#[derive(Serialize, ToSchema)]
pub(crate) struct CollectionIds {
    id: String,
    uid: String,
}

impl CollectionDeleted {
    /// The collection that was deleted.
    pub(crate) fn of(collection: &Collection) -> Self {
        Self {
            collection: CollectionIds {
                id: collection.id.to_string(),
                uid: collection.uid().to_string(),
            },
        }
    }
}

/// `{"versions": […], "meta": {…}}`, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionList {
    pub(crate) versions: Vec<VersionView>,
    pub(crate) meta: crate::page::PageMeta,
}

/// One immutable state of a collection.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VersionView {
    /// The version's id.
    id: String,
    /// Its number, from 1.
    number: i64,
    /// The document's SHA-256: equal documents have equal hashes.
    hash: String,
    /// The user who made it.
    created_by: String,
    created_at: String,
}

impl VersionView {
    /// The version without its document.
    pub(crate) fn of(version: &Version) -> Self {
        Self {
            id: version.id.to_string(),
            number: version.number,
            hash: version.hash.to_string(),
            created_by: version.created_by.to_string(),
            created_at: version.created_at.to_rfc3339(),
        }
    }
}

/// `{"version": {…}, "collection": <the document as it was>}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionAnswer {
    pub(crate) version: VersionView,
    /// The document as it was in that version.
    #[schema(value_type = Object)]
    pub(crate) collection: Value,
}

/// The tree of a collection's items, with their ids and names alone, as `model=minimal` has it.
pub(crate) fn minimal(collection: &Collection, document: &Document) -> Value {
    json!({
        "info": {
            "_postman_id": collection.id.to_string(),
            "name": collection.name,
            "uid": collection.uid().to_string(),
            "createdAt": collection.created_at.to_rfc3339(),
            "updatedAt": collection.updated_at.to_rfc3339(),
        },
        "item": branch(collection, document.value()),
    })
}

fn branch(collection: &Collection, node: &Value) -> Value {
    let items = node
        .get("item")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    items
        .map(|item| {
            let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
            let mut told = json!({
                "id": id,
                "uid": format!("{}-{id}", collection.owner),
                "name": item.get("name").and_then(Value::as_str).unwrap_or_default(),
            });
            if item.get("item").is_some() {
                told["item"] = branch(collection, item);
            }
            told
        })
        .collect()
}

/// `{"collections": […], "meta": {…}}`: those that were deleted.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeletedList {
    pub(crate) collections: Vec<DeletedView>,
    pub(crate) meta: crate::page::PageMeta,
}

/// A collection that was deleted.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeletedView {
    #[serde(flatten)]
    collection: CollectionSummary,
    /// The workspace that it lay in.
    workspace: String,
    /// The number of its last version.
    version: i64,
    /// The user who deleted it.
    deleted_by: String,
    deleted_at: String,
}

impl DeletedView {
    /// The collection's line in the list.
    pub(crate) fn of(deleted: &DeletedCollection) -> Self {
        let collection = &deleted.collection;
        Self {
            collection: CollectionSummary::of(collection, None),
            workspace: collection.workspace.to_string(),
            version: collection.version,
            deleted_by: deleted.deleted_by.to_string(),
            deleted_at: deleted.deleted_at.to_rfc3339(),
        }
    }
}
