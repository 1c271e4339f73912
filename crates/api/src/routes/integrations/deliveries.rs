//! `GET /integrations/{id}/deliveries`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::PageParams;
use crate::params::{Params, PathText};
use crate::routes::deliveries::Filter;
use crate::routes::deliveries::list::page_of;
use crate::shapes::delivery::DeliveryList;

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
    wanted.of(integration.id);
    Ok(Json(page_of(&mut tx, &caller, &wanted, request).await?))
}
