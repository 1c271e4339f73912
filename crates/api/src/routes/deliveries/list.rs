//! `GET /deliveries`.

use axum::Json;
use axum::extract::State;
use postern_storage::{DeliveryRecord, PageRequest, Tx};
use serde::Deserialize;

use super::{Filter, Wanted};
use crate::Api;
use crate::caller::{Caller, Identity, Viewer};
use crate::error::ApiError;
use crate::page::{PageMeta, PageParams, SeenPage};
use crate::params::Params;
use crate::shapes::delivery::{DeliveryList, DeliveryView};

/// Of which integration.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfIntegration {
    /// Only those for the integration of this id, also where it is gone.
    integration: Option<String>,
}

/// Lists the team's deliveries.
#[utoipa::path(
    get, path = "/deliveries", tag = "deliveries",
    security(("api_key" = ["viewer"])),
    params(Filter, OfIntegration, PageParams),
    responses((status = 200, description = "The newest first.", body = DeliveryList)),
)]
pub(crate) async fn list_deliveries(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(filter): Params<Filter>,
    Params(of): Params<OfIntegration>,
    Params(asked): Params<PageParams>,
) -> Result<Json<DeliveryList>, ApiError> {
    let request = asked.by_id()?;
    let mut wanted = filter.read()?;
    if let Some(id) = &of.integration {
        let known = id.parse();
        wanted.of(known.map_err(|_| ApiError::invalid("integration", "not an integration's id"))?);
    }
    let mut tx = api.store().read().await?;
    Ok(Json(page_of(&mut tx, &caller, &wanted, request).await?))
}

/// A page of the deliveries that the caller may see.
pub(crate) async fn page_of(
    tx: &mut Tx,
    caller: &Identity,
    wanted: &Wanted,
    request: PageRequest,
) -> Result<DeliveryList, ApiError> {
    let sources = wanted.sources(tx, caller.team).await?;
    let mut page = SeenPage::new(request);
    while let Some(part) = page.wants() {
        let read = sources.read(tx, caller.team, part).await?;
        let sees = |it: &DeliveryRecord| caller.sees(it.workspace) && sources.wants(it);
        page.take(read, sees, |it| it.delivery.id.0);
    }
    let page = page.done();
    Ok(DeliveryList {
        meta: PageMeta::after(&page, request),
        deliveries: page.items.iter().map(DeliveryView::of).collect(),
    })
}
