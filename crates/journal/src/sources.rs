//! Verbs on sources: made, changed, deleted, asked for; and what a look at one has brought.

use std::collections::HashMap;
use std::time::Duration;

use postern_collection::{Document, EnvironmentDocument};
use postern_model::{
    Action, CollectionId, EnvironmentId, Model, Source, SourceId, SourceItem, SourceKind,
    SourcePlace, WorkspaceId,
};
use uuid::Uuid;

use crate::activity::{Changed, Thing};
use crate::entry::{Entry, check_name, check_text, found, touched};
use crate::told::Topic;
use crate::{Actor, Journal, JournalError, Origin};

/// The shortest pause between two looks.
const SHORTEST: u32 = 30;
/// The longest: a month.
const LONGEST: u32 = 31 * 24 * 3600;
/// The most characters of a failure that are kept.
const ERROR_CHARS: usize = 1_000;

/// A source as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSource {
    /// What people call it.
    pub name: String,
    /// Where to look.
    pub place: SourcePlace,
    /// Seconds between two looks; 0: only when somebody asks.
    pub every: u32,
}

/// Something that a look has found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What the source calls it.
    pub there: String,
    /// How it is seen there: equal to the last time, it is the same.
    pub seen: String,
    /// What it is.
    pub content: FoundContent,
}

/// What a look has found.
#[derive(Debug, Clone, PartialEq)]
pub enum FoundContent {
    /// A collection.
    Collection(Document),
    /// An environment.
    Environment(EnvironmentDocument),
    /// The same as the last time: it was not read again.
    Same(SourceKind),
}

impl FoundContent {
    fn kind(&self) -> SourceKind {
        match self {
            Self::Collection(_) => SourceKind::Collection,
            Self::Environment(_) => SourceKind::Environment,
            Self::Same(kind) => *kind,
        }
    }
}

impl Journal {
    /// Makes a source; it is looked at at once.
    pub async fn create_source(
        &self,
        actor: &Actor,
        workspace: WorkspaceId,
        new: NewSource,
    ) -> Result<Source, JournalError> {
        check(&new)?;
        let mut entry = self.entry().await?;
        let place = entry.tx.workspaces().get(actor.team, workspace).await?;
        found(place, "workspace")?;
        let source = Source {
            id: SourceId(entry.id()),
            team: actor.team,
            workspace,
            name: new.name,
            place: new.place,
            every: new.every,
            next_due_at: Some(entry.now),
            checked_at: None,
            failing_since: None,
            error: None,
            created_by: actor.user,
            created_at: entry.now,
            updated_at: entry.now,
        };
        entry.tx.sources().insert(&source).await?;
        let activity = thing(&source).was(actor, Action::Create, entry.now);
        entry.tell(vec![activity]).await?;
        entry.owes_sources(actor.team);
        entry.finish().await?;
        Ok(source)
    }

    /// Changes a source; it is looked at at once.
    pub async fn replace_source(
        &self,
        actor: &Actor,
        id: SourceId,
        new: NewSource,
    ) -> Result<Source, JournalError> {
        check(&new)?;
        let mut entry = self.entry().await?;
        let before = found(entry.tx.sources().get(actor.team, id).await?, "source")?;
        let source = Source {
            name: new.name,
            place: new.place,
            every: new.every,
            next_due_at: Some(entry.now),
            updated_at: entry.now,
            ..before.clone()
        };
        touched(entry.tx.sources().update(&source).await?, "source")?;
        let changed = Changed {
            renamed_from: (before.name != source.name).then_some(&before.name),
            otherwise: (&before.place, before.every) != (&source.place, source.every),
            ..Changed::default()
        };
        let activities = thing(&source).was_changed(actor, changed, entry.now);
        entry.tell(activities).await?;
        entry.owes_sources(actor.team);
        entry.finish().await?;
        Ok(source)
    }

