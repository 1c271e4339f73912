//! Who is signed in, and with what password.

use std::time::Duration;

use postern_model::{AuditAction, ContentHash, Session, SessionId};

use super::agent;
use crate::entry::{Entry, touched};
use crate::keys::new_token;
use crate::{Actor, Journal, JournalError};

/// How long a session lasts that is not ended.
pub const SESSION_LASTS: Duration = Duration::from_hours(30 * 24);

impl Journal {
    /// Signs somebody in who has proved who it is. What the cookie is to hold is answered once and not kept.
    pub async fn open_session(&self, actor: &Actor) -> Result<(Session, String), JournalError> {
        let mut entry = self.entry().await?;
        let (session, token) = entry.begin_session(actor, false).await?;
        let message = format!("{} signed in", actor.name);
        entry.audit(actor, AuditAction::SignedIn, message).await?;
        entry.finish().await?;
        Ok((session, token))
    }

    /// Notes that somebody gave a wrong password for this user.
    pub async fn refuse_session(&self, actor: &Actor) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let message = format!("Somebody gave a wrong password for {}", actor.name);
        entry
            .audit(actor, AuditAction::SignInFailed, message)
            .await?;
        entry.finish().await
    }

    /// Ends one of the actor's sessions.
    pub async fn close_session(&self, actor: &Actor, id: SessionId) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let mut sessions = entry.tx.sessions();
        let gone = sessions.delete(actor.team, actor.user, id).await?;
        touched(gone, "session")?;
        let message = format!("{} signed out", actor.name);
        entry.audit(actor, AuditAction::SignedOut, message).await?;
        entry.changes_people();
        entry.finish().await
    }

    /// Gives the actor a password, by its hash, and ends the actor's sessions, but for the one that asks.
    pub async fn set_password(
        &self,
        actor: &Actor,
        hash: &str,
        kept: Option<SessionId>,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        if let Some(kept) = kept {
            let mut sessions = entry.tx.sessions();
            sessions.spend_link(actor.team, actor.user, kept).await?;
        }
        let message = format!("{} changed the password", actor.name);
        entry.put_password(actor, hash, kept, message).await?;
        entry.finish().await
    }

    /// The same for an actor who came by a one-time link and does not know the password until now; once in a session.
    pub async fn reset_password(
        &self,
        actor: &Actor,
        hash: &str,
        kept: SessionId,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let mut sessions = entry.tx.sessions();
        // Another node may have seen it done already.
        let may = sessions.spend_link(actor.team, actor.user, kept).await?;
        touched(may, "session that a link began")?;
        let message = format!("{} set a new password by a link", actor.name);
        entry.put_password(actor, hash, Some(kept), message).await?;
        entry.finish().await
    }
}

impl Entry<'_> {
    async fn put_password(
        &mut self,
        actor: &Actor,
        hash: &str,
        kept: Option<SessionId>,
        message: String,
    ) -> Result<(), JournalError> {
        let there = self.tx.users().set_password(actor.user, hash).await?;
        touched(there, "user")?;
        let mut sessions = self.tx.sessions();
        sessions.delete_of(actor.team, actor.user, kept).await?;
        let mut links = self.tx.sign_in_links();
        links.delete_of(actor.team, actor.user).await?;
        self.audit(actor, AuditAction::PasswordChanged, message)
            .await?;
        self.changes_people();
        Ok(())
    }

    /// Writes a new session, and takes away those whose time is over; what the cookie is to hold.
    pub(super) async fn begin_session(
        &mut self,
        actor: &Actor,
        by_link: bool,
    ) -> Result<(Session, String), JournalError> {
        let now = self.now;
        let token = new_token("ses_", self.journal.parts.random.as_ref());
        let session = Session {
            id: SessionId(self.id()),
            hash: ContentHash::of(token.as_bytes()),
            team: actor.team,
            user: actor.user,
            agent: agent(&actor.origin),
            created_at: now,
            used_at: now,
            expires_at: now + SESSION_LASTS,
            by_link,
        };
        self.tx.sessions().expire(now).await?;
        self.tx.sessions().insert(&session).await?;
        Ok((session, token))
    }
}
