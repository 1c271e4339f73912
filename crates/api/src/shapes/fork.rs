//! Forks in Postman's shapes.

use postern_model::{Collection, Fork};
use serde::Serialize;
use utoipa::ToSchema;

use crate::page::PageMeta;

/// What a collection is a fork of.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ForkInfo {
    label: String,
    created_at: String,
    /// The uid of what it grew from.
    from: String,
}

impl ForkInfo {
    /// The fork, as its collection tells it.
    pub(crate) fn of(fork: &Fork) -> Self {
        Self {
            label: fork.label.clone(),
            created_at: fork.created_at.to_rfc3339(),
            from: fork.source_uid.clone(),
        }
    }
}

/// `{"collection": {"id", "name", "fork", "uid"}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForkCreated {
    collection: ForkedCollection,
}

/// A fork.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForkedCollection {
    id: String,
    name: String,
    fork: ForkInfo,
    uid: String,
}

impl ForkCreated {
    /// The fork, and what it grew from.
    pub(crate) fn of(made: &Collection, fork: &Fork) -> Self {
        Self {
            collection: ForkedCollection {
                id: made.id.to_string(),
                name: made.name.clone(),
                fork: ForkInfo::of(fork),
                uid: made.uid().to_string(),
            },
        }
    }
}

/// `{"data": […], "meta": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForkList {
    pub(crate) data: Vec<ForkView>,
    pub(crate) meta: ForkMeta,
}

/// How many forks there are, and where the list goes on.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ForkMeta {
    total: usize,
    /// Forks of the caller that the caller may not see any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    inaccessible_fork: Option<usize>,
    #[serde(flatten)]
    page: PageMeta,
}

impl ForkMeta {
    pub(crate) fn of(total: usize, page: PageMeta) -> Self {
        Self {
            total,
            inaccessible_fork: None,
            page,
        }
    }

    pub(crate) fn with_hidden(self, hidden: usize) -> Self {
        Self {
            inaccessible_fork: Some(hidden),
            ..self
        }
    }
}

/// A fork of a collection.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ForkView {
    /// The fork's uid.
    fork_id: String,
    /// Its label.
    fork_name: String,
    created_at: String,
    /// The name of whoever made it.
    created_by: String,
}

impl ForkView {
    /// The fork in a list.
    pub(crate) fn of(fork: &Fork, made: &Collection, maker: Option<String>) -> Self {
        Self {
            fork_id: made.uid().to_string(),
            fork_name: fork.label.clone(),
            created_at: fork.created_at.to_rfc3339(),
            created_by: maker.unwrap_or_else(|| fork.created_by.to_string()),
        }
    }
}

/// `{"data": […], "meta": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnForkList {
    pub(crate) data: Vec<OwnFork>,
    pub(crate) meta: ForkMeta,
}

/// A fork of the caller's.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OwnFork {
    fork_id: String,
    fork_name: String,
    /// The uid of what it grew from.
    source_id: String,
    created_at: String,
}

impl OwnFork {
    /// The fork in a list.
    pub(crate) fn of(fork: &Fork, made: &Collection) -> Self {
        Self {
            fork_id: made.uid().to_string(),
            fork_name: fork.label.clone(),
            source_id: fork.source_uid.clone(),
            created_at: fork.created_at.to_rfc3339(),
        }
    }
}

/// `{"collection": {"id", "uid"}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct MergeAnswer {
    collection: Merged,
}

/// What was merged into.
#[derive(Serialize, ToSchema)]
pub(crate) struct Merged {
    id: String,
    uid: String,
}

impl MergeAnswer {
    /// The collection that was merged into.
    pub(crate) fn of(collection: &Collection) -> Self {
        Self {
            collection: Merged {
                id: collection.id.to_string(),
                uid: collection.uid().to_string(),
            },
        }
    }
}

/// `{"collection": {"destinationId", "sourceId"}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct PullAnswer {
    collection: Pulled,
}

/// What has taken from what.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pulled {
    /// The fork's uid.
    destination_id: String,
    /// The uid of what it grew from.
    source_id: String,
}

impl PullAnswer {
    /// The fork that has taken.
    pub(crate) fn of(made: &Collection, fork: &Fork) -> Self {
        Self {
            collection: Pulled {
                destination_id: made.uid().to_string(),
                source_id: fork.source_uid.clone(),
            },
        }
    }
}
