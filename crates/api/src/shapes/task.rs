//! Tasks: what Postman's API does in the background. Here they have ended when they are first heard of.

use postern_model::Collection;
use serde::Serialize;
use utoipa::ToSchema;

/// `{"task": {"id", "status": "completed", "details": {…}}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaskAnswer {
    task: TaskView,
}

/// A task.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaskView {
    id: String,
    /// `completed`.
    status: &'static str,
    details: TaskDetails,
}

/// What the task has made.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaskDetails {
    resources: Vec<TaskResource>,
}

/// A thing that it made.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaskResource {
    /// `collection`.
    r#type: &'static str,
    /// Its uid.
    id: String,
}

impl TaskAnswer {
    /// The task that made this copy.
    pub(crate) fn of_copy(copy: &Collection) -> Self {
        Self {
            task: TaskView {
                id: copy.id.to_string(),
                status: "completed",
                details: TaskDetails {
                    resources: vec![TaskResource {
                        r#type: "collection",
                        id: copy.uid().to_string(),
                    }],
                },
            },
        }
    }
}

/// `{"id", "status": "successful"}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaskStatus {
    id: String,
    /// `successful`.
    status: &'static str,
}

impl TaskStatus {
    /// The task that updated this collection.
    pub(crate) fn of(collection: &Collection) -> Self {
        Self {
            id: collection.id.to_string(),
            status: "successful",
        }
    }
}

/// `{"task": {"id", "status"}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaskBegun {
    pub(crate) task: TaskStatus,
}
