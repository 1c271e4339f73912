//! What people and their team are called.

use postern_model::{Action, Activity, AuditAction, Model, Team, User};

use super::{check_email, person, taken};
use crate::activity::Thing;
use crate::entry::{check_name, found};
use crate::{Actor, Journal, JournalError};

/// What somebody wants to be called; what is not named stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewNames {
    /// The name in feeds.
    pub full_name: Option<String>,
    /// Where to write to, and what to sign in with.
    pub email: Option<String>,
    /// A short name.
    pub username: Option<String>,
}

impl Journal {
    /// Gives the actor another name, or another e-mail address, which nobody else may have.
    pub async fn change_self(&self, actor: &Actor, new: NewNames) -> Result<User, JournalError> {
        let mut entry = self.entry().await?;
        let before = found(entry.tx.users().get(actor.user).await?, "user")?;
        let mut user = before.clone();
        if let Some(name) = new.full_name {
            check_name("me.fullName", &name)?;
            name.trim().clone_into(&mut user.full_name);
        }
        if let Some(name) = new.username {
            check_name("me.username", &name)?;
            name.trim().clone_into(&mut user.username);
        }
        if let Some(email) = new.email {
            email.trim().clone_into(&mut user.email);
            check_email("me.email", &user.email)?;
            let other = entry.tx.users().find_by_email(&user.email).await?;
            if other.is_some_and(|other| other.id != user.id) {
                return Err(taken("take this e-mail address"));
            }
        }
        if user == before {
            return Ok(user);
        }
        entry.tx.users().update(&user).await?;
        let mut changed = Vec::new();
        if user.full_name != before.full_name {
            changed.push(format!("name ({} before)", before.full_name));
        }
        if user.email != before.email {
            changed.push(format!("e-mail address ({} before)", before.email));
        }
        if user.username != before.username {
            changed.push("username".to_owned());
        }
        let message = format!("{} changed the own {}", user.full_name, changed.join(", "));
        let activity = Activity {
            message,
            ..person(&user).was(actor, Action::Update, entry.now)
        };
        let action = AuditAction::MemberChanged;
        entry.tell_and_audit(actor, action, activity).await?;
        entry.changes_people();
        entry.finish().await?;
        Ok(user)
    }

    /// Gives the actor's team another name.
    pub async fn rename_team(&self, actor: &Actor, name: &str) -> Result<Team, JournalError> {
        check_name("team.name", name)?;
        let mut entry = self.entry().await?;
        let mut team = found(entry.tx.teams().get(actor.team).await?, "team")?;
        if team.name == name.trim() {
            return Ok(team);
        }
        let before = std::mem::replace(&mut team.name, name.trim().to_owned());
        entry.tx.teams().rename(team.id, &team.name).await?;
        let message = format!("{} renamed the team {before} to {}", actor.name, team.name);
        let thing = Thing {
            model: Model::Team,
            name: &team.name,
            uid: team.id.to_string(),
            workspace: None,
        };
        let activity = Activity {
            message,
            ..thing.was(actor, Action::Rename, entry.now)
        };
        let action = AuditAction::TeamRenamed;
        entry.tell_and_audit(actor, action, activity).await?;
        entry.finish().await?;
        Ok(team)
    }
}
