//! `GET /integrations/{id}/health`.

use axum::Json;
use axum::extract::State;

use super::{Back, MOST_EACH};
use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::{Params, PathText};
use crate::shapes::health::{HealthAnswer, HealthDetail, HealthView};

/// Of how many deliveries the attempts are looked at, and the most attempts.
const ATTEMPTS: u32 = 5_000;

/// Tells how an integration fares: bars, times, outcomes.
///
/// The newest 20,000 deliveries are counted, and the times and outcomes are those of attempts of the newest 5,000. The breaker is told as
/// far as the database knows of it: probes of a receiver that can't be reached are planned by the node that sends.
#[utoipa::path(
    get, path = "/integrations/{id}/health", tag = "integrations",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The integration's id."), Back),
    responses((status = 200, description = "How it fares.", body = HealthAnswer)),
)]
pub(crate) async fn get_health(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
    Params(back): Params<Back>,
) -> Result<Json<HealthAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::integration(&mut tx, &caller, &id).await?;
    let now = tx.now().await?;
    let span = back.span(now, MOST_EACH)?;
    let (team, id) = (found.team, found.id);
    let mut health = tx.health();
    let fares = health.fares(team, id, &span).await?;
    let last = health.last_attempt(team, id).await?;
    let attempts = health.attempts(team, id, span.since, ATTEMPTS).await?;
    let view = HealthView::of(&found, &span, &fares, last);
    let waits = found
        .not_before
        .map(|at| tx.shown(at))
        .filter(|at| now < *at);
    let health = HealthDetail::of(view, &attempts, &found, waits);
    Ok(Json(HealthAnswer { health }))
}
