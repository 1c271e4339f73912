//! Folders, requests and saved responses as Postman's API answers with them.

use postern_collection::{ItemKind, children_of, flat};
use postern_model::{Collection, UserId};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// The fields of a folder, a request or a response, flat as in Postman's API: `name`, `description`, `auth`, `events`; of a request also
/// `method`, `url`, `queryParams`, `headerData`, `dataMode`, `data`, `rawModeData`, `graphqlModeData`, `dataOptions`; of a response
/// `responseCode`, `headers`, `text`, `time`, `language`, `requestObject`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body; postern-collection reads it")]
pub(crate) struct ItemBody {
    name: Option<String>,
    description: Option<String>,
}

/// `{"data": {…}, "meta": {…}, "model_id": "…", "revision": 7}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct ItemAnswer {
    /// The item in the flat form, with whose it is and where it lies.
    #[schema(value_type = Object)]
    data: Map<String, Value>,
    /// What was done, to which model.
    #[schema(value_type = Object)]
    meta: Value,
    /// The item's id.
    model_id: String,
    /// The collection's version.
    revision: i64,
}

/// Whose an item is, and where it lies.
pub(crate) struct Whose<'a> {
    collection: &'a Collection,
    kind: ItemKind,
    parent: Option<&'a str>,
    by: UserId,
}

impl<'a> Whose<'a> {
    /// An item of this kind in this collection, in this folder or request; the collection was last changed by this user.
    pub(crate) fn new(
        collection: &'a Collection,
        kind: ItemKind,
        parent: Option<&'a str>,
        by: UserId,
    ) -> Self {
        Self {
            collection,
            kind,
            parent,
            by,
        }
    }

    fn fields(&self, node: &Value) -> Map<String, Value> {
        let mut fields = flat(self.kind, node);
        let it = self.collection;
        let mut set = |key: &str, value: Value| fields.insert(key.to_owned(), value);
        set("owner", it.owner.to_string().into());
        set("lastUpdatedBy", self.by.to_string().into());
        set("lastRevision", it.version.into());
        set("collection", it.id.to_string().into());
        set("createdAt", it.created_at.to_rfc3339().into());
        set("updatedAt", it.updated_at.to_rfc3339().into());
        let place = if self.kind == ItemKind::Response {
            "request"
        } else {
            "folder"
        };
        set(place, self.parent.into());
        // Clients of Postman's API have no null where a field is optional.
        fields.retain(|_, value| !value.is_null());
        fields
    }
}

/// The fields that hold ids.
const IDS: [&str; 9] = [
    "id",
    "owner",
    "lastUpdatedBy",
    "collection",
    "folder",
    "request",
    "order",
    "folders_order",
    "responses_order",
];

impl ItemAnswer {
    /// The item, after this was done to it.
    pub(crate) fn of(whose: &Whose<'_>, node: &Value, action: &str) -> Self {
        let data = whose.fields(node);
        Self {
            meta: json!({"model": whose.kind.as_str(), "action": action}),
            model_id: data["id"].as_str().unwrap_or_default().to_owned(),
            revision: whose.collection.version,
            data,
        }
    }

    /// Adds what lies in it, as deep as it goes.
    pub(crate) fn populate(&mut self, whose: &Whose<'_>, node: &Value) {
        inside(&mut self.data, whose, node);
    }

    /// Leaves only what holds ids.
    pub(crate) fn only_ids(&mut self) {
        self.data.retain(|key, _| IDS.contains(&key.as_str()));
    }

    /// Writes the owner before ids.
    pub(crate) fn as_uids(&mut self, whose: &Whose<'_>) {
        let owner = whose.collection.owner;
        let uid = |id: &mut Value| {
            if let Some(text) = id.as_str() {
                *id = format!("{owner}-{text}").into();
            }
        };
        for (key, value) in &mut self.data {
            match (key.as_str(), value) {
                ("id" | "collection" | "folder" | "request", id) => uid(id),
                ("order" | "folders_order" | "responses_order", Value::Array(ids)) => {
                    ids.iter_mut().for_each(uid);
                }
                _ => {}
            }
        }
    }
}

fn inside(data: &mut Map<String, Value>, whose: &Whose<'_>, node: &Value) {
    let id = data.get("id").and_then(Value::as_str).map(str::to_owned);
    let lists = match whose.kind {
        ItemKind::Request => vec![(ItemKind::Response, "responses")],
        ItemKind::Response => Vec::new(),
        _ => vec![
            (ItemKind::Folder, "folders"),
            (ItemKind::Request, "requests"),
        ],
    };
    for (kind, key) in lists {
        let whose = Whose::new(whose.collection, kind, id.as_deref(), whose.by);
        let children = children_of(node, kind);
        let told: Vec<Value> = children
            .map(|child| {
                let mut data = whose.fields(child);
                inside(&mut data, &whose, child);
                Value::Object(data)
            })
            .collect();
        data.insert(key.to_owned(), told.into());
    }
}
