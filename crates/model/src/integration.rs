//! Integrations: a connector, an event kind, a filter, and where to send it.

use serde::{Deserialize, Serialize};

use crate::{
    Action, CollectionId, EventKind, IntegrationConfig, IntegrationId, Model, MonitorId, TeamId,
    Timestamp, UserId, WorkspaceId,
};

/// A configured connector.
#[derive(Debug, Clone, PartialEq)]
pub struct Integration {
    /// The integration's id.
    pub id: IntegrationId,
    /// Whose it is.
    pub team: TeamId,
    /// What people call it.
    pub name: String,
    /// The catalogue entry, such as `webhooks`.
    pub connector: String,
    /// What it tells.
    pub event: EventKind,
    /// Only what happens in this workspace, where one is named.
    pub workspace: Option<WorkspaceId>,
    /// Only what is about this collection, where one is named.
    pub collection: Option<CollectionId>,
    /// Only what is about this monitor, where one is named.
    pub monitor: Option<MonitorId>,
    /// Where and how to send. Sealed in the database, open here.
    pub config: IntegrationConfig,
    /// What to send, and when.
    pub options: IntegrationOptions,
    /// Whether it sends.
    pub status: IntegrationStatus,
    /// The signing secrets that are still valid, newest first. Sealed in the database, open here.
    pub secrets: Vec<SigningSecret>,
    /// The shard whose owner is its only sender.
    pub shard: i16,
    /// When its receiver first answered 410; the second such answer, 60 s later or more, disables it.
    pub first_gone_at: Option<Timestamp>,
    /// Since when it has had no success, and how many attempts have failed since.
    pub failing_since: Option<Timestamp>,
    /// Attempts without a success in between.
    pub failed_attempts: i64,
    /// Nothing is sent before this time: the receiver's `Retry-After`.
    pub not_before: Option<Timestamp>,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What to send, and when. Unknown fields name themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IntegrationOptions {
    /// Which runs are told (`monitor_results`).
    pub notify: NotifyMode,
    /// With `failures`: the first failure of a streak that is told, from 1.
    pub from: u32,
    /// With `failures`: how many of a streak are told; `None`: all of them.
    pub limit: Option<u32>,
    /// Which fields a body has.
    pub payload: PayloadForm,
    /// Whether an integration of the whole team also tells what happens in workspaces that are not open to the team.
    #[serde(
        rename = "closedWorkspaces",
        skip_serializing_if = "std::ops::Not::not"
    )]
    pub closed_workspaces: bool,
    /// What waits for what.
    pub order: Order,
    /// When a backup goes out (`collection_backup`).
    pub backup: BackupCadence,
    /// Which types of custom events; `*` stands for any characters; empty: all.
    pub types: Vec<String>,
    /// Of which actions activities are told; empty: of all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Of which kinds of things activities are told; empty: of all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<Model>,
    /// When activities are told together; `None`: each by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<DigestSchedule>,
    /// Signatures besides the one that is always there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<ExtraSignature>,
    /// Seconds after which each next attempt follows, in place of the default schedule.
    pub retries: Option<Vec<u32>>,
    /// Seconds that an attempt may take in all, 1 to 120.
    pub timeout: u32,
    /// Requests at once, 1 to 100; `None`: 8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concurrency: Option<u32>,
    /// The most attempts a second, 1 to 10,000; `None`: as many as go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<u32>,
}

impl Default for IntegrationOptions {
    fn default() -> Self {
        Self {
            notify: NotifyMode::EveryRun,
            from: 1,
            limit: None,
            payload: PayloadForm::Standard,
            closed_workspaces: false,
            order: Order::None,
            backup: BackupCadence::EveryChange,
            types: Vec::new(),
            actions: Vec::new(),
            models: Vec::new(),
            digest: None,
            signatures: Vec::new(),
            retries: None,
            timeout: 30,
            concurrency: None,
            rate: None,
        }
    }
}

/// When the activities that were gathered are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DigestSchedule {
    /// Five cron fields.
    pub cron: String,
    /// An IANA time zone.
    #[serde(default = "utc")]
    pub timezone: String,
}

fn utc() -> String {
    "UTC".to_owned()
}

/// A signature besides `v1` of Standard Webhooks, which is always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExtraSignature {
    /// `v1a` of Standard Webhooks, by a key of which the receiver needs the public half only.
    #[serde(rename = "v1a")]
    Ed25519,
    /// A header as GitHub sends it, for receivers that check that one.
    #[serde(rename = "x-hub-signature-256")]
    Hub,
}

/// Which runs of a monitor are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotifyMode {
    /// All.
    EveryRun,
    /// Of a streak of failures those numbered `from` to `from + limit - 1`, then the first success.
    Failures,
}

/// Which fields a body has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayloadForm {
    /// Exactly the documented fields.
    Standard,
    /// Those, and one field `postern` with everything else.
    Detailed,
}

/// What waits for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Nothing.
    None,
    /// One at a time for each collection or monitor.
    ByKey,
    /// One at a time.
    Strict,
}

/// When a backup goes out. The `every` and `cron` cadences of the design come with their own issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupCadence {
    /// After each change.
    EveryChange,
}

/// Whether an integration sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntegrationStatus {
    /// It sends.
    Active,
    /// Somebody paused it: what is due is held.
    Paused,
    /// Postern switched it off: what is due is held.
    Disabled {
        /// Why, as people read it.
        reason: String,
    },
}

impl IntegrationStatus {
    /// The word for it in the database and the API.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Disabled { .. } => "disabled",
        }
    }

    /// Whether it sends.
    pub fn is_active(&self) -> bool {
        matches!(self, Self::Active)
    }
}

/// A secret that signs what an integration sends.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningSecret {
    /// `whsec_` and base64, or `whsk_` and base64 for the private half of a key for `v1a`.
    pub secret: String,
    /// Until when it signs; `None`: until it is replaced.
    pub not_after: Option<Timestamp>,
}

impl std::fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningSecret")
            .field("not_after", &self.not_after)
            .finish_non_exhaustive()
    }
}
