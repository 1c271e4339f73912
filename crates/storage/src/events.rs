//! Events: what webhooks may tell.

use postern_model::{Event, EventId, EventKind, TeamId};

use crate::argument::{Argument, args};
use crate::row::Row;
use crate::rows::rows;
use crate::statement::statements;
use crate::{Page, PageRequest, StorageError, Tx};

macro_rules! columns {
    () => {
        "team, id, kind, custom_type, workspace, collection, monitor, body, detailed_body, created_at"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM events WHERE team = $1 AND id = $2");
    LIST = concat!("SELECT ", columns!(), " FROM events
        WHERE team = $1 AND id < $2 AND (kind = $3 OR $3 IS NULL)
        ORDER BY id DESC LIMIT $4");
}

rows! {
    INSERT = concat!("INSERT INTO events (", columns!(), ") VALUES"), [10], "";
}

/// The table of events.
pub struct Events<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Events<'_> {
    /// Adds an event; its bodies must be in `blobs`.
    pub async fn insert(&mut self, event: &Event) -> Result<(), StorageError> {
        self.insert_all(std::slice::from_ref(event)).await
    }

    /// Adds events; their bodies must be in `blobs`.
    pub async fn insert_all(&mut self, events: &[Event]) -> Result<(), StorageError> {
        let rows: Vec<Argument<'_>> = events.iter().flat_map(row_of).collect();
        self.tx.execute_rows(&INSERT, &rows).await?;
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

fn row_of(event: &Event) -> [Argument<'_>; 10] {
    [
        event.team.into(),
        event.id.into(),
        event.kind.as_str().into(),
        (&event.custom_type).into(),
        event.workspace.into(),
        event.collection.into(),
        event.monitor.into(),
        (&event.body).into(),
        (&event.detailed_body).into(),
        event.created_at.into(),
    ]
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
