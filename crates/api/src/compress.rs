//! Answers that are worth it are sent compressed to who takes that: lists of JSON become a tenth of their size.
//!
//! Only JSON: the stream must not wait in a compressor, the web app's files are compressed when the program is built, and what an
//! inbox kept goes out byte by byte.

use http::{Extensions, HeaderMap, StatusCode, Version, header};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, Predicate as _, SizeAbove};

/// Below this an answer fits into one packet anyway.
const WORTH_IT_BYTES: u16 = 1_200;

type IsJson = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// Compresses answers on their way out.
pub(crate) fn compression() -> CompressionLayer<And<SizeAbove, IsJson>> {
    CompressionLayer::new()
        .gzip(true)
        .quality(CompressionLevel::Fastest)
        .compress_when(SizeAbove::new(WORTH_IT_BYTES).and(is_json as IsJson))
}

fn is_json(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|it| it.as_bytes().starts_with(b"application/json"))
}
