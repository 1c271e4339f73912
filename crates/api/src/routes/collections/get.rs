//! `GET /collections/{uid}`.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use postern_collection::Document;
use serde::Deserialize;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::{Params, PathText, etag};
use crate::shapes::collection::{CollectionAnswer, minimal};

/// How much is told.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct How {
    /// `minimal`: only the tree of its items' ids and names.
    model: Option<String>,
}

/// Shows a collection: its whole v2.1 document.
///
/// `newman run "<server>/api/collections/<uid>?apikey=<key>"` runs it from here, and posting the answer to `/collections`
/// makes it again.
#[utoipa::path(
    get, path = "/collections/{uid}", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The collection's uid or id."), How),
    responses((status = 200, description = "The document.", body = CollectionAnswer)),
)]
pub(crate) async fn get_collection(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
    Params(how): Params<How>,
) -> Result<impl IntoResponse, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    let document = find::document(&mut tx, &found).await?;
    let collection = match how.model.as_deref() {
        Some("minimal") => minimal(&found, &Document::parse(&document)?),
        _ => serde_json::from_slice(&document).map_err(ApiError::server)?,
    };
    Ok((etag(found.version), Json(CollectionAnswer { collection })))
}
