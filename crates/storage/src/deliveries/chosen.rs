//! Finished deliveries that somebody chose to have again, page by page.

use postern_model::{DeliveryId, EventKind, Selection, TeamId};

use super::Deliveries;
use crate::StorageError;
use crate::argument::args;
use crate::statement::statements;

/// How many rows are looked at at once to count them.
const PAGE: u32 = 5_000;

macro_rules! chosen {
    ($integration:literal) => {
        concat!(
            "SELECT d.id, e.custom_type FROM deliveries_done d JOIN events e ON e.team = d.team AND e.id = d.event
            WHERE d.team = $1 AND d.id > $2 AND ",
            $integration,
            " AND $4 LIKE '%,' || d.state || ',%' AND (e.kind = $5 OR $5 IS NULL)
                AND (e.created_at >= $6 OR $6 IS NULL) AND (e.created_at < $7 OR $7 IS NULL)
            ORDER BY d.id LIMIT $8"
        )
    };
}

statements! {
    CHOSEN = chosen!("(d.integration = $3 OR $3 IS NULL)");
    CHOSEN_OF_ONE = chosen!("d.integration = $3");
}

/// A page of what was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Those that fit.
    pub ids: Vec<DeliveryId>,
    /// The last one that was looked at, whether it fits or not; nothing at the end.
    pub position: Option<DeliveryId>,
}

impl Deliveries<'_> {
    /// What of a selection comes behind a position; looks at so many rows at most.
    pub async fn chosen(
        &mut self,
        team: TeamId,
        selection: &Selection,
        behind: Option<DeliveryId>,
        rows: u32,
    ) -> Result<Chosen, StorageError> {
        let statement = match selection.integration {
            Some(_) => &CHOSEN_OF_ONE,
            None => &CHOSEN,
        };
        let states = format!(",{},", selection.states().join(","));
        let behind = behind.unwrap_or(DeliveryId(uuid::Uuid::nil()));
        let rows = self
            .tx
            .all(
                statement,
                args![
                    team,
                    behind,
                    selection.integration,
                    &states,
                    selection.event.map(EventKind::as_str),
                    selection.since,
                    selection.until,
                    rows
                ],
            )
            .await?;
        let mut chosen = Chosen {
            ids: Vec::with_capacity(rows.len()),
            position: None,
        };
        for row in &rows {
            let id: DeliveryId = row.get("id")?;
            let custom_type: Option<String> = row.get("custom_type")?;
            if selection.has_type(custom_type.as_deref()) {
                chosen.ids.push(id);
            }
            chosen.position = Some(id);
        }
        Ok(chosen)
    }

    /// How many a selection chooses.
    pub async fn count_chosen(
        &mut self,
        team: TeamId,
        selection: &Selection,
    ) -> Result<u64, StorageError> {
        let (mut count, mut behind) = (0, None);
        loop {
            let chosen = self.chosen(team, selection, behind, PAGE).await?;
            count += chosen.ids.len() as u64;
            behind = chosen.position;
            if behind.is_none() {
                return Ok(count);
            }
        }
    }
}
