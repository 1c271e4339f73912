//! Who belongs to which workspace.

use postern_model::{Action, Activity, AuditAction, Role, UserId, WorkspaceId, WorkspaceMember};

use super::{person, with_article};
use crate::entry::found;
use crate::{Actor, Journal, JournalError};

impl Journal {
    /// Lets members of the team into a workspace, changes what they may do there, or (without a role) takes them out.
    pub async fn set_workspace_members(
        &self,
        actor: &Actor,
        workspace: WorkspaceId,
        changes: &[(UserId, Option<Role>)],
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let (team, now) = (actor.team, entry.now);
        let place = entry.tx.workspaces().get(team, workspace).await?;
        let place = found(place, "workspace")?;
        let team_members = entry.tx.memberships().list(team).await?;
        let mut activities = Vec::new();
        for &(user, role) in changes {
            let member = team_members.iter().find(|it| it.user.id == user);
            let member = found(member, "member")?;
            let mut members = entry.tx.workspace_members();
            let before = members.list(team, workspace).await?;
            let before = before.iter().find(|it| it.user == user);
            if before.map(|it| it.role) == role {
                continue;
            }
            let (who, whom, at) = (&actor.name, &member.user.full_name, &place.name);
            let message = if let Some(role) = role {
                let new = WorkspaceMember {
                    workspace,
                    user,
                    role,
                };
                members.put(team, new, now).await?;
                format!(
                    "{who} made {whom} {} in the workspace {at}",
                    with_article(role)
                )
            } else {
                members.remove(team, workspace, user).await?;
                format!("{who} took {whom} out of the workspace {at}")
            };
            activities.push(Activity {
                workspace: Some(workspace),
                message,
                ..person(&member.user).was(actor, Action::Update, now)
            });
        }
        for activity in &activities {
            entry
                .audit(
                    actor,
                    AuditAction::WorkspaceMembersChanged,
                    &activity.message,
                )
                .await?;
        }
        entry.tell(activities).await?;
        entry.changes_people();
        entry.finish().await
    }
}
