//! Workspaces in Postman's shape.

use postern_model::{Collection, Environment, Monitor, Uid, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `{"workspaces": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkspaceList {
    pub(crate) workspaces: Vec<WorkspaceSummary>,
}

/// A workspace in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WorkspaceSummary {
    id: String,
    name: String,
    /// `personal`, `team`, `private`, `public` or `partner`.
    r#type: &'static str,
    visibility: &'static str,
    /// The id of the user who made it.
    created_by: String,
    about: String,
    created_at: String,
    updated_at: String,
}

impl WorkspaceSummary {
    /// The workspace's line in the list.
    pub(crate) fn of(workspace: &Workspace) -> Self {
        Self {
            id: workspace.id.to_string(),
            name: workspace.name.clone(),
            r#type: workspace.kind.as_str(),
            visibility: workspace.kind.as_str(),
            created_by: workspace.created_by.to_string(),
            about: workspace.description.clone(),
            created_at: workspace.created_at.to_rfc3339(),
            updated_at: workspace.updated_at.to_rfc3339(),
        }
    }
}

/// `{"workspace": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkspaceAnswer {
    pub(crate) workspace: WorkspaceView,
}

/// A workspace and what lies in it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WorkspaceView {
    id: String,
    name: String,
    r#type: &'static str,
    description: String,
    visibility: &'static str,
    created_by: String,
    about: String,
    created_at: String,
    updated_at: String,
    collections: Vec<WorkspaceElement>,
    environments: Vec<WorkspaceElement>,
    monitors: Vec<WorkspaceElement>,
}

/// A thing in a workspace.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkspaceElement {
    id: String,
    name: String,
    uid: String,
}

impl WorkspaceElement {
    fn of(name: &str, uid: Uid) -> Self {
        Self {
            id: uid.id.to_string(),
            name: name.to_owned(),
            uid: uid.to_string(),
        }
    }
}

impl WorkspaceView {
    /// The workspace with what lies in it.
    pub(crate) fn of(
        workspace: &Workspace,
        collections: &[Collection],
        environments: &[Environment],
        monitors: &[Monitor],
    ) -> Self {
        Self {
            id: workspace.id.to_string(),
            name: workspace.name.clone(),
            r#type: workspace.kind.as_str(),
            description: workspace.description.clone(),
            visibility: workspace.kind.as_str(),
            created_by: workspace.created_by.to_string(),
            about: workspace.description.clone(),
            created_at: workspace.created_at.to_rfc3339(),
            updated_at: workspace.updated_at.to_rfc3339(),
            collections: collections
                .iter()
                .map(|it| WorkspaceElement::of(&it.name, it.uid()))
                .collect(),
            environments: environments
                .iter()
                .map(|it| WorkspaceElement::of(&it.name, it.uid()))
                .collect(),
            monitors: monitors
                .iter()
                .map(|it| WorkspaceElement::of(&it.name, it.uid()))
                .collect(),
        }
    }
}

/// `{"workspace": {"id", "name"}}`, after a change.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkspaceChanged {
    workspace: WorkspaceName,
}

/// A workspace's id and name.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkspaceName {
    id: String,
    name: String,
}

impl WorkspaceChanged {
    /// The workspace as it is now.
    pub(crate) fn of(workspace: &Workspace) -> Self {
        Self {
            workspace: WorkspaceName {
                id: workspace.id.to_string(),
                name: workspace.name.clone(),
            },
        }
    }
}

/// `{"workspace": {"id"}}`, after it was deleted.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkspaceDeleted {
    workspace: WorkspaceId,
}

/// A workspace's id.
#[derive(Serialize, ToSchema)]
#[schema(as = DeletedWorkspace)]
pub(crate) struct WorkspaceId {
    id: String,
}

impl WorkspaceDeleted {
    /// The workspace that was deleted.
    pub(crate) fn of(workspace: &Workspace) -> Self {
        Self {
            workspace: WorkspaceId {
                id: workspace.id.to_string(),
            },
        }
    }
}

/// The body that makes or changes a workspace.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct WorkspaceBody {
    pub(crate) workspace: WorkspaceFields,
}

/// What people say of a workspace.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct WorkspaceFields {
    /// At most 255 characters; needed when it is made.
    pub(crate) name: Option<String>,
    /// `personal`, `team`, `private`, `public` or `partner`.
    pub(crate) r#type: Option<String>,
    /// What it is for.
    pub(crate) description: Option<String>,
    /// The same in brief; taken where there is no description.
    pub(crate) about: Option<String>,
}