    /// Deletes a source. What came from it stays, and can be changed here from now on.
    pub async fn delete_source(&self, actor: &Actor, id: SourceId) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let source = found(entry.tx.sources().get(actor.team, id).await?, "source")?;
        touched(entry.tx.sources().delete(actor.team, id).await?, "source")?;
        let activity = thing(&source).was(actor, Action::Delete, entry.now);
        entry.tell(vec![activity]).await?;
        entry.finish().await
    }

    /// Asks for a look at a source now.
    pub async fn request_sync(&self, actor: &Actor, id: SourceId) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let now = entry.now;
        let there = entry.tx.sources().set_due(actor.team, id, now).await?;
        touched(there, "source")?;
        entry.owes_sources(actor.team);
        entry.finish().await
    }

    /// Takes what a look has found, all of it or nothing: what is new is made, what is different is the next version, what is gone is deleted
    /// (a collection can be had back like any that was deleted). How many things that changed.
    pub async fn take_source(
        &self,
        source: &Source,
        items: Vec<Found>,
    ) -> Result<usize, JournalError> {
        let mut entry = self.entry().await?;
        entry.source = Some(source.id);
        let team = source.team;
        // Somebody may have deleted it, or pointed it elsewhere, during the look.
        let current = found(entry.tx.sources().get(team, source.id).await?, "source")?;
        if current.place != source.place {
            return Ok(0);
        }
        let actor = Actor {
            team,
            user: source.created_by,
            name: source.name.clone(),
            origin: Origin::default(),
        };
        let known = entry.tx.sources().items(team, source.id).await?;
        let key = |kind: SourceKind, there: &str| (kind.as_str(), there.to_owned());
        let mut left: HashMap<_, SourceItem> = known
            .into_iter()
            .map(|item| (key(item.kind, &item.there), item))
            .collect();
        let mut changed = 0;
        for item in items {
            let kind = item.content.kind();
            let before = left.remove(&key(kind, &item.there));
            if before.as_ref().is_some_and(|it| it.seen == item.seen) {
                continue;
            }
            let was = before.map(|it| it.thing);
            let thing = match item.content {
                FoundContent::Collection(document) => {
                    entry.take_collection(&actor, source, was, document).await?
                }
                FoundContent::Environment(document) => {
                    entry
                        .take_environment(&actor, source, was, document)
                        .await?
                }
                FoundContent::Same(_) => continue,
            };
            let taken = SourceItem {
                kind,
                there: item.there,
                thing,
                seen: item.seen,
            };
            entry.tx.sources().put_item(team, source.id, &taken).await?;
            changed += 1;
        }
        for gone in left.into_values() {
            entry.lose(&actor, source, &gone).await?;
            changed += 1;
        }
        let now = entry.now;
        let mut sources = entry.tx.sources();
        sources.checked(team, source.id, now, None).await?;
        if current.failing_since.is_some() {
            entry.changed(team, Topic::Activities);
        }
        entry.finish().await?;
        Ok(changed)
    }

    /// Notes why a look has failed, and tells it, if the one before did not.
    pub async fn fail_source(&self, source: &Source, error: &str) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let current = entry.tx.sources().get(source.team, source.id).await?;
        let Some(current) = current.filter(|it| it.place == source.place) else {
            return Ok(());
        };
        let (team, now) = (source.team, entry.now);
        let error: String = error.replace('\0', "\u{fffd}");
        let error: String = error.chars().take(ERROR_CHARS).collect();
        let since = current.failing_since.unwrap_or(now);
        let failing = Some((since, error.as_str()));
        entry
            .tx
            .sources()
            .checked(team, source.id, now, failing)
            .await?;
        if current.failing_since.is_none() {
            let postern = Actor::postern(team);
            let mut activity = thing(&current).was(&postern, Action::Fail, now);
            activity.message = format!(
                "{} could not read the source {}: {error}",
                postern.name, current.name
            );
            entry.tell(vec![activity]).await?;
        }
        entry.finish().await
    }
}

