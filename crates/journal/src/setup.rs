//! The first start: a team, an admin and a workspace in an empty database.

use postern_model::{
    ApiKey, ApiKeyId, ContentHash, Role, Team, TeamId, User, UserId, Workspace, WorkspaceId,
    WorkspaceKind,
};

use crate::keys::prefix;
use crate::people::links::FIRST_LINK_LASTS;
use crate::people::user_number;
use crate::{Actor, Journal, JournalError, Origin};

/// What an empty database begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstStart {
    /// The team's name.
    pub team: String,
    /// The admin's name.
    pub admin: String,
    /// The admin's e-mail address.
    pub email: String,
    /// The admin's first API key, of 32 characters or more.
    pub key: Option<String>,
}

impl Default for FirstStart {
    fn default() -> Self {
        Self {
            team: "My team".to_owned(),
            admin: "Admin".to_owned(),
            email: "admin@localhost".to_owned(),
            key: None,
        }
    }
}

/// What the first start made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founded {
    /// The admin, ready to act.
    pub admin: Actor,
    /// The first workspace.
    pub workspace: WorkspaceId,
    /// What a link holds that signs the admin in, once, within 24 hours. It is not kept.
    pub link: String,
}

impl Journal {
    /// Makes a team, an admin and a first workspace, if the database has no team; `None` if it has.
    pub async fn first_start(&self, wanted: &FirstStart) -> Result<Option<Founded>, JournalError> {
        if wanted
            .key
            .as_ref()
            .is_some_and(|key| key.chars().count() < 32)
        {
            return Err(JournalError::invalid(
                "the first API key",
                "it needs 32 characters or more",
            ));
        }
        let mut entry = self.entry().await?;
        if !entry.tx.teams().is_empty().await? {
            return Ok(None);
        }
        let now = entry.now;
        let team = Team {
            id: TeamId(entry.id()),
            name: wanted.team.clone(),
            domain: "postern".to_owned(),
            created_at: now,
        };
        let user = User {
            id: UserId(user_number(self.parts.random.u64())),
            username: "admin".to_owned(),
            email: wanted.email.clone(),
            full_name: wanted.admin.clone(),
            created_at: now,
        };
        entry.tx.teams().insert(&team).await?;
        entry.tx.users().insert(&user).await?;
        entry
            .tx
            .memberships()
            .put(team.id, user.id, Role::Admin, now)
            .await?;
        let workspace = Workspace {
            id: WorkspaceId(entry.id()),
            team: team.id,
            name: "My workspace".to_owned(),
            kind: WorkspaceKind::Team,
            description: String::new(),
            created_by: user.id,
            created_at: now,
            updated_at: now,
        };
        entry.tx.workspaces().insert(&workspace).await?;
        if let Some(key) = &wanted.key {
            let record = ApiKey {
                id: ApiKeyId(entry.id()),
                team: team.id,
                user: user.id,
                name: "First key".to_owned(),
                role: Role::Admin,
                hash: ContentHash::of(key.as_bytes()),
                prefix: prefix(key),
                created_at: now,
                last_used_at: None,
                expires_at: None,
                workspaces: Vec::new(),
            };
            entry.tx.api_keys().insert(&record).await?;
        }
        let link = entry.link(team.id, user.id, FIRST_LINK_LASTS).await?;
        let founded = Founded {
            admin: Actor {
                team: team.id,
                user: user.id,
                name: user.full_name,
                origin: Origin::default(),
            },
            workspace: workspace.id,
            link,
        };
        entry.finish().await?;
        Ok(Some(founded))
    }
}
