//! Incoming hooks: what they hold goes out once, when it is new.

use postern_journal::{Called, NewIncomingHook};
use postern_model::{CallOutcome, IncomingHook, IncomingKind, PUSH};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::params::needed;

/// `{"incomingHook": {…}}`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IncomingHookAnswer {
    pub(crate) incoming_hook: IncomingHookView,
}

/// `{"incomingHooks": […]}`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IncomingHookList {
    pub(crate) incoming_hooks: Vec<IncomingHookView>,
}

/// An incoming hook.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IncomingHookView {
    id: String,
    name: String,
    /// `github`, `gitlab` or `generic`.
    kind: &'static str,
    /// The id of the source that a call refreshes.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// The uid of the monitor that a call starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    monitor: Option<String>,
    /// The id of the workspace of what it is about.
    workspace: String,
    /// The branches whose pushes are wanted; none: all.
    branches: Vec<String>,
    events: Vec<String>,
    /// The address to call: in the answer that made it, and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// What calls are signed with: when it is new, and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    /// When the last call came.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_called_at: Option<String>,
    /// What became of it: `refresh`, `run`, `ping`, `ignored`, `repeat`, `full` (too many runs wait), `unreadable` or `refused` (its signature).
    #[serde(skip_serializing_if = "Option::is_none")]
    last_outcome: Option<&'static str>,
    /// Why, where that does not say it all.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_reason: Option<String>,
    created_by: i64,
    created_at: String,
    updated_at: String,
}

impl IncomingHookView {
    /// The hook, without what opens it.
    pub(crate) fn of(hook: &IncomingHook) -> Self {
        let last = hook.last_call.as_ref();
        Self {
            id: hook.id.to_string(),
            name: hook.name.clone(),
            kind: hook.kind.as_str(),
            source: hook.target.source().map(|id| id.to_string()),
            monitor: hook.target.monitor_uid().map(|uid| uid.to_string()),
            workspace: hook.workspace.to_string(),
            branches: hook.branches.clone(),
            events: hook.events.clone(),
            url: None,
            secret: None,
            last_called_at: last.map(|it| it.at.to_rfc3339()),
            last_outcome: last.map(|it| it.outcome.as_str()),
            last_reason: last.and_then(|it| it.reason.clone()),
            created_by: hook.created_by.0,
            created_at: hook.created_at.to_rfc3339(),
            updated_at: hook.updated_at.to_rfc3339(),
        }
    }

    /// The hook and its newest secret.
    pub(crate) fn with_secret(hook: &IncomingHook) -> Self {
        Self {
            secret: hook.secrets.first().map(|it| it.secret.clone()),
            ..Self::of(hook)
        }
    }

    /// The same with its address.
    pub(crate) fn at(self, url: String) -> Self {
        Self {
            url: Some(url),
            ..self
        }
    }
}

/// The body that makes an incoming hook.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct IncomingHookBody {
    pub(crate) incoming_hook: IncomingHookFields,
}

/// What people say of an incoming hook.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct IncomingHookFields {
    /// At most 255 characters.
    name: Option<String>,
    /// `github`, `gitlab` or `generic`.
    kind: Option<String>,
    /// The id of the source that a call refreshes.
    source: Option<String>,
    /// The uid or id of the monitor that a call starts.
    monitor: Option<String>,
    /// The secret, where the team brings its own: 16 to 255 ASCII characters. Without it, one is made: `whsec_` and base64.
    secret: Option<String>,
    /// The branches whose pushes are wanted, such as `main` or `release/*`, at most 50; none: all.
    branches: Option<Vec<String>>,
    /// The events that are wanted (`["push"]`): GitHub's words, or GitLab's in the same form; `tag_push` for tags.
    events: Option<Vec<String>>,
}

/// Of a hook that is to be made, what never changes.
pub(crate) struct Wanted {
    pub(crate) kind: IncomingKind,
    pub(crate) source: Option<String>,
    pub(crate) monitor: Option<String>,
    pub(crate) secret: Option<String>,
}

impl IncomingHookFields {
    /// The hook that is wanted.
    pub(crate) fn read(self) -> Result<(Wanted, NewIncomingHook), ApiError> {
        let name = needed("incomingHook.name", self.name)?;
        let kind = needed("incomingHook.kind", self.kind)?;
        let kind = IncomingKind::parse(&kind).ok_or_else(|| {
            ApiError::invalid("incomingHook.kind", "must be github, gitlab or generic")
        })?;
        let wanted = Wanted {
            kind,
            source: self.source,
            monitor: self.monitor,
            secret: self.secret,
        };
        let new = NewIncomingHook {
            name,
            branches: self.branches.unwrap_or_default(),
            events: self.events.unwrap_or_else(|| vec![PUSH.to_owned()]),
        };
        Ok((wanted, new))
    }
}

/// The body that changes an incoming hook.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct IncomingHookPatch {
    pub(crate) incoming_hook: IncomingHookChanges,
}

/// What of a hook can be changed. What is not named stays.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct IncomingHookChanges {
    /// At most 255 characters.
    name: Option<String>,
    /// The branches whose pushes are wanted; none: all.
    branches: Option<Vec<String>>,
    /// The events that are wanted.
    events: Option<Vec<String>>,
}

impl IncomingHookChanges {
    /// The hook that is wanted in the place of this one.
    pub(crate) fn read(self, before: &IncomingHook) -> NewIncomingHook {
        NewIncomingHook {
            name: self.name.unwrap_or_else(|| before.name.clone()),
            branches: self.branches.unwrap_or_else(|| before.branches.clone()),
            events: self.events.unwrap_or_else(|| before.events.clone()),
        }
    }
}

/// How an incoming hook's secret is replaced. All of it may be left away.
#[derive(Default, Deserialize, ToSchema)]
#[serde(
    expecting = "an object",
    rename_all = "camelCase",
    deny_unknown_fields,
    default
)]
pub(crate) struct IncomingSecretBody {
    /// The secret, where the team brings its own: 16 to 255 ASCII characters.
    pub(crate) secret: Option<String>,
    /// How long the secret before is still good, in seconds: 0 to 604800 (86400).
    pub(crate) overlap_seconds: Option<u32>,
}

/// `{"incomingHook": {"did", …}}`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IncomingHookCalledAnswer)]
pub(crate) struct CalledAnswer {
    pub(crate) incoming_hook: CalledView,
}

/// What was made of a call.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IncomingHookCalled)]
pub(crate) struct CalledView {
    /// `refresh`, `run` or `nothing`.
    did: &'static str,
    /// The id of the source that is refreshed.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// The uid of the monitor that runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    monitor: Option<String>,
    /// The id of the run: `GET /runs/{id}` tells what became of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<String>,
    /// Why nothing was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl CalledView {
    /// What was made of a call of this hook.
    pub(crate) fn of(hook: &IncomingHook, called: Called) -> Self {
        let nothing = Self {
            did: "nothing",
            source: None,
            monitor: None,
            run: None,
            reason: called.reason,
        };
        match called.outcome {
            CallOutcome::Refresh => Self {
                did: "refresh",
                source: hook.target.source().map(|id| id.to_string()),
                ..nothing
            },
            CallOutcome::Run => Self {
                did: "run",
                monitor: hook.target.monitor_uid().map(|uid| uid.to_string()),
                run: called.run.map(|id| id.to_string()),
                ..nothing
            },
            CallOutcome::Ping => Self {
                reason: Some("ping".to_owned()),
                ..nothing
            },
            _ => nothing,
        }
    }
}
