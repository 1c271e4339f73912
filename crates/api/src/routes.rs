//! One endpoint, one file: `routes/<resource>/<verb>.rs`, each read top to bottom.

pub(crate) mod about;
pub(crate) mod activities;
pub(crate) mod api_keys;
pub(crate) mod audit_logs;
pub(crate) mod collections;
pub(crate) mod comments;
pub(crate) mod deleted_collections;
pub(crate) mod deliveries;
pub(crate) mod environments;
pub(crate) mod events;
pub(crate) mod forks;
pub(crate) mod health;
pub(crate) mod imports;
pub(crate) mod integrations;
pub(crate) mod invitations;
pub(crate) mod me;
pub(crate) mod monitors;
pub(crate) mod replays;
pub(crate) mod runs;
pub(crate) mod session;
pub(crate) mod status;
pub(crate) mod tags;
pub(crate) mod transfers;
pub(crate) mod users;
pub(crate) mod webhooks;
pub(crate) mod workspaces;
