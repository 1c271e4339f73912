//! `POST /hooks/{token}`.

use axum::Json;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::Api;
use crate::body::RawBody;
use crate::error::{ApiError, ErrorName};
use crate::params::PathText;

/// The most bytes that may be posted: 256 KiB.
const MOST: usize = 256 * 1024;
/// Headers that scripts have no business with.
const KEPT_BACK: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

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
    if body.len() > MOST {
        return Err(ApiError::new(
            ErrorName::PayloadTooLarge,
            format!("a webhook takes at most {MOST} bytes"),
        ));
    }
    let text = String::from_utf8_lossy(&body);
    let data = serde_json::from_str(&text).unwrap_or_else(|_| Value::from(text.as_ref()));
    let headers: Map<String, Value> = headers
        .iter()
        .filter(|(name, _)| !KEPT_BACK.contains(&name.as_str()))
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.to_string(), value.into())
        })
        .collect();
    let input = json!({"data": data, "headers": headers}).to_string();
    let run = api.journal().call_hook(&token, input.as_bytes()).await?;
    let id = run.id.to_string();
    Ok((
        StatusCode::ACCEPTED,
        Json(CalledAnswer { run: Called { id } }),
    ))
}
