//! Forks of environments, in Postman's shapes.

use postern_model::{Environment, EnvironmentFork};
use serde::Serialize;
use utoipa::ToSchema;

use super::fork::ForkMeta;

/// `{"environment": {"uid", "name", "forkName"}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnvironmentForked {
    environment: ForkedEnvironment,
}

/// A fork.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ForkedEnvironment {
    uid: String,
    name: String,
    fork_name: String,
}

impl EnvironmentForked {
    /// The fork, and what it is called.
    pub(crate) fn of(made: &Environment, fork: &EnvironmentFork) -> Self {
        Self {
            environment: ForkedEnvironment {
                uid: made.uid().to_string(),
                name: made.name.clone(),
                fork_name: fork.label.clone(),
            },
        }
    }
}

/// `{"data": […], "meta": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnvironmentForkList {
    pub(crate) data: Vec<EnvironmentForkView>,
    pub(crate) meta: ForkMeta,
}

/// A fork of an environment.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EnvironmentForkView {
    /// The fork's uid.
    fork_id: String,
    /// Its label.
    fork_name: String,
    created_at: String,
    /// The name of whoever made it.
    created_by: String,
    updated_at: String,
}

impl EnvironmentForkView {
    /// The fork in a list.
    pub(crate) fn of(fork: &EnvironmentFork, made: &Environment, maker: Option<String>) -> Self {
        Self {
            fork_id: made.uid().to_string(),
            fork_name: fork.label.clone(),
            created_at: fork.created_at.to_rfc3339(),
            created_by: maker.unwrap_or_else(|| fork.created_by.to_string()),
            updated_at: made.updated_at.to_rfc3339(),
        }
    }
}

/// `{"environment": {"uid"}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnvironmentMerged {
    environment: MergedEnvironment,
}

/// What has taken.
#[derive(Serialize, ToSchema)]
pub(crate) struct MergedEnvironment {
    uid: String,
}

impl EnvironmentMerged {
    /// The environment that has taken.
    pub(crate) fn of(environment: &Environment) -> Self {
        Self {
            environment: MergedEnvironment {
                uid: environment.uid().to_string(),
            },
        }
    }
}
