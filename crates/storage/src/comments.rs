//! Comments.

use postern_model::{CollectionId, Comment, TeamId, Timestamp};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{StorageError, Tx};

macro_rules! columns {
    () => {
        "team, id, collection, kind, thing, thread, body, resolved_at, created_by, created_at, updated_at"
    };
}

statements! {
    INSERT = concat!("INSERT INTO comments (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    GET = concat!("SELECT ", columns!(), " FROM comments WHERE team = $1 AND id = $2");
    LIST = concat!("SELECT ", columns!(), " FROM comments
        WHERE team = $1 AND collection = $2 AND thing = $3 ORDER BY created_at, id LIMIT $4");
    EDIT = "UPDATE comments SET body = $3, updated_at = $4 WHERE team = $1 AND id = $2";
    RESOLVE = "UPDATE comments SET resolved_at = $3 WHERE team = $1 AND thread = $2";
    DELETE = "DELETE FROM comments WHERE team = $1 AND (id = $2 OR thread = $2)";
}

/// The most comments in a list: nobody reads more.
const MOST: u32 = 1_000;

/// The table of comments.
pub struct Comments<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Comments<'_> {
    /// Adds a comment.
    pub async fn insert(&mut self, comment: &Comment) -> Result<(), StorageError> {
        self.tx
            .execute(
                &INSERT,
                args![
                    comment.team,
                    comment.id,
                    comment.collection,
                    comment.model.as_str(),
                    &comment.thing,
                    comment.thread,
                    &comment.body,
                    comment.resolved_at,
                    comment.created_by,
                    comment.created_at,
                    comment.updated_at
                ],
            )
            .await?;
        Ok(())
    }

    /// The comment of this id.
    pub async fn get(&mut self, team: TeamId, id: i64) -> Result<Option<Comment>, StorageError> {
        let row = self.tx.optional(&GET, args![team, id]).await?;
        row.as_ref().map(comment).transpose()
    }

    /// The comments on a thing, the oldest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        collection: CollectionId,
        thing: &str,
    ) -> Result<Vec<Comment>, StorageError> {
        let arguments = args![team, collection, thing, MOST];
        let rows = self.tx.all(&LIST, arguments).await?;
        rows.iter().map(comment).collect()
    }

    /// Has a comment say something else.
    pub async fn edit(
        &mut self,
        team: TeamId,
        id: i64,
        body: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.tx.execute(&EDIT, args![team, id, body, now]).await?;
        Ok(())
    }

    /// Settles a conversation; whether there is one.
    pub async fn resolve(
        &mut self,
        team: TeamId,
        thread: i64,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let touched = self.tx.execute(&RESOLVE, args![team, thread, now]).await?;
        Ok(touched > 0)
    }

    /// Takes away a comment; the first of a conversation with all of it.
    pub async fn delete(&mut self, team: TeamId, id: i64) -> Result<(), StorageError> {
        self.tx.execute(&DELETE, args![team, id]).await?;
        Ok(())
    }
}

fn comment(row: &Row) -> Result<Comment, StorageError> {
    Ok(Comment {
        id: row.get("id")?,
        team: row.get("team")?,
        collection: row.get("collection")?,
        model: row.get("kind")?,
        thing: row.get("thing")?,
        thread: row.get("thread")?,
        body: row.get("body")?,
        resolved_at: row.get("resolved_at")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
