//! `GET /deliveries`.

use axum::Json;
use axum::extract::State;
use postern_storage::{DeliveryFilter, PageRequest, Tx};

use super::Filter;
use crate::Api;
use crate::caller::{Caller, Identity, Viewer};
use crate::error::ApiError;
use crate::page::{PageMeta, PageParams, SeenPage};
use crate::params::Params;
use crate::shapes::delivery::{DeliveryList, DeliveryView};

/// Lists the team's deliveries.
#[utoipa::path(
    get, path = "/deliveries", tag = "deliveries",
    security(("api_key" = ["viewer"])),
    params(Filter, PageParams),
    responses((status = 200, description = "The newest first.", body = DeliveryList)),
)]
pub(crate) async fn list_deliveries(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(filter): Params<Filter>,
    Params(asked): Params<PageParams>,
) -> Result<Json<DeliveryList>, ApiError> {
    let request = asked.by_id()?;
    let wanted = filter.read()?;
    let mut tx = api.store().read().await?;
    Ok(Json(page_of(&mut tx, &caller, &wanted, request).await?))
}

/// A page of the deliveries that the caller may see.
pub(crate) async fn page_of(
    tx: &mut Tx,
    caller: &Identity,
    wanted: &DeliveryFilter,
    request: PageRequest,
) -> Result<DeliveryList, ApiError> {
    let mut page = SeenPage::new(request);
    while let Some(part) = page.wants() {
        let read = tx.deliveries().list(caller.team, wanted, part).await?;
        page.take(read, |it| caller.sees(it.workspace), |it| it.delivery.id.0);
    }
    let page = page.done();
    Ok(DeliveryList {
        meta: PageMeta::after(&page, request),
        deliveries: page.items.iter().map(DeliveryView::of).collect(),
    })
}
