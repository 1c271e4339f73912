//! Digests: the activities that an integration tells together, gathered in the transaction in which they happen.

use postern_model::{Activity, ActivityId, IntegrationId, TeamId, Timestamp};

use crate::activities::activity;
use crate::argument::args;
use crate::statement::statements;
use crate::{StorageError, Tx};

statements! {
    // The first activity decides when all are told; the row is there until then.
    OPEN = "INSERT INTO digests (team, integration, since, due_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (team, integration) DO NOTHING";
    ADD = "INSERT INTO digest_items (team, integration, activity) VALUES ($1, $2, $3)";
    DUE = "SELECT team, integration, since, due_at FROM digests WHERE due_at <= $1 ORDER BY due_at LIMIT $2";
    NEXT = "SELECT due_at FROM digests ORDER BY due_at LIMIT 1";
    COUNT = "SELECT COUNT(*) AS count FROM digest_items WHERE team = $1 AND integration = $2";
    FIRST = "SELECT a.team, a.id, a.workspace, a.collection, a.collection_uid, a.collection_name, a.user_id, a.user_name,
            a.action, a.model, a.model_name, a.model_uid, a.message, a.version, a.detail, a.created_at
        FROM digest_items i JOIN activities a ON a.team = i.team AND a.id = i.activity
        WHERE i.team = $1 AND i.integration = $2 ORDER BY i.activity LIMIT $3";
    // Items go with their digest. Who comes second, because another node was faster, takes nothing.
    CLOSE = "DELETE FROM digests WHERE team = $1 AND integration = $2 AND due_at = $3";
}

/// What an integration has gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest {
    /// Whose it is.
    pub team: TeamId,
    /// Which integration tells it.
    pub integration: IntegrationId,
    /// When the first of it happened.
    pub since: Timestamp,
    /// When it is told.
    pub due_at: Timestamp,
}

/// The tables of digests.
pub struct Digests<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Digests<'_> {
    /// Adds activities to what an integration gathers; if these are the first, they are told at the time of this digest.
    pub async fn add(
        &mut self,
        digest: &Digest,
        activities: &[ActivityId],
    ) -> Result<(), StorageError> {
        let Digest {
            team,
            integration,
            since,
            due_at,
        } = *digest;
        self.tx
            .execute(&OPEN, args![team, integration, since, due_at])
            .await?;
        for &activity in activities {
            self.tx
                .execute(&ADD, args![team, integration, activity])
                .await?;
        }
        Ok(())
    }

    /// Those that are due, the longest due first.
    pub async fn due(&mut self, now: Timestamp, limit: u32) -> Result<Vec<Digest>, StorageError> {
        let rows = self.tx.all(&DUE, args![now, limit]).await?;
        rows.iter()
            .map(|row| {
                Ok(Digest {
                    team: row.get("team")?,
                    integration: row.get("integration")?,
                    since: row.get("since")?,
                    due_at: row.get("due_at")?,
                })
            })
            .collect()
    }

    /// When the next one is due.
    pub async fn next_due(&mut self) -> Result<Option<Timestamp>, StorageError> {
        let row = self.tx.optional(&NEXT, args![]).await?;
        row.map(|row| row.get("due_at")).transpose()
    }

    /// Ends a digest: its first activities, oldest first, and how many there are in all. Nothing if somebody else has.
    pub async fn take(
        &mut self,
        digest: &Digest,
        most: u32,
    ) -> Result<Option<(Vec<Activity>, u64)>, StorageError> {
        let (team, integration) = (digest.team, digest.integration);
        let count = self.tx.one(&COUNT, args![team, integration]).await?;
        let count: i64 = count.get("count")?;
        let rows = self.tx.all(&FIRST, args![team, integration, most]).await?;
        let activities = rows.iter().map(activity).collect::<Result<_, _>>()?;
        let closed = self
            .tx
            .execute(&CLOSE, args![team, integration, digest.due_at])
            .await?;
        Ok((closed > 0).then(|| (activities, u64::try_from(count).unwrap_or(0))))
    }
}
