//! `PUT /collections/{uid}`.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode};
use postern_collection::Document;

use crate::Api;
use crate::body::RawBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{IfMatch, PathText, etag};
use crate::shapes::collection::{CollectionBody, CollectionChanged};
use crate::shapes::task::{TaskBegun, TaskStatus};

/// Replaces a collection's document.
///
/// An item keeps its identity by its id; one without an id takes that of the item that stood at the same place with the same
/// name. A document that is equal to the current one makes no new version. With `Prefer: respond-async` the answer is a task, as in Postman's
/// API; it has ended by then.
#[utoipa::path(
    put, path = "/collections/{uid}", tag = "collections",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id."), IfMatch),
    request_body = CollectionBody,
    responses(
        (status = 200, description = "The document was replaced.", body = CollectionChanged),
        (status = 202, description = "The same, with `Prefer: respond-async`.", body = TaskBegun),
    ),
)]
pub(crate) async fn replace_collection(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    expected: IfMatch,
    headers: HeaderMap,
    body: RawBody,
) -> Result<Response, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    drop(tx);
    let document = Document::parse(&body)?;
    let collection = api
        .journal()
        .replace_collection(&caller.actor(), found.id, document, expected.version())
        .await?;
    if wants_task(&headers) {
        let task = TaskStatus::of(&collection);
        let begun = (StatusCode::ACCEPTED, Json(TaskBegun { task }));
        return Ok(begun.into_response());
    }
    let changed = Json(CollectionChanged::of(&collection));
    Ok((etag(collection.version), changed).into_response())
}

/// `Prefer: respond-async`.
fn wants_task(headers: &HeaderMap) -> bool {
    let wishes = headers.get_all("prefer").into_iter();
    let mut wishes = wishes
        .filter_map(|value: &HeaderValue| value.to_str().ok())
        .flat_map(|value| value.split(','));
    wishes.any(|wish| wish.trim().eq_ignore_ascii_case("respond-async"))
}
