//! Ids are types, so that a delivery can't be looked up with a monitor's id.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Random, Timestamp};

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, ordered by time (UUIDv7).
            pub fn new(now: Timestamp, random: &dyn Random) -> Self {
                Self(random.uuid_v7(now))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

uuid_ids! {
    /// A team: the owner of everything else.
    TeamId,
    /// A workspace: a folder of collections, environments and monitors inside a team.
    WorkspaceId,
    /// A collection; the second half of its uid.
    CollectionId,
    /// One immutable state of a collection.
    VersionId,
    /// An environment; the second half of its uid.
    EnvironmentId,
    /// A monitor; the second half of its uid.
    MonitorId,
    /// One go of a collection.
    RunId,
    /// Something that webhooks may tell.
    EventId,
    /// A configured connector.
    IntegrationId,
    /// One event for one integration.
    DeliveryId,
    /// One request made for a delivery.
    AttemptId,
    /// One line of the feed.
    ActivityId,
    /// An API key, not the key itself.
    ApiKeyId,
    /// A session, not what its cookie holds.
    SessionId,
    /// An invitation, not what its link holds.
    InvitationId,
    /// A line of the audit log.
    AuditEntryId,
    /// Where collections come from by themselves.
    SourceId,
    /// A receiver of the house's own.
    InboxId,
    /// A request that has come to an inbox.
    InboxRequestId,
    /// An address that others call, signed; not what it holds.
    IncomingHookId,
    /// Many deliveries that are made again.
    ReplayId,
    /// A running server process.
    NodeId,
}

/// A user's id: a number, because Postman's API and uids have it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserId(pub i64);

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The SHA-256 of a stored body: equal content is stored once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub [u8; 32]);

impl ContentHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest;
        Self(sha2::Sha256::digest(bytes).into())
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}
