//! Incoming hooks. Their secrets are sealed; what their addresses hold is not kept, and found by its hash.

use postern_model::{
    ContentHash, IncomingHook, IncomingHookId, IncomingTarget, LastCall, MonitorId, SourceId,
    TeamId, Timestamp, UserId,
};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::tx::json;
use crate::{StorageError, Tx};

/// What the sealed secrets are bound to.
const SECRETS: &str = "incoming_hooks.secrets";

// The workspace is that of what the hook is about: a monitor can be moved.
macro_rules! select {
    ($condition:literal) => {
        concat!(
            "SELECT h.team, h.id, h.name, h.kind, h.source, h.monitor, h.sealed_secrets, h.branches, h.events, \
                h.last_called_at, h.last_outcome, h.last_reason, h.created_by, h.created_at, h.updated_at, \
                m.owner AS owner, COALESCE(s.workspace, m.workspace) AS workspace
            FROM incoming_hooks h
            LEFT JOIN sources s ON s.team = h.team AND s.id = h.source
            LEFT JOIN monitors m ON m.team = h.team AND m.id = h.monitor
            WHERE ",
            $condition
        )
    };
}

statements! {
    INSERT = "INSERT INTO incoming_hooks (team, id, name, kind, source, monitor, hash, sealed_secrets, branches, events,
            created_by, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    GET = select!("h.team = $1 AND h.id = $2");
    GET_FOR_UPDATE = select!("h.team = $1 AND h.id = $2")
        => select!("h.team = $1 AND h.id = $2 FOR NO KEY UPDATE OF h");
    FIND = select!("h.hash = $1");
    LIST = select!("h.team = $1 AND (h.source = $2 OR $2 IS NULL) AND (h.monitor = $3 OR $3 IS NULL) ORDER BY h.id");
    UPDATE = "UPDATE incoming_hooks SET name = $3, sealed_secrets = $4, branches = $5, events = $6, updated_at = $7
        WHERE team = $1 AND id = $2";
    SET_LAST_CALL = "UPDATE incoming_hooks SET last_called_at = $3, last_outcome = $4, last_reason = $5
        WHERE team = $1 AND id = $2";
    DELETE = "DELETE FROM incoming_hooks WHERE team = $1 AND id = $2";
    // One that is too old to count is as one that is not there.
    MARK = "INSERT INTO incoming_calls (team, hook, mark, called_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (team, hook, mark) DO UPDATE SET called_at = excluded.called_at WHERE incoming_calls.called_at < $5";
}

