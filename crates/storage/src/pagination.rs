//! Long lists are read page by page: newest first, from the last id of the page before.

use std::time::Duration;

use postern_model::Timestamp;
use uuid::Uuid;

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// The last id of the page before; `None` for the first page.
    pub after: Option<Uuid>,
    /// The most rows of the page.
    pub limit: u32,
}

impl PageRequest {
    /// The first page of this size.
    pub fn first(limit: u32) -> Self {
        Self { after: None, limit }
    }

    /// The page of this size behind a row.
    pub fn after(id: Uuid, limit: u32) -> Self {
        Self {
            after: Some(id),
            limit,
        }
    }
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; `None` when this is the last.
    pub next: Option<Uuid>,
}

impl PageRequest {
    /// What every id on the page is smaller than.
    pub(crate) fn below(self) -> Uuid {
        self.after.unwrap_or(Uuid::max())
    }

    /// The same where only what was written before a time is wanted: the index need not be read from its end.
    pub(crate) fn below_time(self, until: Option<Timestamp>) -> Uuid {
        let below = self.below();
        until.map_or(below, |until| below.min(beyond(until)))
    }

    /// One row more than the page has, so that it is known whether another page follows.
    pub(crate) fn rows(self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// The page of the rows that were read.
    pub(crate) fn page<T>(self, mut items: Vec<T>, id: impl Fn(&T) -> Uuid) -> Page<T> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more { items.last().map(id) } else { None };
        Page { items, next }
    }
}

/// How far an id's time may be ahead of the time at which its row was written: a clock that was put back does that.
const AHEAD: Duration = Duration::from_hours(1);

/// What the id of anything that was written at this time or later is not smaller than.
pub(crate) fn lowest_id(since: Timestamp) -> Uuid {
    let millis = u128::try_from(since.0).unwrap_or(0);
    Uuid::from_u128(millis << 80)
}

/// What the id of anything that was written before this time is smaller than.
fn beyond(until: Timestamp) -> Uuid {
    lowest_id(until + AHEAD)
}

/// The most rows of a list that is not read page by page.
pub(crate) fn limit(limit: Option<u32>) -> i64 {
    limit.map_or(i64::MAX, i64::from)
}
