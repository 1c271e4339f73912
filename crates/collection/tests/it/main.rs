//! What postern-collection promises.
#![expect(clippy::unwrap_used, reason = "a test that can't go on fails")]

mod bad_input;
mod convert;
mod difference;
mod documents;
mod edits;
mod import;
mod merge;
mod real_collections;
mod round_trip;
mod transformer;
