//! `/collections/{uid}/comments`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use postern_journal::Subject;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor, Identity, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::comment::{CommentAnswer, CommentBody, CommentList};

/// Lists the comments on a collection.
#[utoipa::path(
    get, path = "/collections/{uid}/comments", tag = "comments",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The collection's uid or id."),),
    responses((status = 200, description = "The oldest first.", body = CommentList)),
)]
pub(crate) async fn list_collection_comments(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
) -> Result<Json<CommentList>, ApiError> {
    let subject = subject(&api, &caller, &uid).await?;
    super::list(&api, &caller, &subject).await
}

/// Adds a comment on a collection.
#[utoipa::path(
    post, path = "/collections/{uid}/comments", tag = "comments",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id."),),
    request_body = CommentBody,
    responses((status = 201, description = "It was added.", body = CommentAnswer)),
)]
pub(crate) async fn create_collection_comment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    JsonBody(body): JsonBody<CommentBody>,
) -> Result<(StatusCode, Json<CommentAnswer>), ApiError> {
    let subject = subject(&api, &caller, &uid).await?;
    super::create(&api, &caller, &subject, body).await
}

/// Changes a comment of your own on a collection.
#[utoipa::path(
    put, path = "/collections/{uid}/comments/{comment}", tag = "comments",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id."),
        ("comment" = i64, Path, description = "The comment's id."),),
    request_body = CommentBody,
    responses((status = 200, description = "It was changed.", body = CommentAnswer)),
)]
pub(crate) async fn update_collection_comment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText((uid, id)): PathText<(String, String)>,
    JsonBody(body): JsonBody<CommentBody>,
) -> Result<Json<CommentAnswer>, ApiError> {
    let subject = subject(&api, &caller, &uid).await?;
    super::update(&api, &caller, &subject, &id, body).await
}

/// Deletes a comment of your own; the first of a thread with all of it.
#[utoipa::path(
    delete, path = "/collections/{uid}/comments/{comment}", tag = "comments",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id."),
        ("comment" = i64, Path, description = "The comment's id."),),
    responses((status = 204, description = "It was deleted.")),
)]
pub(crate) async fn delete_collection_comment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText((uid, id)): PathText<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let subject = subject(&api, &caller, &uid).await?;
    super::delete(&api, &caller, &subject, &id).await
}

async fn subject(api: &Api, caller: &Identity, uid: &str) -> Result<Subject, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, caller, uid).await?;
    Ok(Subject {
        collection: found.id,
        item: None,
    })
}
