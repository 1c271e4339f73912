//! Lists that are read in pages: `limit` and an opaque `cursor`, answered with `meta.nextCursor`.

use postern_storage::{Page, PageRequest};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::error::ApiError;

/// The most elements of a page.
const MOST: u32 = 100;

/// Which page of a list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams {
    /// How many elements at most, 1 to 100 (25).
    pub(crate) limit: Option<u32>,
    /// The `meta.nextCursor` of the page before.
    pub(crate) cursor: Option<String>,
}

impl PageParams {
    /// The page of a list that storage reads newest first, from the last id of the page before.
    pub(crate) fn by_id(&self) -> Result<PageRequest, ApiError> {
        self.by_id_up_to(MOST)
    }

    /// The same, with pages of at most this size.
    pub(crate) fn by_id_up_to(&self, most: u32) -> Result<PageRequest, ApiError> {
        let limit = self.checked_limit(most)?;
        Ok(PageRequest {
            after: self.checked_cursor(|text| Uuid::try_parse(text).ok())?,
            limit,
        })
    }

    /// The page of a list that storage reads by name: how many rows to skip, and how many to read.
    pub(crate) fn by_offset(&self) -> Result<OffsetPage, ApiError> {
        let limit = self.checked_limit(MOST)?;
        let offset = self.checked_cursor(|text| text.parse().ok())?.unwrap_or(0);
        Ok(OffsetPage { offset, limit })
    }

    fn checked_limit(&self, most: u32) -> Result<u32, ApiError> {
        let limit = self.limit.unwrap_or(25);
        if (1..=most).contains(&limit) {
            Ok(limit)
        } else {
            Err(ApiError::invalid(
                "limit",
                format!("{limit} is not between 1 and {most}"),
            ))
        }
    }

    fn checked_cursor<T>(&self, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ApiError> {
        match self.cursor.as_deref() {
            None | Some("") => Ok(None),
            Some(text) => read(text)
                .map(Some)
                .ok_or_else(|| ApiError::invalid("cursor", "not one that this server gave")),
        }
    }
}

/// A page of what the caller sees, read part by part until it is full.
pub(crate) struct SeenPage<T> {
    limit: u32,
    wants: Option<PageRequest>,
    page: Page<T>,
}

impl<T> SeenPage<T> {
    /// An empty one.
    pub(crate) fn new(request: PageRequest) -> Self {
        Self {
            limit: request.limit,
            wants: Some(request),
            page: Page {
                items: Vec::new(),
                next: None,
            },
        }
    }

    /// The part to read next; nothing when the page is full, or there is no more.
    pub(crate) fn wants(&self) -> Option<PageRequest> {
        self.wants
    }

    /// Takes what is seen of a part. Those behind the first are whole ones, however few elements are missing: much may be hidden.
    pub(crate) fn take(
        &mut self,
        part: Page<T>,
        sees: impl Fn(&T) -> bool,
        id: impl Fn(&T) -> Uuid,
    ) {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let items = &mut self.page.items;
        items.extend(part.items.into_iter().filter(sees));
        self.page.next = part.next;
        if items.len() > limit {
            items.truncate(limit);
            self.page.next = items.last().map(id);
        }
        let is_full = items.len() == limit;
        self.wants = part
            .next
            .filter(|_| !is_full)
            .map(|next| PageRequest::after(next, MOST));
    }

    /// The page.
    pub(crate) fn done(self) -> Page<T> {
        self.page
    }
}

/// A page by offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OffsetPage {
    /// How many rows to skip.
    pub(crate) offset: u32,
    limit: u32,
}

impl OffsetPage {
    /// How many rows to ask for: one more than the page has, to know whether there is a next one.
    pub(crate) fn rows(self) -> u32 {
        self.limit + 1
    }

    /// The part of a whole list that the page and its next row are.
    pub(crate) fn part<T>(self, all: Vec<T>) -> Vec<T> {
        let skipped = usize::try_from(self.offset).unwrap_or(usize::MAX);
        let rows = usize::try_from(self.rows()).unwrap_or(usize::MAX);
        all.into_iter().skip(skipped).take(rows).collect()
    }

    /// Cuts what was read to the page, and names the next one where there is one.
    pub(crate) fn cut<T>(self, mut rows: Vec<T>) -> (Vec<T>, PageMeta) {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let next_cursor =
            (rows.len() > limit).then(|| self.offset.saturating_add(self.limit).to_string());
        rows.truncate(limit);
        (
            rows,
            PageMeta {
                next_cursor,
                limit: self.limit,
            },
        )
    }
}

/// Where the list goes on.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageMeta {
    /// The `cursor` of the next page; not there on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
    limit: u32,
}

impl PageMeta {
    /// Where the list goes on after this page.
    pub(crate) fn after<T>(page: &Page<T>, request: PageRequest) -> Self {
        Self::from(page.next, request.limit)
    }

    /// Where the list goes on: behind the element of this id, if at all.
    pub(crate) fn from(next: Option<Uuid>, limit: u32) -> Self {
        Self {
            next_cursor: next.map(|id| id.to_string()),
            limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_named_only_where_there_is_one() {
        let page = OffsetPage {
            offset: 4,
            limit: 2,
        };
        let (rows, meta) = page.cut(vec![1, 2, 3]);
        assert_eq!((rows, meta.next_cursor), (vec![1, 2], Some("6".to_owned())));
        let (rows, meta) = page.cut(vec![1, 2]);
        assert_eq!((rows, meta.next_cursor), (vec![1, 2], None));
    }

    #[test]
    fn pages_of_what_is_seen_are_full_and_miss_nothing() {
        // The newest first; all but every seventh of the newest thousand is hidden.
        let all: Vec<Uuid> = (1..=2_000_u128).rev().map(Uuid::from_u128).collect();
        let sees = |id: &Uuid| id.as_u128() <= 1_000 || id.as_u128().is_multiple_of(7);
        let reads = std::cell::Cell::new(0);
        let read = |request: PageRequest| {
            reads.set(reads.get() + 1);
            let behind = all
                .iter()
                .filter(|id| request.after.is_none_or(|at| **id < at));
            let limit = usize::try_from(request.limit).unwrap();
            let mut items: Vec<Uuid> = behind.copied().take(limit + 1).collect();
            let more = items.len() > limit;
            items.truncate(limit);
            let next = items.last().copied().filter(|_| more);
            Page { items, next }
        };
        let mut shown = Vec::new();
        let mut request = Some(PageRequest::first(10));
        while let Some(asked) = request {
            let mut page = SeenPage::new(asked);
            reads.set(0);
            while let Some(part) = page.wants() {
                page.take(read(part), sees, |id| *id);
            }
            assert!(
                reads.get() <= 2,
                "{} reads for ten of every seventh",
                reads.get()
            );
            let page = page.done();
            assert!(page.items.len() == 10 || page.next.is_none());
            shown.extend(page.items);
            request = page.next.map(|next| PageRequest::after(next, 10));
        }
        let want: Vec<Uuid> = all.iter().copied().filter(sees).collect();
        assert_eq!(shown, want);
    }

    #[test]
    fn pages_that_cannot_be_are_refused() {
        for (limit, cursor) in [
            (Some(0), None),
            (Some(101), None),
            (None, Some("x".to_owned())),
        ] {
            let params = PageParams { limit, cursor };
            assert!(params.by_id().is_err());
            assert!(params.by_offset().is_err());
        }
    }
}
