//! Incoming hooks: addresses that GitHub, GitLab and others call, signed, to have a source looked at or a monitor run.

mod branch;
mod call;
mod check;

use crate::{
    IncomingHookId, MonitorId, SigningSecret, SourceId, TeamId, Timestamp, Uid, UserId, WorkspaceId,
};

pub use self::branch::{InvalidBranch, check_branch};
pub use self::call::{Heard, IncomingCall, MAX_EVENTS, PUSH, is_event};
pub use self::check::{InvalidIncomingSecret, Unsigned, check_incoming_secret};

words! {
    /// Who calls.
    IncomingKind {
        /// GitHub.
        GitHub = "github",
        /// GitLab.
        GitLab = "gitlab",
        /// Whoever signs; all that is signed counts as a push.
        Generic = "generic",
    }
}

words! {
    /// What became of a call.
    CallOutcome {
        /// The source is looked at.
        Refresh = "refresh",
        /// The monitor runs.
        Run = "run",
        /// It said that the hook is there.
        Ping = "ping",
        /// It was right, and not for this hook.
        Ignored = "ignored",
        /// It had come before.
        Repeat = "repeat",
        /// Too many runs of the monitor wait.
        Full = "full",
        /// It was signed, and can't be read.
        Unreadable = "unreadable",
        /// It was not signed, or not by who knows the secret.
        Refused = "refused",
    }
}

/// What a call is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncomingTarget {
    /// This source is looked at.
    Source(SourceId),
    /// This monitor runs.
    Monitor {
        /// Which one.
        id: MonitorId,
        /// Whose it is, for its uid.
        owner: UserId,
    },
}

impl IncomingTarget {
    /// The source, if it is one.
    pub fn source(self) -> Option<SourceId> {
        match self {
            Self::Source(id) => Some(id),
            Self::Monitor { .. } => None,
        }
    }

    /// The monitor, if it is one.
    pub fn monitor(self) -> Option<MonitorId> {
        match self {
            Self::Source(_) => None,
            Self::Monitor { id, .. } => Some(id),
        }
    }

    /// The monitor's uid, if it is one.
    pub fn monitor_uid(self) -> Option<Uid> {
        match self {
            Self::Source(_) => None,
            Self::Monitor { id, owner } => Some(Uid {
                owner: Some(owner),
                id: id.0,
            }),
        }
    }
}

/// An incoming hook. What its address holds is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingHook {
    /// The hook's id.
    pub id: IncomingHookId,
    /// Whose it is.
    pub team: TeamId,
    /// The workspace of what it is about.
    pub workspace: WorkspaceId,
    /// What people call it.
    pub name: String,
    /// Who calls.
    pub kind: IncomingKind,
    /// What it is about.
    pub target: IncomingTarget,
    /// The secrets that calls may be signed with, the newest first. Sealed in the database, open here.
    pub secrets: Vec<SigningSecret>,
    /// The branches whose pushes are wanted, with `*` for anything; none: all.
    pub branches: Vec<String>,
    /// The events that are wanted.
    pub events: Vec<String>,
    /// The last call.
    pub last_call: Option<LastCall>,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What is known of the last call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastCall {
    /// When it came.
    pub at: Timestamp,
    /// What became of it.
    pub outcome: CallOutcome,
    /// Why, where that does not say it all.
    pub reason: Option<String>,
}
