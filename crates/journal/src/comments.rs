//! Verbs on comments. They are no part of what they are about: nothing is told, and no version is made.

use postern_collection::ItemKind;
use postern_model::{CollectionId, Comment, Model};

use crate::entry::{Entry, check_text, found};
use crate::told::Topic;
use crate::{Actor, Journal, JournalError};

/// The longest comment, in characters, as in Postman.
const LONGEST: usize = 10_000;

/// What a comment is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The collection.
    pub collection: CollectionId,
    /// An item of it; nothing: the collection itself.
    pub item: Option<(ItemKind, String)>,
}

impl Subject {
    /// The id by which its comments are found.
    pub fn thing(&self) -> String {
        match &self.item {
            Some((_, id)) => id.clone(),
            None => self.collection.to_string(),
        }
    }

    fn model(&self) -> Model {
        match self.item {
            None | Some((ItemKind::Collection, _)) => Model::Collection,
            Some((ItemKind::Folder, _)) => Model::Folder,
            Some((ItemKind::Request, _)) => Model::Request,
            Some((ItemKind::Response, _)) => Model::Response,
        }
    }
}

impl Journal {
    /// Adds a comment, as an answer in a conversation where one is named.
    pub async fn comment(
        &self,
        actor: &Actor,
        subject: &Subject,
        body: &str,
        thread: Option<i64>,
    ) -> Result<Comment, JournalError> {
        check(body)?;
        let mut entry = self.entry().await?;
        let team = actor.team;
        let collection = entry.tx.collections().get(team, subject.collection).await?;
        let collection = found(collection, "collection")?;
        if let Some((kind, id)) = &subject.item {
            let document = entry.document(&collection).await?;
            document.item(*kind, id)?;
        }
        let id = number(&entry);
        if let Some(thread) = thread {
            let first = entry.tx.comments().get(team, thread).await?;
            let first = first.filter(|it| {
                it.thread == thread && it.thing == subject.thing() && it.collection == collection.id
            });
            found(first, "thread")?;
        }
        let comment = Comment {
            id,
            team,
            collection: collection.id,
            model: subject.model(),
            thing: subject.thing(),
            thread: thread.unwrap_or(id),
            body: body.to_owned(),
            resolved_at: None,
            created_by: actor.user,
            created_at: entry.now,
            updated_at: entry.now,
        };
        entry.tx.comments().insert(&comment).await?;
        entry.changed(actor.team, Topic::Activities);
        entry.finish().await?;
        Ok(comment)
    }

    /// Has one's own comment say something else.
    pub async fn edit_comment(
        &self,
        actor: &Actor,
        subject: &Subject,
        id: i64,
        body: &str,
    ) -> Result<Comment, JournalError> {
        check(body)?;
        let mut entry = self.entry().await?;
        let mut comment = entry.own_comment(actor, subject, id, "change").await?;
        let now = entry.now;
        entry.tx.comments().edit(actor.team, id, body, now).await?;
        body.clone_into(&mut comment.body);
        comment.updated_at = now;
        entry.changed(actor.team, Topic::Activities);
        entry.finish().await?;
        Ok(comment)
    }

    /// Takes away one's own comment; the first of a conversation with all of it.
    pub async fn delete_comment(
        &self,
        actor: &Actor,
        subject: &Subject,
        id: i64,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        entry.own_comment(actor, subject, id, "delete").await?;
        entry.tx.comments().delete(actor.team, id).await?;
        entry.changed(actor.team, Topic::Activities);
        entry.finish().await
    }

    /// Settles a conversation.
    pub async fn resolve_thread(&self, actor: &Actor, thread: i64) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let now = entry.now;
        let there = entry.tx.comments().resolve(actor.team, thread, now).await?;
        found(there.then_some(()), "thread")?;
        entry.changed(actor.team, Topic::Activities);
        entry.finish().await
    }
}

impl Entry<'_> {
    async fn own_comment(
        &mut self,
        actor: &Actor,
        subject: &Subject,
        id: i64,
        doing: &'static str,
    ) -> Result<Comment, JournalError> {
        let comment = self.tx.comments().get(actor.team, id).await?;
        let comment =
            comment.filter(|it| it.collection == subject.collection && it.thing == subject.thing());
        let comment = found(comment, "comment")?;
        if comment.created_by == actor.user {
            return Ok(comment);
        }
        Err(JournalError::Conflict {
            doing: match doing {
                "change" => "change the comment",
                _ => "delete the comment",
            },
            because: "somebody else wrote it",
        })
    }
}

fn check(body: &str) -> Result<(), JournalError> {
    check_text("body", body)?;
    match body.trim().chars().count() {
        0 => Err(JournalError::invalid("body", "a comment says something")),
        1..=LONGEST => Ok(()),
        _ => Err(JournalError::invalid("body", "at most 10,000 characters")),
    }
}

/// 48 random bits: small enough for JavaScript's numbers.
fn number(entry: &Entry<'_>) -> i64 {
    entry.id().as_bytes()[10..]
        .iter()
        .fold(0, |number, byte| (number << 8) | i64::from(*byte))
}
