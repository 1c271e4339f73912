//! Integrations. Their config and secrets are sealed here, so that nobody can forget to.

use postern_model::{
    CollectionId, EventKind, Integration, IntegrationId, IntegrationOptions, IntegrationStatus,
    MonitorId, TeamId, Timestamp, WorkspaceId,
};

use crate::argument::{Argument, args};
use crate::pagination::limit;
use crate::row::Row;
use crate::rows::rows;
use crate::statement::statements;
use crate::tx::json;
use crate::{StorageError, Tx};

/// What the sealed columns are bound to.
const CONFIG: &str = "integrations.config";
const SECRETS: &str = "integrations.secrets";

macro_rules! columns {
    () => {
        "team, id, name, connector, event, workspace, collection, monitor, sealed_config, sealed_secrets, options, \
         status, status_reason, shard, first_gone_at, failing_since, failed_attempts, not_before, created_by, \
         created_at, updated_at"
    };
}

macro_rules! get {
    () => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM integrations WHERE team = $1 AND id = $2"
        )
    };
}

statements! {
    INSERT = concat!("INSERT INTO integrations (", columns!(), ")
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)");
    GET = get!();
    GET_FOR_UPDATE = get!() => concat!(get!(), " FOR NO KEY UPDATE");
    LIST = concat!("SELECT ", columns!(), " FROM integrations
        WHERE team = $1 AND (event = $2 OR $2 IS NULL) AND (workspace = $3 OR $3 IS NULL)
            AND (collection = $4 OR $4 IS NULL) AND (monitor = $5 OR $5 IS NULL)
        ORDER BY id LIMIT $6 OFFSET $7");
    UPDATE = "UPDATE integrations SET name = $3, connector = $4, event = $5, workspace = $6, collection = $7, monitor = $8,
            sealed_config = $9, sealed_secrets = $10, options = $11, status = $12, status_reason = $13, updated_at = $14
        WHERE team = $1 AND id = $2";
    SET_STATUS = "UPDATE integrations SET status = $3, status_reason = $4, updated_at = $5 WHERE team = $1 AND id = $2";
    SET_SEND_STATE = "UPDATE integrations SET first_gone_at = $3, failing_since = $4, failed_attempts = $5, not_before = $6,
            noticed = $7
        WHERE team = $1 AND id = $2";
    DELETE = "DELETE FROM integrations WHERE team = $1 AND id = $2";
}

rows! {
    GET_ALL = concat!("SELECT ", columns!(), " FROM integrations WHERE (team, id) IN (VALUES"), [2: "uuid", "uuid"], ")";
    // In one order everywhere, so that nobody waits in a circle.
    LOCK_ALL = "SELECT team, id, status, status_reason, options, first_gone_at, failing_since, failed_attempts, not_before,
            noticed
        FROM integrations WHERE (team, id) IN (VALUES", [2: "uuid", "uuid"], ") ORDER BY team, id"
        => ") ORDER BY team, id FOR NO KEY UPDATE";
}

/// Which integrations of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntegrationFilter {
    /// Only those that tell this.
    pub event: Option<EventKind>,
    /// Only those that name this workspace.
    pub workspace: Option<WorkspaceId>,
    /// Only those that name this collection.
    pub collection: Option<CollectionId>,
    /// Only those that name this monitor.
    pub monitor: Option<MonitorId>,
    /// The most rows; `None`: all.
    pub limit: Option<u32>,
    /// How many rows to skip.
    pub offset: u32,
}

/// What an event is about, for finding the integrations that tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// What happened.
    pub kind: EventKind,
    /// The workspace it happened in.
    pub workspace: Option<WorkspaceId>,
    /// The collection it is about.
    pub collection: Option<CollectionId>,
    /// The monitor it is about.
    pub monitor: Option<MonitorId>,
    /// Whether that is in a closed workspace.
    pub closed: bool,
}

/// As much of an integration as the fan-out needs: nothing sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscriber {
    /// The integration's id.
    pub id: IntegrationId,
    /// Whether it sends; for one that does not, a delivery is held.
    pub status: IntegrationStatus,
    /// What it wants to be told (`notify`, `types`, `payload`).
    pub options: IntegrationOptions,
    /// The shard of its deliveries.
    pub shard: i16,
}

/// What a receiver's answers have led to; the fields are those of [`Integration`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SendState {
    /// When the receiver first answered 410.
    pub first_gone_at: Option<Timestamp>,
    /// Since when there has been no success.
    pub failing_since: Option<Timestamp>,
    /// Attempts without a success in between.
    pub failed_attempts: i64,
    /// Nothing is sent before this time.
    pub not_before: Option<Timestamp>,
    /// How many notices of it the team has had.
    pub noticed: i64,
}

