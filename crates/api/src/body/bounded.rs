//! Bodies of doors that strangers use: bounded in size and in time, and few large ones at once.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use http::{HeaderMap, header};
use tokio::sync::Semaphore;

use crate::error::{ApiError, ErrorName};

/// A body of more bytes, or of nobody knows how many, waits for its turn.
const LARGE: usize = 256 * 1024;
/// How long a body may take to come.
const WITHIN: Duration = Duration::from_secs(30);

/// The body's bytes, at most so many. `door` is what takes them, for the message; a large body waits for a permit of `turns`.
pub(crate) async fn read_bounded(
    door: &str,
    headers: &HeaderMap,
    body: Body,
    most: usize,
    turns: &Semaphore,
) -> Result<Bytes, ApiError> {
    let announced = announced(headers);
    if announced.is_some_and(|length| length > most) {
        return Err(too_large(door, "body", most));
    }
    let _turn = match announced {
        Some(length) if length <= LARGE => None,
        _ => turns.acquire().await.ok(),
    };
    let whole = tokio::time::timeout(WITHIN, to_bytes(body, most));
    match whole.await {
        Ok(Ok(bytes)) => Ok(bytes),
        // Without a length only its end tells whether it is too long.
        Ok(Err(error)) if is_too_long(&error) => Err(too_large(door, "body", most)),
        Ok(Err(error)) => Err(ApiError::new(
            ErrorName::MalformedRequest,
            format!("the body could not be read: {error}"),
        )),
        Err(_) => Err(ApiError::new(
            ErrorName::MalformedRequest,
            "the body did not come within 30 seconds",
        )),
    }
}

/// `door` takes less.
pub(crate) fn too_large(door: &str, what: &str, limit: usize) -> ApiError {
    let message = format!("{door} takes {what} of at most {limit} bytes");
    ApiError::new(ErrorName::PayloadTooLarge, message)
        .with_details(serde_json::json!({ "limit": limit }))
}

/// How many bytes a body is said to have.
fn announced(headers: &HeaderMap) -> Option<usize> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

fn is_too_long(error: &axum::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        source = cause.source();
    }
    false
}
