//! `GET /inboxes/{id}/requests/{request}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::inbox_request::{InboxRequestAnswer, InboxRequestDetail, InboxRequestView};

/// Shows a request that has come to an inbox.
///
/// Its headers are in order. Headers that carry credentials (`authorization`, `cookie`) are not kept: a mask stands for them. Of headers other than the usual ones
/// of a webhook a viewer sees the names alone. Of a body only the first MiB is shown.
#[utoipa::path(
    get, path = "/inboxes/{id}/requests/{request}", tag = "inboxes",
    security(("api_key" = ["viewer"])),
    params(
        ("id" = String, Path, description = "The inbox's id."),
        ("request" = String, Path, description = "The request's id."),
    ),
    responses((status = 200, description = "The request.", body = InboxRequestAnswer)),
)]
pub(crate) async fn get_inbox_request(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText((id, request)): PathText<(String, String)>,
) -> Result<Json<InboxRequestAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let (found, headers) = find::inbox_request(&mut tx, &caller, &id, &request).await?;
    let mut requests = tx.inbox_requests();
    let body = requests.body(caller.team, found.inbox, found.id).await?;
    let sender = match found.integration {
        Some(id) => find::name_of_integration(&mut tx, &caller, id).await?,
        None => None,
    };
    let request = InboxRequestDetail::of(
        InboxRequestView::of(&found, sender),
        headers,
        &body.unwrap_or_default(),
        caller.role,
    );
    Ok(Json(InboxRequestAnswer { request }))
}
