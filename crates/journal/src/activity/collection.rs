//! Activities of a collection and of what is in it.

use postern_collection::{Change, ChangeKind, Document, FieldChange, ItemKind};
use postern_model::{Action, Activity, Collection, Model, Timestamp};
use serde_json::{Value, json};

use super::{noun, sentence};
use crate::Actor;
use crate::entry::NO_ID;

/// A collection as a whole was created or deleted.
pub(crate) fn of_collection(
    actor: &Actor,
    action: Action,
    collection: &Collection,
    now: Timestamp,
) -> Activity {
    let name = &collection.name;
    Activity {
        id: NO_ID,
        team: actor.team,
        workspace: Some(collection.workspace),
        collection: Some(collection.id),
        collection_uid: collection.uid().to_string(),
        collection_name: name.clone(),
        user: actor.user,
        user_name: actor.name.clone(),
        action,
        model: Model::Collection,
        model_name: name.clone(),
        model_uid: collection.uid().to_string(),
        message: sentence(&actor.name, action, Model::Collection, name, None),
        version: Some(collection.version),
        detail: Value::Null,
        created_at: now,
    }
}

/// One change between two versions of a collection.
pub(crate) fn of_change(
    actor: &Actor,
    change: &Change,
    collection: &Collection,
    now: Timestamp,
) -> Activity {
    let action = match change.kind {
        ChangeKind::Created => Action::Create,
        ChangeKind::Renamed => Action::Rename,
        ChangeKind::Moved => Action::Move,
        ChangeKind::Updated => Action::Update,
        ChangeKind::Deleted => Action::Delete,
    };
    let model = model_of(change.model);
    let uid = change
        .id
        .as_ref()
        .map(|id| format!("{}-{id}", collection.owner));
    Activity {
        action,
        model,
        model_name: change.name.clone(),
        model_uid: uid.unwrap_or_else(|| collection.uid().to_string()),
        message: message(actor, action, model, change, &collection.name),
        detail: detail(change),
        ..of_collection(actor, action, collection, now)
    }
}

/// What was made as it was in a version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Restored<'a> {
    pub(crate) version: i64,
    pub(crate) item: Option<(ItemKind, &'a str)>,
}

impl Restored<'_> {
    /// It, told; the document is the one that it is in now.
    pub(crate) fn activity(
        self,
        actor: &Actor,
        collection: &Collection,
        document: &Document,
        now: Timestamp,
    ) -> Activity {
        let whole = of_collection(actor, Action::Restore, collection, now);
        let detail = json!({"restoredVersion": self.version});
        let to = format!("to version {}", self.version);
        let Some((kind, id)) = self.item else {
            return Activity {
                message: format!("{} {to}", whole.message),
                detail,
                ..whole
            };
        };
        let model = model_of(kind);
        let node = document.item(kind, id).ok().map(|place| place.node);
        let name = node
            .and_then(|node| node.get("name")?.as_str())
            .unwrap_or_default();
        let place = Some(collection.name.as_str());
        Activity {
            model,
            model_name: name.to_owned(),
            model_uid: format!("{}-{id}", collection.owner),
            message: format!(
                "{} {to}",
                sentence(&actor.name, Action::Restore, model, name, place)
            ),
            detail,
            ..whole
        }
    }
}

fn model_of(kind: ItemKind) -> Model {
    match kind {
        ItemKind::Collection => Model::Collection,
        ItemKind::Folder => Model::Folder,
        ItemKind::Request => Model::Request,
        ItemKind::Response => Model::Response,
    }
}

fn message(
    actor: &Actor,
    action: Action,
    model: Model,
    change: &Change,
    collection: &str,
) -> String {
    let place = (model != Model::Collection).then_some(collection);
    let (who, name) = (&actor.name, &change.name);
    match (change.kind, &change.old_name) {
        (ChangeKind::Renamed, Some(old)) => {
            let within = place
                .map(|place| format!(" in {place}"))
                .unwrap_or_default();
            format!("{who} renamed the {} {old} to {name}{within}", noun(model))
        }
        (ChangeKind::Moved, _) => {
            let target = change.path.last().map_or_else(
                || "out of its folder".to_owned(),
                |folder| format!("to the folder {folder}"),
            );
            format!(
                "{who} moved the {} {name} {target} in {collection}",
                noun(model)
            )
        }
        _ => sentence(who, action, model, name, place),
    }
}

fn detail(change: &Change) -> Value {
    json!({
        "path": change.path,
        "oldPath": change.old_path,
        "oldName": change.old_name,
        "fields": change.fields.iter().map(FieldChange::path).collect::<Vec<_>>(),
    })
}
