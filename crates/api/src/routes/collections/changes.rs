//! `GET /collections/{uid}/versions/{number}/changes`.

use axum::Json;
use axum::extract::State;
use postern_collection::{Document, diff};
use postern_model::Collection;
use postern_storage::Tx;
use serde::Deserialize;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::{Params, PathText};
use crate::shapes::change::{ChangeList, ChangeView};
use crate::shapes::collection::VersionView;

/// What the version is compared with.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Between {
    /// The number of an earlier version; without it, the one before.
    from: Option<i64>,
    /// Only changes of the item of this id.
    item: Option<String>,
}

/// Lists what a version changed, item by item and field by field.
///
/// Scripts and bodies of more than a line have `diff`, their lines as `diff -u` writes them.
#[utoipa::path(
    get, path = "/collections/{uid}/versions/{number}/changes", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(
        ("uid" = String, Path, description = "The collection's uid or id."),
        ("number" = i64, Path, description = "The version's number, from 1."),
        Between,
    ),
    responses((status = 200, description = "In the order of the document; what was deleted last.", body = ChangeList)),
)]
pub(crate) async fn list_changes(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText((uid, number)): PathText<(String, String)>,
    Params(between): Params<Between>,
) -> Result<Json<ChangeList>, ApiError> {
    let missing = || ApiError::not_found("version", &number);
    let to: i64 = number.parse().map_err(|_| missing())?;
    let from = between.from.unwrap_or(to - 1);
    if from >= to || from < 0 {
        let why = format!("must be a version before {to}");
        return Err(ApiError::invalid("from", why));
    }
    let mut tx = api.store().read().await?;
    let collection = find::collection(&mut tx, &caller, &uid).await?;
    let (version, new) = version(&mut tx, &collection, to).await?;
    let changes = if from == 0 {
        Vec::new()
    } else {
        let (_, old) = self::version(&mut tx, &collection, from).await?;
        drop(tx);
        diff(&old, &new).changes
    };
    let wanted = |id: Option<&String>| between.item.is_none() || id == between.item.as_ref();
    let changes = changes.iter().filter(|change| wanted(change.id.as_ref()));
    Ok(Json(ChangeList {
        version,
        from,
        changes: changes
            .map(|change| ChangeView::of(&collection, change))
            .collect(),
    }))
}

async fn version(
    tx: &mut Tx,
    collection: &Collection,
    number: i64,
) -> Result<(VersionView, Document), ApiError> {
    let missing = || ApiError::not_found("version", number);
    let (team, id) = (collection.team, collection.id);
    let version = tx
        .versions()
        .get(team, id, number)
        .await?
        .ok_or_else(missing)?;
    let bytes = tx.blobs().get(version.hash).await?.ok_or_else(missing)?;
    Ok((VersionView::of(&version), Document::parse(&bytes)?))
}
