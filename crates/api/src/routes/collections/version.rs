//! `GET /collections/{uid}/versions/{number}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::collection::{VersionAnswer, VersionView};

/// Shows a collection as it was in one version.
#[utoipa::path(
    get, path = "/collections/{uid}/versions/{number}", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(
        ("uid" = String, Path, description = "The collection's uid or id."),
        ("number" = i64, Path, description = "The version's number, from 1."),
    ),
    responses((status = 200, description = "The version and its document.", body = VersionAnswer)),
)]
pub(crate) async fn get_version(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText((uid, number)): PathText<(String, String)>,
) -> Result<Json<VersionAnswer>, ApiError> {
    let missing = || ApiError::not_found("version", &number);
    let parsed = number.parse().map_err(|_| missing())?;
    let mut tx = api.store().read().await?;
    let collection = find::collection(&mut tx, &caller, &uid).await?;
    let version = tx
        .versions()
        .get(caller.team, collection.id, parsed)
        .await?
        .ok_or_else(missing)?;
    let document = tx.blobs().get(version.hash).await?.ok_or_else(missing)?;
    Ok(Json(VersionAnswer {
        version: VersionView::of(&version),
        collection: serde_json::from_slice(&document).map_err(ApiError::server)?,
    }))
}
