//! What a version changed, as people read it.

use postern_collection::{Change, ChangeKind, FieldChange, ToldField};
use postern_model::Collection;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::shapes::collection::VersionView;

/// `{"version": {…}, "from": 6, "changes": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangeList {
    pub(crate) version: VersionView,
    /// The version that it is compared with; 0: there is none before it.
    pub(crate) from: i64,
    pub(crate) changes: Vec<ChangeView>,
}

/// One change of one item. One that was moved, renamed and edited at once is there three times.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChangeView {
    /// `create`, `update`, `delete`, `move` or `rename`.
    action: &'static str,
    /// `collection`, `folder`, `request` or `response`.
    model: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// The item's uid.
    uid: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_name: Option<String>,
    /// The folders that it lies in, outermost first.
    path: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_path: Option<Vec<String>>,
    /// What is different.
    fields: Vec<FieldView>,
}

/// One field, before and after.
#[derive(Serialize, ToSchema)]
pub(crate) struct FieldView {
    /// Where: `request.url`, `event.test`, `request.body.raw`, `item.order`, ….
    path: String,
    /// What was there; not there where there was nothing.
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<Value>,
    /// What is there; not there where there is nothing any more.
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<Value>,
    /// The lines that differ, as `diff -u` writes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<String>,
}

impl ChangeView {
    /// The change as the API tells it.
    pub(crate) fn of(collection: &Collection, change: &Change) -> Self {
        let uid = change.id.as_ref();
        Self {
            action: match change.kind {
                ChangeKind::Created => "create",
                ChangeKind::Updated => "update",
                ChangeKind::Deleted => "delete",
                ChangeKind::Moved => "move",
                ChangeKind::Renamed => "rename",
            },
            model: change.model.as_str(),
            id: change.id.clone(),
            uid: uid.map_or_else(
                || collection.uid().to_string(),
                |id| format!("{}-{id}", collection.owner),
            ),
            name: change.name.clone(),
            old_name: change.old_name.clone(),
            path: change.path.clone(),
            old_path: change.old_path.clone(),
            fields: change
                .fields
                .iter()
                .flat_map(FieldChange::told)
                .map(FieldView::of)
                .collect(),
        }
    }
}

impl FieldView {
    fn of(told: ToldField) -> Self {
        Self {
            path: told.path,
            old: told.old,
            new: told.new,
            diff: told.lines,
        }
    }
}
