//! Verbs on people: invitations, members, and what an auditor asks for. Sessions are in [`sessions`], the links
//! that begin one in [`links`], what people are called in [`names`], who belongs to which workspace in [`places`].

pub(crate) mod links;
mod names;
mod places;
mod sessions;

use std::time::Duration;

use postern_model::{
    Action, Activity, AuditAction, AuditEntry, AuditEntryId, ContentHash, Invitation, InvitationId,
    Model, Role, User, UserId,
};

pub use self::links::LetIn;
pub use self::names::NewNames;
pub use self::sessions::SESSION_LASTS;

use crate::activity::Thing;
use crate::entry::{Entry, check_name, check_text, found, touched};
use crate::keys::new_token;
use crate::told::Topic;
use crate::{Actor, Journal, JournalError, Origin};

/// How long an invitation's link can be used.
const INVITATION_LASTS: Duration = Duration::from_hours(7 * 24);
/// What can't be done with an address that somebody has.
const WITH_ADDRESS: &str = "let somebody in with this e-mail address";
/// The most characters of a program's name that are kept.
const AGENT_CHARS: usize = 300;

/// Somebody who comes to a team.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// The name in feeds.
    pub full_name: String,
    /// Where to write to, and what to sign in with; an invitation that names one is for that one alone.
    pub email: Option<String>,
    /// The hash of the password.
    pub password_hash: Option<String>,
    /// From where.
    pub origin: Origin,
}

impl Journal {
    /// Makes a link that lets somebody into the team, once, within a week. What the link holds is answered once and not kept.
    pub async fn invite(
        &self,
        actor: &Actor,
        email: Option<String>,
        role: Role,
    ) -> Result<(Invitation, String), JournalError> {
        let email = email.unwrap_or_default().trim().to_owned();
        if !email.is_empty() {
            check_email("invitation.email", &email)?;
        }
        let mut entry = self.entry().await?;
        if !email.is_empty() && entry.tx.users().find_by_email(&email).await?.is_some() {
            return Err(taken(WITH_ADDRESS));
        }
        let token = new_token("inv_", self.parts.random.as_ref());
        let invitation = Invitation {
            id: InvitationId(entry.id()),
            team: actor.team,
            hash: ContentHash::of(token.as_bytes()),
            email,
            role,
            created_by: actor.user,
            created_at: entry.now,
            expires_at: entry.now + INVITATION_LASTS,
        };
        let now = entry.now;
        entry.tx.invitations().expire(now).await?;
        entry.tx.invitations().insert(&invitation).await?;
        let message = match invitation.email.as_str() {
            "" => format!("{} invited somebody as {}", actor.name, role.as_str()),
            email => format!("{} invited {email} as {}", actor.name, role.as_str()),
        };
        let activity = Activity {
            message,
            ..thing_of(&invitation).was(actor, Action::Create, now)
        };
        let action = AuditAction::InvitationCreated;
        entry.tell_and_audit(actor, action, activity).await?;
        entry.finish().await?;
        Ok((invitation, token))
    }

    /// Takes an invitation back: its link opens nothing from now on.
    pub async fn withdraw_invitation(
        &self,
        actor: &Actor,
        id: InvitationId,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let all = entry.tx.invitations().list(actor.team).await?;
        let invitation = found(all.into_iter().find(|it| it.id == id), "invitation")?;
        let gone = entry.tx.invitations().delete(actor.team, id).await?;
        touched(gone, "invitation")?;
        let activity = thing_of(&invitation).was(actor, Action::Delete, entry.now);
        let action = AuditAction::InvitationDeleted;
        entry.tell_and_audit(actor, action, activity).await?;
        entry.finish().await
    }

