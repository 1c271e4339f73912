//! Events: what webhooks may tell.

use postern_model::{Event, EventId, EventKind, TeamId};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{Page, PageRequest, StorageError, Tx};

macro_rules! columns {
    () => {
        "team, id, kind, custom_type, workspace, collection, monitor, body, detailed_body, created_at"
    };
}

statements! {
    INSERT = concat!("INSERT INTO events (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    GET = concat!("SELECT ", columns!(), " FROM events WHERE team = $1 AND id = $2");
    LIST = concat!("SELECT ", columns!(), " FROM events
        WHERE team = $1 AND id < $2 AND (kind = $3 OR $3 IS NULL)
        ORDER BY id DESC LIMIT $4");
}

/// The table of events.
pub struct Events<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Events<'_> {
    /// Adds an event; its bodies must be in `blobs`.
    pub async fn insert(&mut self, event: &Event) -> Result<(), StorageError> {
        self.tx
            .execute(
                &INSERT,
                args![
                    event.team,
                    event.id,
                    event.kind.as_str(),
                    &event.custom_type,
                    event.workspace,
                    event.collection,
                    event.monitor,
                    &event.body,
                    &event.detailed_body,
                    event.created_at
                ],
            )
            .await?;
        Ok(())
    }

    /// The event of this id.
    pub async fn get(&mut self, team: TeamId, id: EventId) -> Result<Option<Event>, StorageError> {
        self.tx
            .optional(&GET, args![team, id])
            .await?
            .as_ref()
            .map(event)
            .transpose()
    }

    /// A team's events, newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        kind: Option<EventKind>,
        page: PageRequest,
    ) -> Result<Page<Event>, StorageError> {
        let rows = self
            .tx
            .all(
                &LIST,
                args![team, page.below(), kind.map(EventKind::as_str), page.rows()],
            )
            .await?;
        let events = rows.iter().map(event).collect::<Result<_, _>>()?;
        Ok(page.page(events, |event| event.id.0))
    }
}

fn event(row: &Row) -> Result<Event, StorageError> {
    Ok(Event {
        id: row.get("id")?,
        team: row.get("team")?,
        kind: row.get("kind")?,
        custom_type: row.get("custom_type")?,
        workspace: row.get("workspace")?,
        collection: row.get("collection")?,
        monitor: row.get("monitor")?,
        body: row.get("body")?,
        detailed_body: row.get("detailed_body")?,
        created_at: row.get("created_at")?,
    })
}
