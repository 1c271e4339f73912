#![doc = include_str!("../README.md")]

mod activity;
mod bell;
mod collections;
mod comments;
mod custom;
mod deliveries;
mod door;
mod entry;
mod environments;
mod error;
mod fan_out;
mod globals;
mod ids;
mod integrations;
mod keys;
mod monitors;
mod payload;
mod people;
mod replays;
mod runs;
mod setup;
mod tags;
mod workspaces;

pub use bell::{Bell, Bells, LaneBell, Rung};
pub use collections::{Spot, Target, Transfer};
pub use comments::Subject;
pub use door::{Actor, Journal, Origin};
pub use error::JournalError;
pub use integrations::{NewIntegration, NewSecret, Trouble};
pub use keys::NewKey;
pub use monitors::NewMonitor;
pub use people::{NewMember, SESSION_LASTS};
pub use replays::NewReplay;
pub use setup::{FirstStart, Founded};
pub use tags::Tagged;
pub use workspaces::NewWorkspace;
