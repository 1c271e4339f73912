#![doc = include_str!("../README.md")]

mod activities;
mod api_keys;
mod argument;
mod attempts;
mod audit_log;
mod blobs;
mod collections;
mod comments;
mod deleted;
mod deliveries;
mod dialect;
mod environments;
mod error;
mod events;
mod forks;
mod globals;
mod group;
mod hooks;
mod idempotency;
mod integrations;
mod invitations;
mod leases;
mod listener;
mod memberships;
mod migration;
mod monitors;
mod nodes;
mod pagination;
mod purge;
mod replays;
mod row;
mod rows;
mod runs;
mod sessions;
mod settings;
mod sources;
mod statement;
mod store;
mod subscribers;
mod tags;
mod teams;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod users;
mod versions;
mod watch;
mod workspace_members;
mod workspaces;

pub use activities::{Activities, ActivityFilter};
pub use api_keys::ApiKeys;
pub use attempts::Attempts;
pub use audit_log::{AuditFilter, AuditLog};
pub use blobs::{Blobs, Packed};
pub use collections::{CollectionFilter, Collections};
pub use comments::Comments;
pub use deleted::{DeletedCollection, DeletedCollections};
pub use deliveries::{
    BATCH, Chosen, Deliveries, DeliveryFilter, DeliveryRecord, DeliveryStateName, DueDelivery,
    Ending, Finished, Next, OwingLane, Redelivered,
};
pub use environments::{EnvironmentFilter, Environments};
pub use error::{DatabaseTrouble, StorageError};
pub use events::{Events, Said, Says};
pub use forks::Forks;
pub use globals::Globals;
pub use group::{CutOff, Group, Together};
pub use hooks::Hooks;
pub use idempotency::{Claim, IdempotencyKey, IdempotencyKeys, StoredAnswer};
pub use integrations::{IntegrationFilter, Integrations, SendState, Standing, Subject, Subscriber};
pub use invitations::Invitations;
pub use leases::Leases;
pub use listener::Listener;
pub use memberships::{Member, Memberships};
pub use migration::{Migrated, MigrationError};
pub use monitors::{DueMonitor, MonitorFilter, Monitors};
pub use nodes::{Node, Nodes};
pub use pagination::{Page, PageRequest};
pub use purge::Purge;
pub use replays::{Replays, RunningReplay};
pub use runs::{ClaimedRun, RunFilter, Runs};
pub use sessions::Sessions;
pub use settings::Settings;
pub use sources::Sources;
pub use store::{
    EngineConfig, EngineKind, OpenError, PostgresConfig, SqliteConfig, Store, StoreConfig,
};
pub use subscribers::Subscribers;
pub use tags::Tags;
pub use teams::Teams;
pub use tx::Tx;
pub use users::Users;
pub use versions::Versions;
pub use watch::{Waiting, Watch};
pub use workspace_members::WorkspaceMembers;
pub use workspaces::Workspaces;