    /// Makes whoever has an invitation's link a member. The link opens nothing afterwards.
    pub async fn accept_invitation(
        &self,
        token: &str,
        new: NewMember,
    ) -> Result<Actor, JournalError> {
        check_name("fullName", &new.full_name)?;
        let mut entry = self.entry().await?;
        let hash = ContentHash::of(token.as_bytes());
        let invitation = entry.tx.invitations().find_by_hash(hash).await?;
        let invitation = invitation.filter(|it| entry.now < it.expires_at);
        let invitation = found(invitation, "invitation")?;
        let email = if invitation.email.is_empty() {
            new.email.unwrap_or_default().trim().to_owned()
        } else {
            invitation.email.clone()
        };
        check_email("email", &email)?;
        if entry.tx.users().find_by_email(&email).await?.is_some() {
            return Err(taken(WITH_ADDRESS));
        }
        let mut open = entry.tx.invitations();
        let gone = open.delete(invitation.team, invitation.id).await?;
        touched(gone, "invitation")?;
        let user = User {
            id: self.new_user_id(&mut entry).await?,
            username: email.split('@').next().unwrap_or_default().to_owned(),
            email,
            full_name: new.full_name.trim().to_owned(),
            created_at: entry.now,
        };
        let actor = Actor {
            team: invitation.team,
            user: user.id,
            name: user.full_name.clone(),
            origin: new.origin,
        };
        entry.tx.users().insert(&user).await?;
        if let Some(hash) = &new.password_hash {
            entry.tx.users().set_password(user.id, hash).await?;
        }
        entry.joins(&actor, &user, invitation.role).await?;
        entry.finish().await?;
        Ok(actor)
    }

    /// Makes somebody a member whose address another service vouches for: by an invitation for that address, or in the oldest team with this
    /// role. `None`: neither.
    pub async fn join_by_address(
        &self,
        new: NewMember,
        role: Option<Role>,
    ) -> Result<Option<Actor>, JournalError> {
        check_name("fullName", &new.full_name)?;
        let email = new.email.unwrap_or_default().trim().to_owned();
        check_email("email", &email)?;
        let mut entry = self.entry().await?;
        if entry.tx.users().find_by_email(&email).await?.is_some() {
            return Err(taken(WITH_ADDRESS));
        }
        let mut place = None;
        for team in entry.tx.teams().list().await? {
            let offered = entry.tx.invitations().list(team.id).await?;
            let now = entry.now;
            let for_it =
                |it: &&Invitation| now < it.expires_at && it.email.eq_ignore_ascii_case(&email);
            if let Some(invitation) = offered.iter().find(for_it) {
                let mut open = entry.tx.invitations();
                let gone = open.delete(team.id, invitation.id).await?;
                touched(gone, "invitation")?;
                place = Some((team.id, invitation.role));
                break;
            }
            // The oldest, where nobody invites.
            place = place.or(role.map(|role| (team.id, role)));
        }
        let Some((team, role)) = place else {
            return Ok(None);
        };
        let user = User {
            id: self.new_user_id(&mut entry).await?,
            username: email.split('@').next().unwrap_or_default().to_owned(),
            email,
            full_name: new.full_name.trim().to_owned(),
            created_at: entry.now,
        };
        let actor = Actor {
            team,
            user: user.id,
            name: user.full_name.clone(),
            origin: new.origin,
        };
        entry.tx.users().insert(&user).await?;
        entry.joins(&actor, &user, role).await?;
        entry.finish().await?;
        Ok(Some(actor))
    }

    /// Gives a member another role. A team keeps an admin.
    pub async fn change_role(
        &self,
        actor: &Actor,
        user: UserId,
        role: Role,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let (member, before) = entry.member(actor, user, role < Role::Admin).await?;
        if before == role {
            return Ok(());
        }
        let now = entry.now;
        let mut memberships = entry.tx.memberships();
        memberships.put(actor.team, user, role, now).await?;
        let message = format!(
            "{} made {} {} ({} before)",
            actor.name,
            member.full_name,
            with_article(role),
            before.as_str()
        );
        let activity = Activity {
            message,
            ..person(&member).was(actor, Action::Update, now)
        };
        let action = AuditAction::MemberRoleChanged;
        entry.tell_and_audit(actor, action, activity).await?;
        entry.changes_people();
        entry.finish().await
    }

    /// Takes somebody out of the team: keys and sessions open nothing from now on. What the person made stays.
    pub async fn remove_member(&self, actor: &Actor, user: UserId) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let (member, _) = entry.member(actor, user, true).await?;
        let team = actor.team;
        entry.tx.api_keys().delete_of(team, user).await?;
        entry.tx.sessions().delete_of(team, user, None).await?;
        entry.tx.sign_in_links().delete_of(team, user).await?;
        entry.tx.workspace_members().remove_of(team, user).await?;
        let gone = entry.tx.memberships().remove(team, user).await?;
        touched(gone, "member")?;
        let message = format!("{} removed {} from the team", actor.name, member.full_name);
        let activity = Activity {
            message,
            ..person(&member).was(actor, Action::Delete, entry.now)
        };
        let action = AuditAction::MemberRemoved;
        entry.tell_and_audit(actor, action, activity).await?;
        entry.changes_people();
        entry.finish().await
    }

    /// A number that no user has: eight digits, as Postman's user ids have.
    async fn new_user_id(&self, entry: &mut Entry<'_>) -> Result<UserId, JournalError> {
        loop {
            let id = UserId(user_number(self.parts.random.u64()));
            if entry.tx.users().get(id).await?.is_none() {
                return Ok(id);
            }
        }
    }
}

