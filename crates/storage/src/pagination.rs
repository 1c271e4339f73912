//! Long lists are read page by page: newest first, from the last id of the page before.

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

/// The most rows of a list that is not read page by page.
pub(crate) fn limit(limit: Option<u32>) -> i64 {
    limit.map_or(i64::MAX, i64::from)
}
