//! `GET /inboxes`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::shapes::inbox::{InboxList, InboxView};

/// Lists the team's inboxes, the oldest first.
#[utoipa::path(
    get, path = "/inboxes", tag = "inboxes",
    security(("api_key" = ["viewer"])),
    responses((status = 200, description = "The inboxes.", body = InboxList)),
)]
pub(crate) async fn list_inboxes(
    State(api): State<Api>,
    caller: Caller<Viewer>,
) -> Result<Json<InboxList>, ApiError> {
    caller.whole_team()?;
    let mut tx = api.store().read().await?;
    let inboxes = tx.inboxes().list(caller.team).await?;
    let tallies = tx.inbox_requests().tallies(caller.team).await?;
    let shown = inboxes.iter().map(|inbox| {
        let tally = tallies.get(&inbox.id).copied().unwrap_or_default();
        InboxView::of(inbox, tally, api.config())
    });
    Ok(Json(InboxList {
        inboxes: shown.collect(),
    }))
}
