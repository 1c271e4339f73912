//! Events: what webhooks may tell, and their bodies. A small body lies in its event, a larger one among the blobs, once for
//! each content.

use std::collections::HashMap;

use postern_model::{Event, EventId, EventKind, PayloadForm, TeamId};

use crate::argument::{Argument, args};
use crate::blobs::{self, Packed};
use crate::row::Row;
use crate::rows::rows;
use crate::statement::statements;
use crate::{Page, PageRequest, StorageError, Tx};

/// The largest body, in bytes before it is packed, that lies in its event: about a page of SQLite's.
const SMALL: usize = 4096;

macro_rules! columns {
    () => {
        "team, id, kind, custom_type, workspace, collection, monitor,
            detailed_body IS NOT NULL OR detailed_content IS NOT NULL AS detailed, created_at"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM events WHERE team = $1 AND id = $2");
    LIST = concat!("SELECT ", columns!(), " FROM events
        WHERE team = $1 AND id < $2 AND (kind = $3 OR $3 IS NULL)
        ORDER BY id DESC LIMIT $4");
    BODY = "SELECT e.content, b.bytes, b.size FROM events e LEFT JOIN blobs b ON b.hash = e.body
        WHERE e.team = $1 AND e.id = $2";
    // The standard one where there is no other.
    DETAILED_BODY = "SELECT CASE WHEN e.detailed_body IS NULL THEN COALESCE(e.detailed_content, e.content) END AS content,
            b.bytes, b.size
        FROM events e
        LEFT JOIN blobs b ON b.hash = CASE WHEN e.detailed_content IS NULL THEN COALESCE(e.detailed_body, e.body) END
        WHERE e.team = $1 AND e.id = $2";
}

rows! {
    INSERT = "INSERT INTO events (team, id, kind, custom_type, workspace, collection, monitor, body, content,
            detailed_body, detailed_content, created_at) VALUES", [12], "";
    BODIES = "SELECT e.id, e.content, b.bytes, b.size, e.detailed_content, d.bytes AS detailed_bytes, d.size AS detailed_size
        FROM events e
        LEFT JOIN blobs b ON b.hash = e.body AND b.size <= $1
        LEFT JOIN blobs d ON d.hash = e.detailed_body AND d.size <= $2
        WHERE (e.team, e.id) IN (VALUES", [2 after 2: "uuid", "uuid"], ")";
}

/// What an event says, ready to be stored.
#[derive(Debug, Clone, Copy)]
pub struct Says<'a> {
    /// The body with exactly the documented fields.
    pub standard: &'a Packed,
    /// The body with `postern` details, where the event has one.
    pub detailed: Option<&'a Packed>,
}

/// The bodies of an event, as far as they are there and were not too large.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The body with exactly the documented fields; empty when retention took it.
    pub standard: Option<Vec<u8>>,
    /// The body with `postern` details.
    pub detailed: Option<Vec<u8>>,
}

/// The table of events.
pub struct Events<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl Events<'_> {
    /// Adds an event and its bodies.
    pub async fn insert(&mut self, event: &Event, says: Says<'_>) -> Result<(), StorageError> {
        self.insert_all(&[(event, says)]).await
    }

    /// Adds events and their bodies.
    pub async fn insert_all(&mut self, events: &[(&Event, Says<'_>)]) -> Result<(), StorageError> {
        let bodies = events
            .iter()
            .flat_map(|(_, says)| [Some(says.standard), says.detailed]);
        let large: Vec<&Packed> = bodies.flatten().filter(|body| is_large(body)).collect();
        self.tx.blobs().put_all(&large).await?;
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

    /// An event's body of this form, the standard one where it has no other; empty when retention took it.
    pub async fn body(
        &mut self,
        team: TeamId,
        id: EventId,
        form: PayloadForm,
    ) -> Result<Option<Vec<u8>>, StorageError> {
        let statement = match form {
            PayloadForm::Standard => &BODY,
            PayloadForm::Detailed => &DETAILED_BODY,
        };
        match self.tx.optional(statement, args![team, id]).await? {
            Some(row) => body(&row, ["content", "bytes", "size"]).await,
            None => Ok(None),
        }
    }

    /// The bodies of these events, as far as they are there and not larger than this.
    pub async fn bodies(
        &mut self,
        events: &[(TeamId, EventId)],
        largest: u32,
    ) -> Result<HashMap<EventId, Said>, StorageError> {
        let arguments: Vec<Argument<'_>> = events
            .iter()
            .flat_map(|&(team, id)| [team.into(), id.into()])
            .collect();
        let rows = self
            .tx
            .all_rows(&BODIES, args![largest, largest], &arguments)
            .await?;
        let mut bodies = HashMap::with_capacity(rows.len());
        for row in &rows {
            let said = Said {
                standard: body(row, ["content", "bytes", "size"]).await?,
                detailed: body(row, ["detailed_content", "detailed_bytes", "detailed_size"])
                    .await?,
            };
            bodies.insert(row.get("id")?, said);
        }
        Ok(bodies)
    }
}

fn row_of<'a>((event, says): &(&'a Event, Says<'a>)) -> [Argument<'a>; 12] {
    let (body, content) = place(Some(says.standard));
    let (detailed_body, detailed_content) = place(says.detailed);
    [
        event.team.into(),
        event.id.into(),
        event.kind.as_str().into(),
        (&event.custom_type).into(),
        event.workspace.into(),
        event.collection.into(),
        event.monitor.into(),
        body,
        content,
        detailed_body,
        detailed_content,
        event.created_at.into(),
    ]
}

/// Where a body lies: the hash of its blob, or itself.
fn place(body: Option<&Packed>) -> (Argument<'_>, Argument<'_>) {
    match body {
        Some(body) if is_large(body) => (body.hash().into(), Argument::Bytes(None)),
        _ => (
            Argument::Bytes(None),
            Argument::Bytes(body.map(Packed::marked)),
        ),
    }
}

fn is_large(body: &Packed) -> bool {
    body.size() > SMALL as u64
}

/// The body that lies in these columns: itself, or its blob's.
async fn body(
    row: &Row,
    [content, bytes, size]: [&'static str; 3],
) -> Result<Option<Vec<u8>>, StorageError> {
    if let Some(content) = row.get::<Option<Vec<u8>>>(content)? {
        return blobs::unpack_marked(&content, SMALL).map(Some);
    }
    match row.get::<Option<Vec<u8>>>(bytes)? {
        Some(bytes) => blobs::unpack(bytes, row.get(size)?).await.map(Some),
        None => Ok(None),
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
        detailed: row.get("detailed")?,
        created_at: row.get("created_at")?,
    })
}
