//! `DELETE /collections/{uid}/{kind}/{item}`.

use axum::Json;
use axum::extract::State;
use postern_collection::{Document, EditError};
use serde_json::Value;

use super::{id_in, kind_of};
use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{IfMatch, PathText};
use crate::shapes::item::{ItemAnswer, Whose};

/// Deletes a folder, a request or a saved response, with all that lies in it.
///
/// It can be had back from the collection's versions (`POST /collections/{uid}/restore`).
#[utoipa::path(
    delete, path = "/collections/{uid}/{kind}/{item}", tag = "collections",
    security(("api_key" = ["editor"])),
    params(
        ("uid" = String, Path, description = "The collection's uid or id."),
        ("kind" = String, Path, description = "`folders`, `requests` or `responses`."),
        ("item" = String, Path, description = "Its uid or id."),
        IfMatch,
    ),
    responses((status = 200, description = "It was deleted.", body = ItemAnswer)),
)]
pub(crate) async fn delete_item(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText((uid, kind, item)): PathText<(String, String, String)>,
    expected: IfMatch,
) -> Result<Json<ItemAnswer>, ApiError> {
    let kind = kind_of(&kind)?;
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    drop(tx);
    let mut removed = Value::Null;
    let edit = |document: &mut Document| -> Result<(), EditError> {
        removed = document.remove(kind, id_in(document, kind, &item))?;
        Ok(())
    };
    let collection = api
        .journal()
        .edit_collection(&caller.actor(), found.id, expected.version(), edit)
        .await?;
    let whose = Whose::new(&collection, kind, None, caller.user.id);
    let mut answer = ItemAnswer::of(&whose, &removed, "destroy");
    answer.only_ids();
    Ok(Json(answer))
}
