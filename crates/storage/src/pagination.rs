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
