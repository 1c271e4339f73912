//! Replays: which deliveries are made again, and how far it has come.

use postern_journal::NewReplay;
use postern_model::{EventKind, Replay, Selection, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::params::time;

/// How many a second are made due when nothing is said.
const RATE: u32 = 100;

/// `{"replays": […], "meta": {…}}`, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReplayList {
    pub(crate) replays: Vec<ReplayView>,
    pub(crate) meta: crate::page::PageMeta,
}

/// `{"replay": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReplayAnswer {
    pub(crate) replay: ReplayView,
}

/// Deliveries that are made again.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReplayView {
    /// Not there for a count.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// `running`, `done` or `cancelled`; `counted` for a count.
    state: &'static str,
    selection: SelectionView,
    /// How many a second are made due.
    rate: u32,
    /// How many deliveries were chosen.
    total: u64,
    /// How many of them have been made due.
    done: u64,
    /// How many could not be, because their integration is gone.
    skipped: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<String>,
}

/// Which deliveries.
#[derive(Serialize, ToSchema)]
pub(crate) struct SelectionView {
    #[serde(skip_serializing_if = "Option::is_none")]
    integration: Option<String>,
    states: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    types: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

impl SelectionView {
    fn of(selection: &Selection) -> Self {
        Self {
            integration: selection.integration.map(|id| id.to_string()),
            states: selection.states().into_iter().map(str::to_owned).collect(),
            event: selection.event.map(EventKind::as_str),
            types: selection.types.clone(),
            since: selection.since.map(Timestamp::to_rfc3339),
            until: selection.until.map(Timestamp::to_rfc3339),
        }
    }
}

impl ReplayView {
    /// The replay as it stands.
    pub(crate) fn of(replay: &Replay) -> Self {
        Self {
            id: Some(replay.id.to_string()),
            state: replay.state.as_str(),
            selection: SelectionView::of(&replay.selection),
            rate: replay.rate,
            total: replay.total,
            done: replay.done,
            skipped: replay.skipped,
            created_by: Some(replay.created_by.0),
            created_at: Some(replay.created_at.to_rfc3339()),
            updated_at: Some(replay.updated_at.to_rfc3339()),
            finished_at: replay.finished_at.map(Timestamp::to_rfc3339),
        }
    }

    /// How many there would be.
    pub(crate) fn counted(new: &NewReplay, total: u64) -> Self {
        Self {
            id: None,
            state: "counted",
            selection: SelectionView::of(&new.selection),
            rate: new.rate,
            total,
            done: 0,
            skipped: 0,
            created_by: None,
            created_at: None,
            updated_at: None,
            finished_at: None,
        }
    }
}

/// The body that begins a replay.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct ReplayBody {
    pub(crate) replay: ReplayFields,
}

/// Which deliveries that have ended are made again. All that is said must fit.
#[derive(Default, Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields, default)]
pub(crate) struct ReplayFields {
    /// The integration's id; without it, those for all integrations.
    integration: Option<String>,
    /// How they ended: `succeeded`, `exhausted`, `cancelled`, `expired` (`["exhausted", "cancelled", "expired"]`).
    states: Vec<String>,
    /// Of this kind of event.
    event: Option<String>,
    /// Of custom events whose type fits one of these patterns, such as `build.*`.
    types: Vec<String>,
    /// Of events that happened at this time or later (RFC 3339).
    since: Option<String>,
    /// Of events that happened before this time (RFC 3339).
    until: Option<String>,
    /// How many a second are made due, 1 to 1000 (100).
    rate: Option<u32>,
}

impl ReplayFields {
    /// What is asked for.
    pub(crate) fn read(self) -> Result<NewReplay, ApiError> {
        let integration = self.integration.map(|id| {
            id.parse().map_err(|_| {
                ApiError::invalid("replay.integration", "not the id of an integration")
            })
        });
        let event = self.event.map(|word| {
            EventKind::parse(&word)
                .ok_or_else(|| ApiError::invalid("replay.event", "not a kind of event"))
        });
        let new = NewReplay {
            selection: Selection {
                integration: integration.transpose()?,
                states: self.states,
                event: event.transpose()?,
                types: self.types,
                since: time("replay.since", self.since.as_deref())?,
                until: time("replay.until", self.until.as_deref())?,
            },
            rate: self.rate.unwrap_or(RATE),
        };
        new.check()?;
        Ok(new)
    }
}
