//! Who asks, and what that person may do.
//!
//! [`authenticate`] stands in front of every route and looks the key or the session up once; a handler names the role that it
//! needs by the type of its [`Caller`], and does not run for a lesser one. Where the caller may do what is in [`places`].

pub(crate) mod cookie;
mod identify;
mod places;

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use http::request::Parts;
use postern_journal::{Actor, Origin};
use postern_model::{ApiKeyId, Role, SessionId, TeamId, Timestamp, User, WorkspaceId};

use crate::error::{ApiError, ErrorName};

pub(crate) use cookie::{csrf_token, ended_cookie, session_cookie};
pub(crate) use identify::{Peer, Refused, Sent, authenticate, origin_of};
pub(crate) use places::Places;

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    /// The team that the key or the session opens.
    pub(crate) team: TeamId,
    /// Who it is.
    pub(crate) user: User,
    /// The most that may be done.
    pub(crate) role: Role,
    /// Where less may be done than that.
    pub(crate) places: Places,
    /// How this is known.
    pub(crate) by: By,
    /// From where.
    pub(crate) origin: Origin,
    /// The role that the call needs.
    pub(crate) asks: Role,
}

/// How it is known who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum By {
    /// By an API key.
    Key {
        id: ApiKeyId,
        expires_at: Option<Timestamp>,
    },
    /// By a browser's session.
    Session {
        id: SessionId,
        expires_at: Timestamp,
        /// What the browser must send along with what changes something.
        csrf_token: String,
        /// Until when a new password needs no old one, where a link has begun it.
        resets_until: Option<Timestamp>,
    },
}

impl Identity {
    /// Who acts, in the journal's words.
    pub(crate) fn actor(&self) -> Actor {
        Actor {
            team: self.team,
            user: self.user.id,
            name: self.user.full_name.clone(),
            origin: self.origin.clone(),
        }
    }

    /// Whether the caller may know of what lies in this workspace.
    pub(crate) fn sees(&self, workspace: Option<WorkspaceId>) -> bool {
        match workspace {
            Some(workspace) => self.places.role_in(workspace, self.role).is_some(),
            // What concerns the whole team is not for a key that opens some workspaces.
            None => !self.places.are_few(),
        }
    }

    /// Lets the caller into a workspace with what the call needs there; `missing` where it isn't there for this caller.
    pub(crate) fn enter(
        &self,
        workspace: WorkspaceId,
        missing: impl FnOnce() -> ApiError,
    ) -> Result<(), ApiError> {
        let role = self
            .places
            .role_in(workspace, self.role)
            .ok_or_else(missing)?;
        if role < self.asks {
            return Err(too_low(self.asks, role, " in this workspace"));
        }
        Ok(())
    }

    /// The same caller for a part of the call that only reads.
    pub(crate) fn reading(&self) -> Self {
        Self {
            asks: Role::Viewer,
            ..self.clone()
        }
    }

    /// Refuses a key that opens some workspaces alone: what the call does concerns the whole team.
    pub(crate) fn whole_team(&self) -> Result<(), ApiError> {
        if self.places.are_few() {
            return Err(ApiError::new(
                ErrorName::Forbidden,
                "this call concerns the whole team, and the key is for some workspaces alone",
            ));
        }
        Ok(())
    }
}

fn too_low(needed: Role, has: Role, place: &str) -> ApiError {
    ApiError::new(
        ErrorName::Forbidden,
        format!(
            "this call needs the role {}, and the caller has the role {}{place}",
            needed.as_str(),
            has.as_str()
        ),
    )
}

/// A caller with at least the role `R`.
#[derive(Debug)]
pub(crate) struct Caller<R> {
    pub(crate) identity: Identity,
    role: PhantomData<R>,
}

impl<R> std::ops::Deref for Caller<R> {
    type Target = Identity;

    fn deref(&self) -> &Identity {
        &self.identity
    }
}

/// A role, as a type.
pub(crate) trait Needed: Send {
    /// The least role that will do.
    const ROLE: Role;
}

/// May read.
#[derive(Debug)]
pub(crate) struct Viewer;

/// May change collections, environments, monitors and integrations.
#[derive(Debug)]
pub(crate) struct Editor;

/// May do everything.
#[derive(Debug)]
pub(crate) struct Admin;

impl Needed for Viewer {
    const ROLE: Role = Role::Viewer;
}

impl Needed for Editor {
    const ROLE: Role = Role::Editor;
}

impl Needed for Admin {
    const ROLE: Role = Role::Admin;
}

impl<R: Needed, S: Sync> FromRequestParts<S> for Caller<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let Some(mut identity) = parts.extensions.get::<Identity>().cloned() else {
            let refused = parts.extensions.get::<Refused>().copied();
            return Err(refused.unwrap_or(Refused::Nobody).told());
        };
        if let By::Session { csrf_token, .. } = &identity.by
            && !parts.method.is_safe()
            && !cookie::carries(&parts.headers, csrf_token)
        {
            return Err(ApiError::new(
                ErrorName::Forbidden,
                "a browser's session changes something only with its X-CSRF-Token (GET /api/session has it)",
            ));
        }
        if identity.role < R::ROLE {
            return Err(too_low(R::ROLE, identity.role, ""));
        }
        if R::ROLE == Role::Admin {
            identity.whole_team()?;
        }
        identity.asks = R::ROLE;
        Ok(Self {
            identity,
            role: PhantomData,
        })
    }
}
