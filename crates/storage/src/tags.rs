//! Tags: the words that collections and workspaces are found by.

use postern_model::TeamId;
use uuid::Uuid;

use crate::argument::args;
use crate::statement::statements;
use crate::{StorageError, Tx};

statements! {
    OF = "SELECT slug FROM tags WHERE team = $1 AND thing = $2 ORDER BY place";
    CLEAR = "DELETE FROM tags WHERE team = $1 AND thing = $2";
    ADD = "INSERT INTO tags (team, thing, slug, kind, place) VALUES ($1, $2, $3, $4, $5)";
    TAGGED = "SELECT thing, kind FROM tags
        WHERE team = $1 AND slug = $2 AND thing > $3 AND (kind = $4 OR $4 IS NULL) ORDER BY thing LIMIT $5";
}

/// The table of tags.
pub struct Tags<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Tags<'_> {
    /// The tags of a thing, in the order in which they were given.
    pub async fn of(&mut self, team: TeamId, thing: Uuid) -> Result<Vec<String>, StorageError> {
        let rows = self.tx.all(&OF, args![team, thing]).await?;
        rows.iter().map(|row| row.get("slug")).collect()
    }

    /// Gives a thing of this kind these tags, instead of those that it has.
    pub async fn put(
        &mut self,
        team: TeamId,
        thing: Uuid,
        kind: &str,
        slugs: &[String],
    ) -> Result<(), StorageError> {
        self.tx.execute(&CLEAR, args![team, thing]).await?;
        for (place, slug) in (0_i64..).zip(slugs) {
            self.tx
                .execute(&ADD, args![team, thing, slug, kind, place])
                .await?;
        }
        Ok(())
    }

    /// Things with this tag, of this kind where one is named, behind the thing of an id: each with its kind.
    pub async fn tagged(
        &mut self,
        team: TeamId,
        slug: &str,
        kind: Option<&str>,
        behind: Uuid,
        limit: u32,
    ) -> Result<Vec<(Uuid, String)>, StorageError> {
        let rows = self
            .tx
            .all(&TAGGED, args![team, slug, behind, kind, limit])
            .await?;
        rows.iter()
            .map(|row| Ok((row.get("thing")?, row.get("kind")?)))
            .collect()
    }
}
