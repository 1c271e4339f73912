//! Where a caller may do less than the role in the team allows.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use postern_model::{Role, TeamId, UserId, WorkspaceId};
use postern_storage::{StorageError, Tx};

/// What differs from place to place. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places(Arc<Differences>);

#[derive(Debug, Default)]
struct Differences {
    /// Closed workspaces that the caller is not in, also those that are gone.
    closed: HashSet<WorkspaceId>,
    /// The most that the caller may do in workspaces that it is a member of.
    roles: HashMap<WorkspaceId, Role>,
    /// The only workspaces there are, for a key that opens some alone.
    only: Option<HashSet<WorkspaceId>>,
}

impl Places {
    /// Where a member may do what. Admins may do everything everywhere.
    pub(crate) async fn of(
        tx: &mut Tx,
        team: TeamId,
        user: UserId,
        member: Role,
        only: &[WorkspaceId],
    ) -> Result<Self, StorageError> {
        let mut differences = Differences {
            only: (!only.is_empty()).then(|| only.iter().copied().collect()),
            ..Differences::default()
        };
        if member < Role::Admin {
            let of_user = tx.workspace_members().of_user(team, user).await?;
            differences.roles = of_user.iter().map(|it| (it.workspace, it.role)).collect();
            let mut closed = tx.workspace_members().closed(team).await?;
            closed.retain(|id| !differences.roles.contains_key(id));
            differences.closed = closed.into_iter().collect();
        }
        Ok(Self(Arc::new(differences)))
    }

    /// What may be done in a workspace by who may do this in the team; `None`: it is not there for the caller.
    pub(crate) fn role_in(&self, workspace: WorkspaceId, role: Role) -> Option<Role> {
        let few = self.0.only.as_ref();
        if few.is_some_and(|few| !few.contains(&workspace)) || self.0.closed.contains(&workspace) {
            return None;
        }
        let there = self.0.roles.get(&workspace);
        Some(there.map_or(role, |there| role.min(*there)))
    }

    /// The only workspaces there are, where there are only some; in the order of their ids.
    pub(crate) fn few(&self) -> Vec<WorkspaceId> {
        let mut few: Vec<WorkspaceId> = self.0.only.iter().flatten().copied().collect();
        few.sort_unstable();
        few
    }

    /// Whether there are only some workspaces.
    pub(crate) fn are_few(&self) -> bool {
        self.0.only.is_some()
    }

    /// Whether some workspace may not be there for the caller.
    pub(crate) fn hide_some(&self) -> bool {
        self.are_few() || !self.0.closed.is_empty()
    }
}
