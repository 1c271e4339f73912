//! Comments on collections, folders, requests and responses.

pub(crate) mod of_collections;
pub(crate) mod of_items;
pub(crate) mod resolve;

use axum::Json;
use http::StatusCode;
use postern_journal::Subject;

use crate::Api;
use crate::caller::{Caller, Editor, Viewer};
use crate::error::ApiError;
use crate::params::needed;
use crate::shapes::comment::{CommentAnswer, CommentBody, CommentList};

async fn list(
    api: &Api,
    caller: &Caller<Viewer>,
    subject: &Subject,
) -> Result<Json<CommentList>, ApiError> {
    let mut tx = api.store().read().await?;
    let mut comments = tx.comments();
    let found = comments
        .list(caller.team, subject.collection, &subject.thing())
        .await?;
    Ok(Json(CommentList::of(&found)))
}

async fn create(
    api: &Api,
    caller: &Caller<Editor>,
    subject: &Subject,
    body: CommentBody,
) -> Result<(StatusCode, Json<CommentAnswer>), ApiError> {
    let said = needed("body", body.body)?;
    let journal = api.journal();
    let comment = journal
        .comment(&caller.actor(), subject, &said, body.thread_id)
        .await?;
    Ok((StatusCode::CREATED, Json(CommentAnswer::of(&comment))))
}

async fn update(
    api: &Api,
    caller: &Caller<Editor>,
    subject: &Subject,
    id: &str,
    body: CommentBody,
) -> Result<Json<CommentAnswer>, ApiError> {
    let said = needed("body", body.body)?;
    let journal = api.journal();
    let comment = journal
        .edit_comment(&caller.actor(), subject, number(id)?, &said)
        .await?;
    Ok(Json(CommentAnswer::of(&comment)))
}

async fn delete(
    api: &Api,
    caller: &Caller<Editor>,
    subject: &Subject,
    id: &str,
) -> Result<StatusCode, ApiError> {
    let journal = api.journal();
    journal
        .delete_comment(&caller.actor(), subject, number(id)?)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn number(id: &str) -> Result<i64, ApiError> {
    id.parse().map_err(|_| ApiError::not_found("comment", id))
}
