//! `GET /inboxes/{id}/requests`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::{PageMeta, PageParams};
use crate::params::{Params, PathText};
use crate::shapes::inbox_request::{InboxRequestList, InboxRequestView};

/// Lists what has come to an inbox, without headers and bodies.
#[utoipa::path(
    get, path = "/inboxes/{id}/requests", tag = "inboxes",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The inbox's id."), PageParams),
    responses((status = 200, description = "The newest first.", body = InboxRequestList)),
)]
pub(crate) async fn list_inbox_requests(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
    Params(asked): Params<PageParams>,
) -> Result<Json<InboxRequestList>, ApiError> {
    let request = asked.by_id()?;
    let mut tx = api.store().read().await?;
    let inbox = find::inbox(&mut tx, &caller, &id).await?;
    let mut requests = tx.inbox_requests();
    let page = requests.list(caller.team, inbox.id, request).await?;
    let mut senders = HashMap::new();
    for id in page.items.iter().filter_map(|it| it.integration) {
        if let std::collections::hash_map::Entry::Vacant(new) = senders.entry(id) {
            new.insert(find::name_of_integration(&mut tx, &caller, id).await?);
        }
    }
    let shown = page.items.iter().map(|it| {
        let sender = it.integration.and_then(|id| senders.get(&id).cloned()?);
        InboxRequestView::of(it, sender)
    });
    Ok(Json(InboxRequestList {
        requests: shown.collect(),
        meta: PageMeta::after(&page, request),
    }))
}
