//! `GET /inboxes/{id}/requests/{request}/body`.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;

/// Gives a request's body, all of it, as it came.
///
/// It is a file to be saved, not to be shown.
#[utoipa::path(
    get, path = "/inboxes/{id}/requests/{request}/body", tag = "inboxes",
    security(("api_key" = ["viewer"])),
    params(
        ("id" = String, Path, description = "The inbox's id."),
        ("request" = String, Path, description = "The request's id."),
    ),
    responses((status = 200, description = "The bytes.", body = Vec<u8>, content_type = "application/octet-stream")),
)]
pub(crate) async fn get_inbox_request_body(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText((id, request)): PathText<(String, String)>,
) -> Result<Response, ApiError> {
    let mut tx = api.store().read().await?;
    let (found, _) = find::inbox_request(&mut tx, &caller, &id, &request).await?;
    let mut requests = tx.inbox_requests();
    let body = requests.body(caller.team, found.inbox, found.id).await?;
    let file = format!("attachment; filename=\"{}.bin\"", found.id);
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, file),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, body.unwrap_or_default()).into_response())
}
