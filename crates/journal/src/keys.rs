//! Verbs on API keys.

use std::fmt::Write;

use postern_model::{Action, ApiKey, ApiKeyId, ContentHash, Model, Random, Role};

use crate::activity::Thing;
use crate::entry::{check_name, found, touched};
use crate::{Actor, Journal, JournalError};

/// How many of a key's first characters are kept to tell keys apart.
const PREFIX_CHARS: usize = 8;

impl Journal {
    /// Makes an API key for the actor; the key itself is answered once and not kept.
    pub async fn create_api_key(
        &self,
        actor: &Actor,
        name: impl Into<String>,
        role: Role,
    ) -> Result<(ApiKey, String), JournalError> {
        let name = name.into();
        check_name("apiKey.name", &name)?;
        let mut entry = self.entry().await?;
        let key = new_key(self.parts.random.as_ref());
        let record = ApiKey {
            id: ApiKeyId(entry.id()),
            team: actor.team,
            user: actor.user,
            name,
            role,
            hash: ContentHash::of(key.as_bytes()),
            prefix: prefix(&key),
            created_at: entry.now,
            last_used_at: None,
        };
        entry.tx.api_keys().insert(&record).await?;
        let activity = thing(&record).was(actor, Action::Create, entry.now);
        entry.tell(vec![activity]).await?;
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
        entry.tell(vec![activity]).await?;
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

/// A new key: `pst_` and 24 random bytes in hexadecimal.
fn new_key(random: &dyn Random) -> String {
    let mut bytes = [0_u8; 24];
    random.fill(&mut bytes);
    bytes.iter().fold("pst_".to_owned(), |mut key, byte| {
        // Writing to a string can't fail.
        let _ = write!(key, "{byte:02x}");
        key
    })
}

pub(crate) fn prefix(key: &str) -> String {
    key.chars().take(PREFIX_CHARS).collect()
}
