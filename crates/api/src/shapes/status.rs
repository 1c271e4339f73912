//! How the server stands.

use postern_model::Timestamp;
use postern_storage::Node;
use serde::Serialize;
use utoipa::ToSchema;

/// `{"status": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct StatusAnswer {
    pub(crate) status: StatusView,
}

/// How the server stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusView {
    /// Postern's version.
    pub(crate) version: &'static str,
    /// `sqlite` or `postgresql`.
    pub(crate) engine: &'static str,
    /// How many bytes the database has.
    pub(crate) database_bytes: u64,
    /// How many it will have when it holds all days that are kept, if they are like those that it holds now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) forecast_bytes: Option<u64>,
    /// How many days deliveries that have ended are kept.
    pub(crate) kept_days: u64,
    /// Deliveries that are due at some time.
    pub(crate) scheduled: u64,
    /// Deliveries that wait for somebody.
    pub(crate) held: u64,
    /// When the first of those that are scheduled is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) oldest_due_at: Option<String>,
    /// When the first delivery ended that is still kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) oldest_kept_at: Option<String>,
    /// The servers that do the work.
    pub(crate) nodes: Vec<NodeView>,
}

/// A server.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NodeView {
    name: String,
    started_at: String,
}

impl NodeView {
    pub(crate) fn of(node: &Node) -> Self {
        Self {
            name: node.name.clone(),
            started_at: Timestamp::to_rfc3339(node.started_at),
        }
    }
}
