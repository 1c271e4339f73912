//! `GET /integrations/health`.

use axum::Json;
use axum::extract::State;
use postern_storage::IntegrationFilter;

use super::{Back, MOST_EACH};
use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::Params;
use crate::shapes::health::{HealthList, HealthView};

/// The most deliveries that are looked at in all.
const MOST: usize = 400_000;
/// So many of each are looked at, however many integrations there are.
const LEAST_EACH: usize = 1_000;

/// Tells how the team's integrations fare, for a list with bars.
///
/// The newest 20,000 deliveries of each are looked at (fewer where there are more than 20 integrations), and each is counted
/// in the part of the time that it was accepted in. `partial` says where there were more.
#[utoipa::path(
    get, path = "/integrations/health", tag = "integrations",
    security(("api_key" = ["viewer"])),
    params(Back),
    responses((status = 200, description = "The integrations that `GET /integrations` lists.", body = HealthList)),
)]
pub(crate) async fn list_health(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(back): Params<Back>,
) -> Result<Json<HealthList>, ApiError> {
    let mut tx = api.store().read().await?;
    let filter = IntegrationFilter::default();
    let found = find::integrations(&mut tx, &caller, &filter).await?;
    let each = (MOST / found.len().max(1)).clamp(LEAST_EACH, MOST_EACH as usize);
    let now = tx.now().await?;
    let span = back.span(now, u32::try_from(each).unwrap_or(MOST_EACH))?;
    let mut health = Vec::with_capacity(found.len());
    for integration in &found {
        let (team, id) = (integration.team, integration.id);
        let fares = tx.health().fares(team, id, &span).await?;
        let last = tx.health().last_attempt(team, id).await?;
        health.push(HealthView::of(integration, &span, &fares, last));
    }
    Ok(Json(HealthList { health }))
}
