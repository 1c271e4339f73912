//! `POST /collections/{uid}/{kind}`.

use axum::Json;
use axum::extract::State;
use postern_collection::{EditError, ItemKind, merged};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{check, id_in, kind_of};
use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{IfMatch, Params, PathText};
use crate::shapes::item::{ItemAnswer, ItemBody, Whose};

/// Where the new item is put.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Inside {
    /// The folder of a new folder or request; without it, it lies in the collection itself.
    folder: Option<String>,
    /// The same, by another name.
    #[serde(rename = "folderId")]
    folder_id: Option<String>,
    /// The request of a new response.
    request: Option<String>,
}

/// Adds a folder, a request or a saved response.
///
/// The body has the fields of Postman's API (`name`, `method`, `url`, `headerData`, `dataMode`, …); a folder's may name its parent as
/// `folder`. What is added lies behind the others.
#[utoipa::path(
    post, path = "/collections/{uid}/{kind}", tag = "collections",
    security(("api_key" = ["editor"])),
    params(
        ("uid" = String, Path, description = "The collection's uid or id."),
        ("kind" = String, Path, description = "`folders`, `requests` or `responses`."),
        Inside, IfMatch,
    ),
    request_body = ItemBody,
    responses((status = 200, description = "It was added.", body = ItemAnswer)),
)]
pub(crate) async fn create_item(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText((uid, kind)): PathText<(String, String)>,
    Params(inside): Params<Inside>,
    expected: IfMatch,
    JsonBody(mut given): JsonBody<Map<String, Value>>,
) -> Result<Json<ItemAnswer>, ApiError> {
    let kind = kind_of(&kind)?;
    check(kind, &given)?;
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    drop(tx);
    let said = given.shift_remove("folder");
    let parent = match kind {
        ItemKind::Response => {
            let in_body = given.get("request").and_then(Value::as_str);
            let request = inside.request.or_else(|| in_body.map(str::to_owned));
            Some(request.ok_or_else(|| ApiError::missing("request"))?)
        }
        _ => inside
            .folder
            .or(inside.folder_id)
            .or_else(|| said.and_then(|it| it.as_str().map(str::to_owned))),
    };
    let parent_kind = match kind {
        ItemKind::Response => ItemKind::Request,
        _ => ItemKind::Folder,
    };
    let id = api.random().uuid_v4().to_string();
    let mut made = Value::Null;
    let edit = |document: &mut postern_collection::Document| -> Result<(), EditError> {
        let parent = parent
            .as_deref()
            .map(|parent| id_in(document, parent_kind, parent).to_owned());
        let mut item = merged(kind, None, &given);
        item["id"] = id.clone().into();
        document.insert(kind, parent.as_deref(), item)?;
        made = document.item(kind, &id)?.node.clone();
        Ok(())
    };
    let collection = api
        .journal()
        .edit_collection(&caller.actor(), found.id, expected.version(), edit)
        .await?;
    let parent = parent.as_deref();
    let whose = Whose::new(&collection, kind, parent, caller.user.id);
    Ok(Json(ItemAnswer::of(&whose, &made, "create")))
}
