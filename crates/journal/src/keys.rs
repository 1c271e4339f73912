//! Verbs on API keys.

use std::fmt::Write;

use postern_model::{
    Action, ApiKey, ApiKeyId, AuditAction, ContentHash, Model, Random, Role, Timestamp, WorkspaceId,
};

use crate::activity::Thing;
use crate::entry::{check_name, found, touched};
use crate::{Actor, Journal, JournalError};

/// How many of a key's first characters are kept to tell keys apart.
const PREFIX_CHARS: usize = 8;

/// A key as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    /// What people call it.
    pub name: String,
    /// The most that it may do.
    pub role: Role,
    /// From when on it opens nothing; `None`: never.
    pub expires_at: Option<Timestamp>,
    /// The workspaces that it opens; none named: all that its user may enter.
    pub workspaces: Vec<WorkspaceId>,
}

impl NewKey {
    /// A key of this name and role, without an end.
    pub fn new(name: impl Into<String>, role: Role) -> Self {
        Self {
            name: name.into(),
            role,
            expires_at: None,
            workspaces: Vec::new(),
        }
    }
}

impl Journal {
    /// Makes an API key for the actor; the key itself is answered once and not kept.
    pub async fn create_api_key(
        &self,
        actor: &Actor,
        new: NewKey,
    ) -> Result<(ApiKey, String), JournalError> {
        check_name("apiKey.name", &new.name)?;
        let mut entry = self.entry().await?;
        if new.expires_at.is_some_and(|at| at <= entry.now) {
            return Err(JournalError::invalid("apiKey.expiresAt", "it has passed"));
        }
        for &workspace in &new.workspaces {
            let there = entry.tx.workspaces().get(actor.team, workspace).await?;
            found(there, "workspace")?;
        }
        let key = new_token("pst_", self.parts.random.as_ref());
        let record = ApiKey {
            id: ApiKeyId(entry.id()),
            team: actor.team,
            user: actor.user,
            name: new.name,
            role: new.role,
            hash: ContentHash::of(key.as_bytes()),
            prefix: prefix(&key),
            created_at: entry.now,
            last_used_at: None,
            expires_at: new.expires_at,
            workspaces: new.workspaces,
        };
        entry.tx.api_keys().insert(&record).await?;
        let activity = thing(&record).was(actor, Action::Create, entry.now);
        let message = format!("{} ({})", activity.message, record.role.as_str());
        entry.tell(vec![activity]).await?;
        entry
            .audit(actor, AuditAction::ApiKeyCreated, message)
            .await?;
        entry.finish().await?;
        Ok((record, key))
    }

    /// Deletes an API key: it opens nothing from now on.
    pub async fn delete_api_key(&self, actor: &Actor, id: ApiKeyId) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let keys = entry.tx.api_keys().list(actor.team).await?;
        let key = found(keys.into_iter().find(|key| key.id == id), "API key")?;
        touched(entry.tx.api_keys().delete(actor.team, id).await?, "API key")?;
        let activity = thing(&key).was(actor, Action::Delete, entry.now);
        let action = AuditAction::ApiKeyDeleted;
        entry.tell_and_audit(actor, action, activity).await?;
        entry.changes_people();
        entry.finish().await
    }
}

fn thing(key: &ApiKey) -> Thing<'_> {
    Thing {
        model: Model::ApiKey,
        name: &key.name,
        uid: key.id.to_string(),
        workspace: None,
    }
}

/// What opens something: a word for what it is, and 24 random bytes in hexadecimal.
pub(crate) fn new_token(what: &str, random: &dyn Random) -> String {
    let mut bytes = [0_u8; 24];
    random.fill(&mut bytes);
    bytes.iter().fold(what.to_owned(), |mut key, byte| {
        // Writing to a string can't fail.
        let _ = write!(key, "{byte:02x}");
        key
    })
}

pub(crate) fn prefix(key: &str) -> String {
    key.chars().take(PREFIX_CHARS).collect()
}
