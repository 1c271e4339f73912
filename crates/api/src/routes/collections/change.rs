//! `PATCH /collections/{uid}`.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use postern_collection::{Document, EditError};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{IfMatch, PathText, etag, needed};
use crate::shapes::collection::CollectionChanged;

/// `{"collection": {…}}`, with what is to be changed alone.
#[derive(Deserialize, ToSchema)]
pub(crate) struct CollectionPatch {
    collection: Option<CollectionParts>,
}

/// What a collection says of itself.
#[derive(Deserialize, ToSchema)]
pub(crate) struct CollectionParts {
    /// Its `name` and its `description`.
    info: Option<InfoParts>,
    /// Its auth, as in a v2.1 document; `null` takes it away.
    #[serde(default, deserialize_with = "crate::params::given")]
    #[schema(value_type = Object)]
    auth: Option<Value>,
    /// Variables that are added, or changed where there is one of the same key.
    #[schema(value_type = Vec<Object>)]
    variable: Option<Vec<Map<String, Value>>>,
    /// Its scripts, instead of those that it has.
    #[serde(alias = "events")]
    #[schema(value_type = Vec<Object>)]
    event: Option<Vec<Map<String, Value>>>,
}

/// The collection's name and description.
#[derive(Deserialize, ToSchema)]
pub(crate) struct InfoParts {
    name: Option<String>,
    description: Option<String>,
}

/// Changes what a collection says of itself, not its items.
#[utoipa::path(
    patch, path = "/collections/{uid}", tag = "collections",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id."), IfMatch),
    request_body = CollectionPatch,
    responses((status = 200, description = "It was changed.", body = CollectionChanged)),
)]
pub(crate) async fn change_collection(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    expected: IfMatch,
    JsonBody(patch): JsonBody<CollectionPatch>,
) -> Result<impl IntoResponse, ApiError> {
    let parts = needed("collection", patch.collection)?;
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    drop(tx);
    let edit = |document: &mut Document| -> Result<(), EditError> {
        document.amend(|fields| parts.put_into(fields))
    };
    let collection = api
        .journal()
        .edit_collection(&caller.actor(), found.id, expected.version(), edit)
        .await?;
    let changed = Json(CollectionChanged::of(&collection));
    Ok((etag(collection.version), changed))
}

impl CollectionParts {
    fn put_into(self, fields: &mut Map<String, Value>) {
        if let (Some(info), Some(Value::Object(mine))) = (self.info, fields.get_mut("info")) {
            let parts = [("name", info.name), ("description", info.description)];
            for (key, text) in parts {
                if let Some(text) = text {
                    mine.insert(key.to_owned(), text.into());
                }
            }
        }
        match self.auth {
            Some(Value::Null) => drop(fields.shift_remove("auth")),
            Some(auth) => drop(fields.insert("auth".to_owned(), auth)),
            None => {}
        }
        if let Some(event) = self.event {
            fields.insert("event".to_owned(), objects(event));
        }
        if let Some(given) = self.variable {
            let mine = fields
                .entry("variable")
                .or_insert_with(|| objects(Vec::new()));
            if !mine.is_array() {
                *mine = objects(Vec::new());
            }
            let Some(mine) = mine.as_array_mut() else {
                return;
            };
            for variable in given {
                let same = |it: &&mut Value| it.get("key") == variable.get("key");
                match mine.iter_mut().find(same).and_then(Value::as_object_mut) {
                    Some(old) => old.extend(variable),
                    None => mine.push(variable.into()),
                }
            }
        }
    }
}

fn objects(list: Vec<Map<String, Value>>) -> Value {
    list.into_iter().map(Value::Object).collect()
}
