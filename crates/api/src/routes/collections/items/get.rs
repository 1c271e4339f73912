//! `GET /collections/{uid}/{kind}/{item}`.

use axum::Json;
use axum::extract::State;
use postern_collection::Document;
use serde::Deserialize;

use super::{id_in, kind_of};
use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::{Params, PathText};
use crate::shapes::item::{ItemAnswer, Whose};

/// How much is told.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct How {
    /// Only what holds ids.
    ids: Option<bool>,
    /// Ids as uids, with the owner before them.
    uid: Option<bool>,
    /// Also all that lies in it.
    populate: Option<bool>,
}

/// Shows a folder, a request or a saved response.
#[utoipa::path(
    get, path = "/collections/{uid}/{kind}/{item}", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(
        ("uid" = String, Path, description = "The collection's uid or id."),
        ("kind" = String, Path, description = "`folders`, `requests` or `responses`."),
        ("item" = String, Path, description = "Its uid or id."),
        How,
    ),
    responses((status = 200, description = "It, in the flat form of Postman's API.", body = ItemAnswer)),
)]
pub(crate) async fn get_item(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText((uid, kind, item)): PathText<(String, String, String)>,
    Params(how): Params<How>,
) -> Result<Json<ItemAnswer>, ApiError> {
    let kind = kind_of(&kind)?;
    let mut tx = api.store().read().await?;
    let collection = find::collection(&mut tx, &caller, &uid).await?;
    let bytes = find::document(&mut tx, &collection).await?;
    let version = tx
        .versions()
        .get(caller.team, collection.id, collection.version)
        .await?;
    let by = version.map_or(collection.owner, |version| version.created_by);
    drop(tx);
    let document = Document::parse(&bytes)?;
    let place = document.item(kind, id_in(&document, kind, &item))?;
    let whose = Whose::new(&collection, kind, place.parent_id(), by);
    let mut answer = ItemAnswer::of(&whose, place.node, "find");
    if how.populate == Some(true) {
        answer.populate(&whose, place.node);
    }
    if how.ids == Some(true) {
        answer.only_ids();
    }
    if how.uid == Some(true) {
        answer.as_uids(&whose);
    }
    Ok(Json(answer))
}
