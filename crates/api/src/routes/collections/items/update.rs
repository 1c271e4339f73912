//! `PUT /collections/{uid}/{kind}/{item}`.

use axum::Json;
use axum::extract::State;
use postern_collection::{Document, EditError, merged};
use serde_json::{Map, Value};

use super::{check, id_in, kind_of};
use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{IfMatch, PathText};
use crate::shapes::item::{ItemAnswer, ItemBody, Whose};

/// Changes a folder, a request or a saved response.
///
/// As in Postman's API only the fields that the body names are changed. All else stays as it was, also what Postern does not know.
#[utoipa::path(
    put, path = "/collections/{uid}/{kind}/{item}", tag = "collections",
    security(("api_key" = ["editor"])),
    params(
        ("uid" = String, Path, description = "The collection's uid or id."),
        ("kind" = String, Path, description = "`folders`, `requests` or `responses`."),
        ("item" = String, Path, description = "Its uid or id."),
        IfMatch,
    ),
    request_body = ItemBody,
    responses((status = 200, description = "It was changed.", body = ItemAnswer)),
)]
pub(crate) async fn update_item(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText((uid, kind, item)): PathText<(String, String, String)>,
    expected: IfMatch,
    JsonBody(given): JsonBody<Map<String, Value>>,
) -> Result<Json<ItemAnswer>, ApiError> {
    let kind = kind_of(&kind)?;
    check(kind, &given)?;
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    drop(tx);
    let mut changed = (Value::Null, None);
    let edit = |document: &mut Document| -> Result<(), EditError> {
        let id = id_in(document, kind, &item);
        document.update(kind, id, |old| merged(kind, Some(old), &given))?;
        let place = document.item(kind, id)?;
        changed = (place.node.clone(), place.parent_id().map(str::to_owned));
        Ok(())
    };
    let collection = api
        .journal()
        .edit_collection(&caller.actor(), found.id, expected.version(), edit)
        .await?;
    let (node, parent) = changed;
    let whose = Whose::new(&collection, kind, parent.as_deref(), caller.user.id);
    Ok(Json(ItemAnswer::of(&whose, &node, "update")))
}
