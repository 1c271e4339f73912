//! Comments in Postman's shape.

use postern_model::Comment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a comment is to say.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CommentBody {
    /// At most 10,000 characters.
    pub(crate) body: Option<String>,
    /// The conversation that it is an answer in.
    pub(crate) thread_id: Option<i64>,
}

/// `{"data": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct CommentAnswer {
    data: CommentView,
}

/// `{"data": […]}`, the oldest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct CommentList {
    data: Vec<CommentView>,
}

/// A comment.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CommentView {
    id: i64,
    thread_id: i64,
    /// `Open` or `Resolved`.
    status: &'static str,
    /// The user who wrote it.
    created_by: i64,
    created_at: String,
    updated_at: String,
    body: String,
}

impl CommentView {
    fn of(comment: &Comment) -> Self {
        Self {
            id: comment.id,
            thread_id: comment.thread,
            status: match comment.resolved_at {
                Some(_) => "Resolved",
                None => "Open",
            },
            created_by: comment.created_by.0,
            created_at: comment.created_at.to_rfc3339(),
            updated_at: comment.updated_at.to_rfc3339(),
            body: comment.body.clone(),
        }
    }
}

impl CommentAnswer {
    /// The comment as it is now.
    pub(crate) fn of(comment: &Comment) -> Self {
        Self {
            data: CommentView::of(comment),
        }
    }
}

impl CommentList {
    /// These comments.
    pub(crate) fn of(comments: &[Comment]) -> Self {
        Self {
            data: comments.iter().map(CommentView::of).collect(),
        }
    }
}
