//! `POST /hooks/{token}`.

use axum::Json;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Api;
use crate::body::RawBody;
use crate::error::{ApiError, ErrorName};
use crate::params::PathText;
use crate::previous::{MOST_SEEN, previous_request};

/// `{"run": {"id"}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct CalledAnswer {
    run: Called,
}

/// The run that was asked for.
#[derive(Serialize, ToSchema)]
pub(crate) struct Called {
    /// `GET /runs/{id}` tells what became of it.
    id: String,
}

/// Starts the run of a webhook; whoever has its address may.
///
/// Takes any body of at most 256 KiB. The answer does not wait for the run. A hundred runs of one webhook may wait; then 409.
#[utoipa::path(
    post, path = "/hooks/{token}", tag = "monitors",
    security(()),
    params(("token" = String, Path, description = "What the webhook's address holds.")),
    request_body(content = String, description = "Anything.", content_type = "application/json"),
    responses((status = 202, description = "The run waits for its turn.", body = CalledAnswer)),
)]
pub(crate) async fn call_webhook(
    State(api): State<Api>,
    PathText(token): PathText<String>,
    headers: HeaderMap,
    body: RawBody,
) -> Result<(StatusCode, Json<CalledAnswer>), ApiError> {
    if body.len() > MOST_SEEN {
        return Err(ApiError::new(
            ErrorName::PayloadTooLarge,
            format!("a webhook takes at most {MOST_SEEN} bytes"),
        ));
    }
    let texts: Vec<(&str, String)> = headers
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.as_str(), value.into_owned())
        })
        .collect();
    let headers = texts.iter().map(|(name, value)| (*name, value.as_str()));
    let input = previous_request(headers, &body);
    let run = api.journal().call_hook(&token, input.as_bytes()).await?;
    let id = run.id.to_string();
    Ok((
        StatusCode::ACCEPTED,
        Json(CalledAnswer { run: Called { id } }),
    ))
}
