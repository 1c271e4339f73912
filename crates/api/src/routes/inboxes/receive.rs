//! `/in/{token}` and all below it: where inboxes are sent to. Not a part of the API: whoever knows the address may, by any method.
//!
//! It is at the web app's origin, and what strangers send or editors write must never become a page or a script of it: answers are of few
//! types (`InboxAnswer::may_be`), and go out with `nosniff` and in a sandbox. Nothing that was sent is ever answered here.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use postern_journal::Arrival;
use postern_model::{Inbox, InboxAnswer};

use tokio::sync::SemaphorePermit;

use crate::Api;
use crate::body::{door_takes_less, read_bounded};
use crate::error::{ApiError, ErrorName};

/// The most bytes of a body.
const MOST: usize = 8 * 1024 * 1024;
/// The most bytes of the headers together.
const MOST_OF_HEADERS: usize = 64 * 1024;
/// What takes them, in messages.
const DOOR: &str = "an inbox";

/// Keeps a request, and answers as the inbox is told to.
pub(crate) async fn receive(State(api): State<Api>, request: Request) -> Response {
    let answered = take(&api, request).await;
    let mut response = answered.map_or_else(IntoResponse::into_response, |answer| given(&answer));
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    response
}

async fn take(api: &Api, request: Request) -> Result<InboxAnswer, ApiError> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let path = path.strip_prefix("/in/").unwrap_or_default();
    let (token, rest) = path.split_once('/').unwrap_or((path, ""));
    let inbox = found(api, token).await?;
    if !api.receiving().allows(inbox.id.0) {
        let what = "an inbox takes at most 50 requests a second";
        return Err(ApiError::too_often(what, 1));
    }
    let delay = Duration::from_millis(inbox.answer.delay_ms.into());
    let slow = !delay.is_zero();
    let _room = slow.then(|| room(api)).transpose()?;
    let large = &api.receiving().large;
    let arrival = Arrival {
        method: parts.method.to_string(),
        path: format!("/{rest}"),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: headers(&parts.headers)?,
        body: read_bounded(DOOR, &parts.headers, body, MOST, large)
            .await?
            .into(),
    };
    let (inbox, _) = api.journal().receive(token, arrival).await?;
    if slow {
        // Not longer than the server is there.
        let pause = tokio::time::sleep(delay);
        api.closing().run_until_cancelled(pause).await;
    }
    Ok(inbox.answer)
}

async fn found(api: &Api, token: &str) -> Result<Inbox, ApiError> {
    let mut tx = api.store().read().await?;
    let found = tx.inboxes().find(token).await?;
    let missing = "there is no inbox at this address";
    found.ok_or_else(|| ApiError::new(ErrorName::InstanceNotFound, missing))
}

/// The headers in the order that they came in, as far as that is known.
fn headers(headers: &HeaderMap) -> Result<Vec<(String, String)>, ApiError> {
    let texts = headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        (name.to_string(), value.into_owned())
    });
    let texts: Vec<(String, String)> = texts.collect();
    let size: usize = texts.iter().map(|it| it.0.len() + it.1.len()).sum();
    if size > MOST_OF_HEADERS {
        return Err(door_takes_less(DOOR, "headers", MOST_OF_HEADERS));
    }
    Ok(texts)
}

/// Room for an answer that takes its time.
fn room(api: &Api) -> Result<SemaphorePermit<'_>, ApiError> {
    let what = "256 answers of inboxes take their time already";
    let room = api.receiving().slow.try_acquire();
    room.map_err(|_| ApiError::too_often(what, 1))
}

/// What the inbox is told to answer.
fn given(answer: &InboxAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let bodiless = [
        StatusCode::NO_CONTENT,
        StatusCode::RESET_CONTENT,
        StatusCode::NOT_MODIFIED,
    ];
    if answer.body.is_empty() || bodiless.contains(&status) {
        return status.into_response();
    }
    let kind = HeaderValue::from_str(&answer.content_type);
    let kind = kind.unwrap_or_else(|_| HeaderValue::from_static("text/plain"));
    (status, [(header::CONTENT_TYPE, kind)], answer.body.clone()).into_response()
}