/// Eight digits.
pub(crate) fn user_number(random: u64) -> i64 {
    i64::try_from(random % 90_000_000).unwrap_or(0) + 10_000_000
}

impl Entry<'_> {
    /// Makes a user a member, and tells so.
    async fn joins(&mut self, actor: &Actor, user: &User, role: Role) -> Result<(), JournalError> {
        let now = self.now;
        let mut memberships = self.tx.memberships();
        memberships.put(actor.team, user.id, role, now).await?;
        let message = format!("{} joined the team as {}", actor.name, role.as_str());
        let activity = Activity {
            message,
            ..person(user).was(actor, Action::Create, now)
        };
        let action = AuditAction::MemberJoined;
        self.tell_and_audit(actor, action, activity).await?;
        self.changes_people();
        Ok(())
    }

    /// A member of the actor's team and the role. Where an admin is to be less, another must be left.
    async fn member(
        &mut self,
        actor: &Actor,
        user: UserId,
        lessens: bool,
    ) -> Result<(User, Role), JournalError> {
        // Two admins who lessen each other at once would leave none.
        self.tx.teams().lock(actor.team).await?;
        let all = self.tx.memberships().list(actor.team).await?;
        let admins = all.iter().filter(|it| it.role == Role::Admin).count();
        let member = found(all.into_iter().find(|it| it.user.id == user), "member")?;
        if lessens && member.role == Role::Admin && admins == 1 {
            return Err(JournalError::Conflict {
                doing: "change or remove the team's only admin",
                because: "make somebody else an admin first",
            });
        }
        Ok((member.user, member.role))
    }

    /// Tells an activity, and writes what it says into the audit log too.
    pub(crate) async fn tell_and_audit(
        &mut self,
        actor: &Actor,
        action: AuditAction,
        activity: Activity,
    ) -> Result<(), JournalError> {
        let message = activity.message.clone();
        self.tell(vec![activity]).await?;
        self.audit(actor, action, message).await
    }

    /// Writes a line of the audit log.
    pub(crate) async fn audit(
        &mut self,
        actor: &Actor,
        action: AuditAction,
        message: impl Into<String>,
    ) -> Result<(), JournalError> {
        let message: String = message.into();
        let entry = AuditEntry {
            id: AuditEntryId(self.id()),
            team: actor.team,
            action,
            user: actor.user,
            user_name: actor.name.clone(),
            message: message.replace('\0', "\u{fffd}"),
            address: actor.origin.address.clone(),
            agent: agent(&actor.origin),
            created_at: self.now,
        };
        self.tx.audit_log().insert(&entry).await?;
        self.changed(actor.team, Topic::Activities);
        Ok(())
    }
}

/// As much of a program's name as is kept.
fn agent(origin: &Origin) -> String {
    let kept = origin.agent.chars().take(AGENT_CHARS);
    kept.filter(|it| *it != '\0').collect()
}

/// An e-mail address: something, an at sign, something. Whether anybody reads what is sent there only sending shows.
fn check_email(field: &'static str, email: &str) -> Result<(), JournalError> {
    check_text(field, email)?;
    let parts = email.rsplit_once('@');
    let fits = parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    if fits && email.len() <= 254 && !email.contains(char::is_whitespace) {
        Ok(())
    } else {
        let problem = "not an e-mail address (name@host, at most 254 characters)";
        Err(JournalError::invalid(field, problem))
    }
}

fn taken(doing: &'static str) -> JournalError {
    JournalError::Conflict {
        doing,
        because: "somebody has it already",
    }
}

fn with_article(role: Role) -> &'static str {
    match role {
        Role::Viewer => "a viewer",
        Role::Editor => "an editor",
        Role::Admin => "an admin",
    }
}

fn person(user: &User) -> Thing<'_> {
    Thing {
        model: Model::Member,
        name: &user.full_name,
        uid: user.id.to_string(),
        workspace: None,
    }
}

fn thing_of(invitation: &Invitation) -> Thing<'_> {
    Thing {
        model: Model::Invitation,
        name: if invitation.email.is_empty() {
            "for somebody"
        } else {
            &invitation.email
        },
        uid: invitation.id.to_string(),
        workspace: None,
    }
}
