//! Browsers' sessions: who is signed in, with what.

use postern_model::{Session, SessionId, Team, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::caller::{By, Identity};
use crate::shapes::user::Me;

/// The body that signs in.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct SignIn {
    pub(crate) email: String,
    pub(crate) password: String,
}

/// The body that signs in by a link.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct LinkBody {
    /// What stands behind the `#` of the link.
    pub(crate) token: String,
}

/// The body that changes a password.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewPassword {
    /// The one until now; whoever has none yet, or came by a one-time link within the last hour, needs none.
    #[serde(default)]
    pub(crate) current_password: Option<String>,
    /// 8 to 256 characters.
    pub(crate) new_password: String,
}

/// `{"session": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionAnswer {
    pub(crate) session: SessionView,
}

/// Who is signed in, and what the browser sends along.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionView {
    /// `session` or `key`.
    by: &'static str,
    /// What goes into `X-CSRF-Token` with each call that changes something; not there for a key, which needs none.
    #[serde(skip_serializing_if = "Option::is_none")]
    csrf_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    /// Whether `PUT /me/password` needs no `currentPassword`: there is none yet, or a one-time link began the session within the
    /// last hour.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    may_reset_password: bool,
    #[serde(flatten)]
    me: Me,
}

impl SessionView {
    /// The caller.
    pub(crate) fn of(identity: &Identity, team: &Team, may_reset_password: bool) -> Self {
        let me = Me::of(identity, team);
        match &identity.by {
            By::Key { expires_at, .. } => Self {
                by: "key",
                csrf_token: None,
                expires_at: expires_at.map(Timestamp::to_rfc3339),
                may_reset_password: false,
                me,
            },
            By::Session {
                expires_at,
                csrf_token,
                ..
            } => Self {
                by: "session",
                csrf_token: Some(csrf_token.clone()),
                expires_at: Some(expires_at.to_rfc3339()),
                may_reset_password,
                me,
            },
        }
    }
}

/// `{"sessions": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionList {
    pub(crate) sessions: Vec<SessionLine>,
}

/// A browser in which the caller is signed in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionLine {
    id: String,
    /// The program, as it calls itself.
    user_agent: String,
    created_at: String,
    /// To the minute.
    last_used_at: String,
    expires_at: String,
    /// Whether it is the one that asks.
    current: bool,
}

impl SessionLine {
    /// The session's line; `current` is the one that asks.
    pub(crate) fn of(session: &Session, current: Option<SessionId>) -> Self {
        Self {
            id: session.id.to_string(),
            user_agent: session.agent.clone(),
            created_at: session.created_at.to_rfc3339(),
            last_used_at: session.used_at.to_rfc3339(),
            expires_at: session.expires_at.to_rfc3339(),
            current: current == Some(session.id),
        }
    }
}