/// How an integration stands as a receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its team.
    pub team: TeamId,
    /// Which one.
    pub id: IntegrationId,
    /// Whether it sends.
    pub status: IntegrationStatus,
    /// What people chose.
    pub options: IntegrationOptions,
    /// What its receiver's answers have led to.
    pub state: SendState,
}

/// The table of integrations.
pub struct Integrations<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Integrations<'_> {
    /// Adds an integration.
    pub async fn insert(&mut self, integration: &Integration) -> Result<(), StorageError> {
        let sealed = self.seal(integration)?;
        let options = json("an integration's options", &integration.options)?;
        self.tx.integrations_change(integration.team).await?;
        self.tx
            .execute(
                &INSERT,
                args![
                    integration.team,
                    integration.id,
                    &integration.name,
                    &integration.connector,
                    integration.event.as_str(),
                    integration.workspace,
                    integration.collection,
                    integration.monitor,
                    &sealed.config,
                    &sealed.secrets,
                    &options,
                    integration.status.as_str(),
                    reason(&integration.status),
                    integration.shard,
                    integration.first_gone_at,
                    integration.failing_since,
                    integration.failed_attempts,
                    integration.not_before,
                    integration.created_by,
                    integration.created_at,
                    integration.updated_at
                ],
            )
            .await?;
        Ok(())
    }

    /// The integration of this id.
    pub async fn get(
        &mut self,
        team: TeamId,
        id: IntegrationId,
    ) -> Result<Option<Integration>, StorageError> {
        let row = self.tx.optional(&GET, args![team, id]).await?;
        row.map(|row| self.integration(&row)).transpose()
    }

    /// The same, locked until the end of the unit of work.
    pub async fn get_for_update(
        &mut self,
        team: TeamId,
        id: IntegrationId,
    ) -> Result<Option<Integration>, StorageError> {
        let row = self.tx.optional(&GET_FOR_UPDATE, args![team, id]).await?;
        row.map(|row| self.integration(&row)).transpose()
    }

    /// The integrations of these ids, as far as they are there.
    pub async fn get_all(
        &mut self,
        ids: &[(TeamId, IntegrationId)],
    ) -> Result<Vec<Integration>, StorageError> {
        let rows = self.tx.all_rows(&GET_ALL, &[], &pairs(ids)).await?;
        rows.iter().map(|row| self.integration(row)).collect()
    }

    /// How these integrations stand as receivers, locked until the end of the unit of work.
    pub async fn lock_standings(
        &mut self,
        ids: &[(TeamId, IntegrationId)],
    ) -> Result<Vec<Standing>, StorageError> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let rows = self.tx.all_rows(&LOCK_ALL, &[], &pairs(&ids)).await?;
        rows.iter()
            .map(|row| {
                Ok(Standing {
                    team: row.get("team")?,
                    id: row.get("id")?,
                    status: status(row)?,
                    options: row.json("options")?,
                    state: send_state(row)?,
                })
            })
            .collect()
    }

    /// A team's integrations, oldest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &IntegrationFilter,
    ) -> Result<Vec<Integration>, StorageError> {
        let rows = self
            .tx
            .all(
                &LIST,
                args![
                    team,
                    filter.event.map(EventKind::as_str),
                    filter.workspace,
                    filter.collection,
                    filter.monitor,
                    limit(filter.limit),
                    filter.offset
                ],
            )
            .await?;
        rows.iter().map(|row| self.integration(row)).collect()
    }

    /// Writes all that people set (name, filter, config, options, secrets, status) and the time of change; not the send
    /// state. Whether it was there.
    pub async fn update(&mut self, integration: &Integration) -> Result<bool, StorageError> {
        let sealed = self.seal(integration)?;
        let options = json("an integration's options", &integration.options)?;
        self.tx.integrations_change(integration.team).await?;
        Ok(self
            .tx
            .execute(
                &UPDATE,
                args![
                    integration.team,
                    integration.id,
                    &integration.name,
                    &integration.connector,
                    integration.event.as_str(),
                    integration.workspace,
                    integration.collection,
                    integration.monitor,
                    &sealed.config,
                    &sealed.secrets,
                    &options,
                    integration.status.as_str(),
                    reason(&integration.status),
                    integration.updated_at
                ],
            )
            .await?
            > 0)
    }

    /// Changes the status alone; what is due is held or released by [`crate::Deliveries::hold`] and
    /// [`crate::Deliveries::release`]. Whether it was there.
    pub async fn set_status(
        &mut self,
        team: TeamId,
        id: IntegrationId,
        status: &IntegrationStatus,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        self.tx.integrations_change(team).await?;
        Ok(self
            .tx
            .execute(
                &SET_STATUS,
                args![team, id, status.as_str(), reason(status), now],
            )
            .await?
            > 0)
    }

    /// Writes what the receiver's answers have led to; the worker does, under its lease.
    pub async fn set_send_state(
        &mut self,
        team: TeamId,
        id: IntegrationId,
        state: &SendState,
    ) -> Result<(), StorageError> {
        self.tx
            .execute(
                &SET_SEND_STATE,
                args![
                    team,
                    id,
                    state.first_gone_at,
                    state.failing_since,
                    state.failed_attempts,
                    state.not_before,
                    state.noticed
                ],
            )
            .await?;
        Ok(())
    }

    /// Removes an integration whose deliveries have all ended (see [`crate::Deliveries::cancel_some`]); whether it was there.
    pub async fn delete(&mut self, team: TeamId, id: IntegrationId) -> Result<bool, StorageError> {
        self.tx.integrations_change(team).await?;
        Ok(self.tx.execute(&DELETE, args![team, id]).await? > 0)
    }
}

