//! Links that sign somebody in once: for the first one, and for who has no password at hand.

use std::time::Duration;

use postern_model::{AuditAction, ContentHash, Role, Session, SignInLink, TeamId, User, UserId};

use crate::entry::{Entry, found};
use crate::keys::new_token;
use crate::{Actor, Journal, JournalError, Origin};

/// How long a link can be used that somebody asked for.
const LINK_LASTS: Duration = Duration::from_hours(1);
/// How long the first start's link can be used.
pub(crate) const FIRST_LINK_LASTS: Duration = Duration::from_hours(24);

/// Somebody whom a link has signed in.
#[derive(Debug, Clone)]
pub struct LetIn {
    /// The session that has begun.
    pub session: Session,
    /// What the cookie is to hold.
    pub token: String,
    /// Who it is.
    pub user: User,
    /// The role in the team.
    pub role: Role,
}

impl Journal {
    /// Makes a link that signs somebody of the actor's team in, once, within an hour. What it holds is answered once and not kept.
    pub async fn make_sign_in_link(
        &self,
        actor: &Actor,
        user: UserId,
    ) -> Result<String, JournalError> {
        let mut entry = self.entry().await?;
        let user = found(entry.tx.users().get(user).await?, "user")?;
        let token = entry.link(actor.team, user.id, LINK_LASTS).await?;
        let message = format!(
            "{} made a link that signs {} in",
            actor.name, user.full_name
        );
        let action = AuditAction::SignInLinkCreated;
        entry.audit(actor, action, message).await?;
        entry.finish().await?;
        Ok(token)
    }

    /// Signs in whoever has a link. It opens nothing afterwards, and `None` says that it opened nothing before.
    pub async fn sign_in_by_link(
        &self,
        token: &str,
        origin: Origin,
    ) -> Result<Option<LetIn>, JournalError> {
        let mut entry = self.entry().await?;
        let hash = ContentHash::of(token.as_bytes());
        let link = entry.tx.sign_in_links().take(hash).await?;
        let Some(link) = link.filter(|link| entry.now < link.expires_at) else {
            return Ok(None);
        };
        let user = entry.tx.users().get(link.user).await?;
        let role = entry.tx.memberships().role(link.team, link.user).await?;
        let (Some(user), Some(role)) = (user, role) else {
            return Ok(None);
        };
        let actor = Actor {
            team: link.team,
            user: user.id,
            name: user.full_name.clone(),
            origin,
        };
        let (session, token) = entry.begin_session(&actor, true).await?;
        let message = format!("{} signed in by a link", actor.name);
        entry.audit(&actor, AuditAction::SignedIn, message).await?;
        entry.finish().await?;
        Ok(Some(LetIn {
            session,
            token,
            user,
            role,
        }))
    }
}

impl Entry<'_> {
    /// Writes a new link, and takes away those whose time is over.
    pub(crate) async fn link(
        &mut self,
        team: TeamId,
        user: UserId,
        lasts: Duration,
    ) -> Result<String, JournalError> {
        let token = new_token("in_", self.journal.parts.random.as_ref());
        let link = SignInLink {
            hash: ContentHash::of(token.as_bytes()),
            team,
            user,
            created_at: self.now,
            expires_at: self.now + lasts,
        };
        let now = self.now;
        self.tx.sign_in_links().expire(now).await?;
        self.tx.sign_in_links().insert(&link).await?;
        Ok(token)
    }
}
