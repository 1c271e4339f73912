//! Workspaces, in Postman's shapes.

pub(crate) mod activities;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod globals;
pub(crate) mod list;
pub(crate) mod roles;
pub(crate) mod update;

use postern_model::WorkspaceKind;

use crate::error::ApiError;

/// The kind of that word.
fn kind_of(word: &str) -> Result<WorkspaceKind, ApiError> {
    WorkspaceKind::parse(word).ok_or_else(|| {
        ApiError::invalid("type", "must be personal, team, private, public or partner")
    })
}