/// What of an integration goes into the table sealed.
struct Sealed {
    config: Vec<u8>,
    secrets: Vec<u8>,
}

impl Integrations<'_> {
    fn seal(&self, integration: &Integration) -> Result<Sealed, StorageError> {
        let config = json("an integration's config", &integration.config)?;
        let secrets = json("an integration's secrets", &integration.secrets)?;
        let id = integration.id.0;
        Ok(Sealed {
            config: self.tx.seal(CONFIG, id, config.as_bytes()),
            secrets: self.tx.seal(SECRETS, id, secrets.as_bytes()),
        })
    }

    fn integration(&self, row: &Row) -> Result<Integration, StorageError> {
        let id: IntegrationId = row.get("id")?;
        let config: Vec<u8> = row.get("sealed_config")?;
        let secrets: Vec<u8> = row.get("sealed_secrets")?;
        Ok(Integration {
            id,
            team: row.get("team")?,
            name: row.get("name")?,
            connector: row.get("connector")?,
            event: row.get("event")?,
            workspace: row.get("workspace")?,
            collection: row.get("collection")?,
            monitor: row.get("monitor")?,
            config: serde_json::from_slice(&self.tx.unseal(CONFIG, id.0, &config)?)
                .map_err(|error| row.inconsistent("sealed_config", error.to_string()))?,
            options: row.json("options")?,
            status: status(row)?,
            secrets: serde_json::from_slice(&self.tx.unseal(SECRETS, id.0, &secrets)?)
                .map_err(|error| row.inconsistent("sealed_secrets", error.to_string()))?,
            shard: row.get("shard")?,
            first_gone_at: row.get("first_gone_at")?,
            failing_since: row.get("failing_since")?,
            failed_attempts: row.get("failed_attempts")?,
            not_before: row.get("not_before")?,
            created_by: row.get("created_by")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// The reason of a status; empty where it has none.
fn reason(status: &IntegrationStatus) -> &str {
    match status {
        IntegrationStatus::Disabled { reason } => reason,
        IntegrationStatus::Active | IntegrationStatus::Paused => "",
    }
}

pub(crate) fn status(row: &Row) -> Result<IntegrationStatus, StorageError> {
    let word: String = row.get("status")?;
    match word.as_str() {
        "active" => Ok(IntegrationStatus::Active),
        "paused" => Ok(IntegrationStatus::Paused),
        "disabled" => Ok(IntegrationStatus::Disabled {
            reason: row.get("status_reason")?,
        }),
        _ => Err(row.inconsistent("status", format!("{word:?} is not a word for it"))),
    }
}

fn send_state(row: &Row) -> Result<SendState, StorageError> {
    Ok(SendState {
        first_gone_at: row.get("first_gone_at")?,
        failing_since: row.get("failing_since")?,
        failed_attempts: row.get("failed_attempts")?,
        not_before: row.get("not_before")?,
        noticed: row.get("noticed")?,
    })
}

pub(crate) fn pairs(ids: &[(TeamId, IntegrationId)]) -> Vec<Argument<'static>> {
    ids.iter()
        .flat_map(|&(team, id)| [team.into(), id.into()])
        .collect()
}
