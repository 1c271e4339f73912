//! `/collections/{uid}/{kind}/{item}/comments`.

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
use crate::routes::collections::items::{kind_of, without_owner};
use crate::shapes::comment::{CommentAnswer, CommentBody, CommentList};

/// Lists the comments on a folder, a request or a saved response.
#[utoipa::path(
    get, path = "/collections/{uid}/{kind}/{item}/comments", tag = "comments",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The collection's uid or id."),
        ("kind" = String, Path, description = "`folders`, `requests` or `responses`."),
        ("item" = String, Path, description = "Its uid or id."),),
    responses((status = 200, description = "The oldest first.", body = CommentList)),
)]
pub(crate) async fn list_item_comments(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText((uid, kind, item)): PathText<(String, String, String)>,
) -> Result<Json<CommentList>, ApiError> {
    let subject = subject(&api, &caller, &uid, &kind, &item).await?;
    super::list(&api, &caller, &subject).await
}

/// Adds a comment on a folder, a request or a saved response.
#[utoipa::path(
    post, path = "/collections/{uid}/{kind}/{item}/comments", tag = "comments",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id."),
        ("kind" = String, Path, description = "`folders`, `requests` or `responses`."),
        ("item" = String, Path, description = "Its uid or id."),),
    request_body = CommentBody,
    responses((status = 201, description = "It was added.", body = CommentAnswer)),
)]
pub(crate) async fn create_item_comment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText((uid, kind, item)): PathText<(String, String, String)>,
    JsonBody(body): JsonBody<CommentBody>,
) -> Result<(StatusCode, Json<CommentAnswer>), ApiError> {
    let subject = subject(&api, &caller, &uid, &kind, &item).await?;
    super::create(&api, &caller, &subject, body).await
}

/// Changes a comment of your own on a folder, a request or a saved response.
#[utoipa::path(
    put, path = "/collections/{uid}/{kind}/{item}/comments/{comment}", tag = "comments",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id."),
        ("kind" = String, Path, description = "`folders`, `requests` or `responses`."),
        ("item" = String, Path, description = "Its uid or id."),
        ("comment" = i64, Path, description = "The comment's id."),),
    request_body = CommentBody,
    responses((status = 200, description = "It was changed.", body = CommentAnswer)),
)]
pub(crate) async fn update_item_comment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText((uid, kind, item, id)): PathText<(String, String, String, String)>,
    JsonBody(body): JsonBody<CommentBody>,
) -> Result<Json<CommentAnswer>, ApiError> {
    let subject = subject(&api, &caller, &uid, &kind, &item).await?;
    super::update(&api, &caller, &subject, &id, body).await
}

/// Deletes a comment of your own; the first of a thread with all of it.
#[utoipa::path(
    delete, path = "/collections/{uid}/{kind}/{item}/comments/{comment}", tag = "comments",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The collection's uid or id."),
        ("kind" = String, Path, description = "`folders`, `requests` or `responses`."),
        ("item" = String, Path, description = "Its uid or id."),
        ("comment" = i64, Path, description = "The comment's id."),),
    responses((status = 204, description = "It was deleted.")),
)]
pub(crate) async fn delete_item_comment(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText((uid, kind, item, id)): PathText<(String, String, String, String)>,
) -> Result<StatusCode, ApiError> {
    let subject = subject(&api, &caller, &uid, &kind, &item).await?;
    super::delete(&api, &caller, &subject, &id).await
}

async fn subject(
    api: &Api,
    caller: &Identity,
    uid: &str,
    kind: &str,
    item: &str,
) -> Result<Subject, ApiError> {
    let kind = kind_of(kind)?;
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, caller, uid).await?;
    Ok(Subject {
        collection: found.id,
        item: Some((kind, without_owner(item).to_owned())),
    })
}
