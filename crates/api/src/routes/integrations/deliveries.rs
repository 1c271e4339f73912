//! `GET /integrations/{id}/deliveries`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::{PageMeta, PageParams, SeenPage};
use crate::params::{Params, PathText};
use crate::routes::deliveries::Filter;
use crate::shapes::delivery::{DeliveryList, DeliveryView};

/// Lists an integration's deliveries.
#[utoipa::path(
    get, path = "/integrations/{id}/deliveries", tag = "integrations",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The integration's id."), Filter, PageParams),
    responses((status = 200, description = "The newest first.", body = DeliveryList)),
)]
pub(crate) async fn list_integration_deliveries(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
    Params(filter): Params<Filter>,
    Params(asked): Params<PageParams>,
) -> Result<Json<DeliveryList>, ApiError> {
    let request = asked.by_id()?;
    let mut wanted = filter.read()?;
    let mut tx = api.store().read().await?;
    let integration = find::integration(&mut tx, &caller, &id).await?;
    wanted.integration = Some(integration.id);
    let mut page = SeenPage::new(request);
    while let Some(part) = page.wants() {
        let read = tx.deliveries().list(caller.team, &wanted, part).await?;
        page.take(read, |it| caller.sees(it.workspace));
    }
    let page = page.done();
    Ok(Json(DeliveryList {
        meta: PageMeta::after(&page, request),
        deliveries: page.items.iter().map(DeliveryView::of).collect(),
    }))
}