impl Entry<'_> {
    async fn take_collection(
        &mut self,
        actor: &Actor,
        source: &Source,
        was: Option<Uuid>,
        mut document: Document,
    ) -> Result<Uuid, JournalError> {
        if let Some(id) = was.map(CollectionId)
            && let Some(collection) = self.tx.collections().get_for_update(actor.team, id).await?
        {
            let old = self.document(&collection).await?;
            document.adopt_ids(&old);
            self.record(actor, collection, &old, document, None).await?;
            return Ok(id.0);
        }
        let own = document
            .info_id()
            .and_then(|id| id.parse().ok())
            .map(CollectionId);
        let mut id = own;
        if let Some(own) = own {
            let there = self.tx.collections().get(actor.team, own).await?.is_some();
            let deleted = self.tx.deleted_collections().get(actor.team, own).await?;
            if there || deleted.is_some() {
                id = None;
                document.forget_ids();
            }
        }
        let id = id.unwrap_or_else(|| CollectionId(self.id()));
        self.add(actor, source.workspace, id, document, None)
            .await?;
        Ok(id.0)
    }

    async fn take_environment(
        &mut self,
        actor: &Actor,
        source: &Source,
        was: Option<Uuid>,
        document: EnvironmentDocument,
    ) -> Result<Uuid, JournalError> {
        if let Some(id) = was.map(EnvironmentId)
            && let Some(environment) = self.tx.environments().get(actor.team, id).await?
        {
            self.put_environment(actor, environment, document).await?;
            return Ok(id.0);
        }
        let made = self.add_environment(actor, source.workspace, document, None);
        Ok(made.await?.id.0)
    }

    /// What the source has no more goes here too.
    async fn lose(
        &mut self,
        actor: &Actor,
        source: &Source,
        gone: &SourceItem,
    ) -> Result<(), JournalError> {
        let team = actor.team;
        let mut sources = self.tx.sources();
        sources
            .delete_item(team, source.id, gone.kind, &gone.there)
            .await?;
        match gone.kind {
            SourceKind::Collection => {
                let id = CollectionId(gone.thing);
                if let Some(collection) = self.tx.collections().get(team, id).await? {
                    self.remove_collection(actor, &collection).await?;
                }
            }
            SourceKind::Environment => {
                let id = EnvironmentId(gone.thing);
                if let Some(environment) = self.tx.environments().get(team, id).await? {
                    self.remove_environment(actor, &environment).await?;
                }
            }
        }
        Ok(())
    }

    /// Refuses to change what belongs to a source, unless it is the source that does.
    pub(crate) async fn check_owner(
        &mut self,
        actor: &Actor,
        thing: Uuid,
    ) -> Result<(), JournalError> {
        let owner = self.tx.sources().owner(actor.team, thing).await?;
        match owner {
            Some((id, name)) if self.source != Some(id) => {
                Err(JournalError::Owned { source_name: name })
            }
            _ => Ok(()),
        }
    }
}

fn check(new: &NewSource) -> Result<(), JournalError> {
    check_name("source.name", &new.name)?;
    if new.every != 0 && !(SHORTEST..=LONGEST).contains(&new.every) {
        let problem = "0 (only on demand), or 30 to 2678400 seconds (31 days)";
        return Err(JournalError::invalid("source.every", problem));
    }
    let texts: Vec<&str> = match &new.place {
        SourcePlace::Url { url, headers } => {
            let pairs = headers
                .iter()
                .flat_map(|(key, value)| [key.as_str(), value.as_str()]);
            pairs.chain([url.as_str()]).collect()
        }
        SourcePlace::Directory { path } => vec![path],
        SourcePlace::Postman {
            base_url, api_key, ..
        } => vec![base_url, api_key],
    };
    for text in texts {
        check_text("source", text)?;
    }
    Ok(())
}

/// When a source is due after a look that began at this time.
pub fn next_look(
    source: &Source,
    now: postern_model::Timestamp,
) -> Option<postern_model::Timestamp> {
    (source.every > 0).then(|| now + Duration::from_secs(source.every.into()))
}

fn thing(source: &Source) -> Thing<'_> {
    Thing {
        model: Model::Source,
        name: &source.name,
        uid: source.id.to_string(),
        workspace: Some(source.workspace),
    }
}