/// The tables of incoming hooks.
pub struct IncomingHooks<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl IncomingHooks<'_> {
    /// Adds a hook whose address holds what has this hash.
    pub async fn insert(
        &mut self,
        hook: &IncomingHook,
        hash: ContentHash,
    ) -> Result<(), StorageError> {
        let secrets = self.seal(hook)?;
        self.tx
            .execute(
                &INSERT,
                args![
                    hook.team,
                    hook.id,
                    &hook.name,
                    hook.kind.as_str(),
                    hook.target.source(),
                    hook.target.monitor(),
                    &hash,
                    &secrets,
                    &json("a hook's branches", &hook.branches)?,
                    &json("a hook's events", &hook.events)?,
                    hook.created_by,
                    hook.created_at,
                    hook.updated_at
                ],
            )
            .await?;
        Ok(())
    }

    /// The hook of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: IncomingHookId,
    ) -> Result<Option<IncomingHook>, StorageError> {
        let row = self.tx.optional(&GET, args![team, id]).await?;
        row.map(|row| self.hook(&row)).transpose()
    }

    /// The same, locked until the end of the unit of work: calls of one hook come one after the other.
    pub async fn get_for_update(
        &mut self,
        team: TeamId,
        id: IncomingHookId,
    ) -> Result<Option<IncomingHook>, StorageError> {
        let row = self.tx.optional(&GET_FOR_UPDATE, args![team, id]).await?;
        row.map(|row| self.hook(&row)).transpose()
    }

    /// The hook whose address holds this.
    pub async fn find(&mut self, token: &str) -> Result<Option<IncomingHook>, StorageError> {
        let hash = ContentHash::of(token.as_bytes());
        let row = self.tx.optional(&FIND, args![&hash]).await?;
        row.map(|row| self.hook(&row)).transpose()
    }

    /// A team's hooks, the oldest first; only those of this source and of this monitor, where one is named.
    pub async fn list(
        &mut self,
        team: TeamId,
        source: Option<SourceId>,
        monitor: Option<MonitorId>,
    ) -> Result<Vec<IncomingHook>, StorageError> {
        let rows = self.tx.all(&LIST, args![team, source, monitor]).await?;
        rows.iter().map(|row| self.hook(row)).collect()
    }

    /// Writes name, secrets, branches and events. Whether it was there.
    pub async fn update(&mut self, hook: &IncomingHook) -> Result<bool, StorageError> {
        let secrets = self.seal(hook)?;
        let (branches, events) = (
            json("a hook's branches", &hook.branches)?,
            json("a hook's events", &hook.events)?,
        );
        let arguments = args![
            hook.team,
            hook.id,
            &hook.name,
            &secrets,
            &branches,
            &events,
            hook.updated_at
        ];
        Ok(self.tx.execute(&UPDATE, arguments).await? > 0)
    }

    /// Notes the last call.
    pub async fn set_last_call(
        &mut self,
        team: TeamId,
        id: IncomingHookId,
        call: &LastCall,
    ) -> Result<(), StorageError> {
        let arguments = args![team, id, call.at, call.outcome.as_str(), &call.reason];
        self.tx.execute(&SET_LAST_CALL, arguments).await?;
        Ok(())
    }

    /// Marks a call; `false`: there is one with this mark that came at `since` or later.
    pub async fn mark(
        &mut self,
        team: TeamId,
        id: IncomingHookId,
        mark: ContentHash,
        now: Timestamp,
        since: Timestamp,
    ) -> Result<bool, StorageError> {
        let arguments = args![team, id, &mark, now, since];
        Ok(self.tx.execute(&MARK, arguments).await? > 0)
    }

    /// Removes a hook: its address leads nowhere. Whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: IncomingHookId) -> Result<bool, StorageError> {
        Ok(self.tx.execute(&DELETE, args![team, id]).await? > 0)
    }

    fn seal(&self, hook: &IncomingHook) -> Result<Vec<u8>, StorageError> {
        let open = json("a hook's secrets", &hook.secrets)?;
        Ok(self.tx.seal(SECRETS, hook.id.0, open.as_bytes()))
    }

    fn hook(&self, row: &Row) -> Result<IncomingHook, StorageError> {
        let id: IncomingHookId = row.get("id")?;
        let sealed: Vec<u8> = row.get("sealed_secrets")?;
        let open = self.tx.unseal(SECRETS, id.0, &sealed)?;
        Ok(IncomingHook {
            id,
            team: row.get("team")?,
            workspace: row.get("workspace")?,
            name: row.get("name")?,
            kind: row.get("kind")?,
            target: target(row)?,
            secrets: serde_json::from_slice(&open)
                .map_err(|error| row.inconsistent("sealed_secrets", error.to_string()))?,
            branches: row.json("branches")?,
            events: row.json("events")?,
            last_call: last_call(row)?,
            created_by: row.get("created_by")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

fn target(row: &Row) -> Result<IncomingTarget, StorageError> {
    let (source, monitor): (Option<SourceId>, Option<MonitorId>) =
        (row.get("source")?, row.get("monitor")?);
    match (source, monitor) {
        (Some(source), None) => Ok(IncomingTarget::Source(source)),
        (None, Some(id)) => {
            let owner: UserId = row.get("owner")?;
            Ok(IncomingTarget::Monitor { id, owner })
        }
        _ => Err(row.inconsistent(
            "source",
            "it is a source or a monitor, and one of the two".to_owned(),
        )),
    }
}

fn last_call(row: &Row) -> Result<Option<LastCall>, StorageError> {
    let at: Option<Timestamp> = row.get("last_called_at")?;
    let Some(at) = at else {
        return Ok(None);
    };
    Ok(Some(LastCall {
        at,
        outcome: row.get("last_outcome")?,
        reason: row.get("last_reason")?,
    }))
}
