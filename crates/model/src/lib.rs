#![doc = include_str!("../README.md")]

#[macro_use]
mod words;

mod activity;
mod attempt;
mod backoff;
mod clock;
mod collection;
mod comment;
mod delivery;
mod environment;
mod event;
mod event_type;
mod id;
mod inbox;
mod incoming_hook;
mod integration;
mod key;
mod monitor;
mod notify;
mod password;
mod pattern;
mod people;
mod random;
mod receiver;
mod replay;
mod retry_after;
mod role;
mod run;
mod schedule;
mod seal;
mod shard;
pub mod signature;
mod source;
mod team;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod transform;
mod uid;
mod workspace;

pub use activity::{Action, Activity, Model};
pub use attempt::{Attempt, AttemptStep, AttemptTrigger, Outcome, PhaseTimes};
pub use backoff::{InvalidRetrySchedule, LONGEST_WAIT, RetrySchedule};
pub use clock::{Clock, Timestamp};
pub use collection::{Collection, Fork, Version};
pub use comment::Comment;
pub use delivery::{Delivery, DeliveryState, HeldReason};
pub use environment::{Environment, EnvironmentFork};
pub use event::{Event, EventKind};
pub use event_type::{is_event_type, is_type_pattern};
pub use id::{
    ActivityId, ApiKeyId, AttemptId, AuditEntryId, CollectionId, ContentHash, DeliveryId,
    EnvironmentId, EventId, InboxId, InboxRequestId, IncomingHookId, IntegrationId, InvitationId,
    MonitorId, NodeId, ReplayId, RunId, SessionId, SourceId, TeamId, UserId, VersionId,
    WorkspaceId,
};
pub use inbox::{Inbox, InboxAnswer, InboxRequest, Sender, SignatureVerdict, Signed};
pub use incoming_hook::{
    CallOutcome, Heard, IncomingCall, IncomingHook, IncomingKind, IncomingTarget, InvalidBranch,
    InvalidIncomingSecret, LastCall, MAX_EVENTS, PUSH, Unsigned, check_branch,
    check_incoming_secret, is_event,
};
pub use integration::{
    BackupCadence, DigestSchedule, ExtraSignature, Integration, IntegrationOptions,
    IntegrationStatus, NotifyMode, Order, PayloadForm, SigningSecret,
};
pub use key::ApiKey;
pub use monitor::{Monitor, MonitorOptions, Notifications, Streak};
pub use notify::{InvalidNotifyPolicy, NotifyPolicy};
pub use password::{InvalidPassword, hash_password, is_password};
pub use pattern::fits_pattern;
pub use people::{AuditAction, AuditEntry, Invitation, Session, SignInLink, WorkspaceMember};
pub use random::Random;
pub use receiver::{
    ClientAuthentication, ClientCredentials, IntegrationConfig, InvalidConfig, ReceiverAuth,
    ReceiverTls, is_header_name,
};
pub use replay::{Replay, ReplayState, Selection};
pub use retry_after::RetryAfter;
pub use role::Role;
pub use run::{ConsoleLine, Execution, Failure, Run, RunDetail, RunStats, RunStatus, RunTrigger};
pub use schedule::{InvalidSchedule, Schedule};
pub use seal::{Sealer, Unsealable};
pub use shard::{Lease, SHARDS, Shard};
pub use source::{Source, SourceItem, SourceKind, SourcePlace};
pub use team::{Team, User};
pub use uid::{InvalidUid, Uid};
pub use workspace::{Workspace, WorkspaceKind};
