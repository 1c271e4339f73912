//! `GET /status`.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use postern_model::Timestamp;
use postern_storage::EngineKind;

use crate::Api;
use crate::caller::{Admin, Caller};
use crate::error::ApiError;
use crate::shapes::status::{NodeView, StatusAnswer, StatusView};

/// How long ago a server has to have said that it works to be shown.
const SEEN: Duration = Duration::from_mins(1);
/// Less than this says nothing about what is to come.
const TOO_SHORT: Duration = Duration::from_hours(1);

/// Shows how the server stands.
///
/// What waits, how large the database is and will be, and which servers share it.
#[utoipa::path(
    get, path = "/status", tag = "about",
    security(("api_key" = ["admin"])),
    responses((status = 200, description = "How it stands.", body = StatusAnswer)),
)]
pub(crate) async fn get_status(
    State(api): State<Api>,
    _: Caller<Admin>,
) -> Result<Json<StatusAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let now = tx.now().await?;
    let waiting = tx.watch().waiting().await?;
    let bytes = tx.watch().bytes().await?;
    let oldest = tx.watch().oldest_finished().await?;
    let nodes = tx.nodes().live(SEEN).await?;
    let kept_for = api.config().kept_for;
    let status = StatusView {
        version: env!("CARGO_PKG_VERSION"),
        engine: match tx.engine() {
            EngineKind::Sqlite => "sqlite",
            EngineKind::Postgres => "postgresql",
        },
        database_bytes: bytes,
        forecast_bytes: oldest.and_then(|oldest| forecast(bytes, now.since(oldest), kept_for)),
        kept_days: kept_for.as_secs() / 86_400,
        scheduled: waiting.scheduled,
        held: waiting.held,
        oldest_due_at: waiting.oldest_due.map(Timestamp::to_rfc3339),
        oldest_kept_at: oldest.map(Timestamp::to_rfc3339),
        nodes: nodes.iter().map(NodeView::of).collect(),
    };
    Ok(Json(StatusAnswer { status }))
}

/// How large the database will be when it holds as many days as are kept, if they are like those that it holds now.
fn forecast(bytes: u64, holds: Duration, kept_for: Duration) -> Option<u64> {
    if holds < TOO_SHORT {
        return None;
    }
    let more = u128::from(bytes) * kept_for.as_millis() / holds.as_millis().max(1);
    Some(u64::try_from(more).unwrap_or(u64::MAX).max(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forecast_is_what_the_kept_days_will_hold() {
        let day = Duration::from_hours(24);
        assert_eq!(forecast(1_000, day, day * 30), Some(30_000));
        assert_eq!(forecast(1_000, day * 60, day * 30), Some(1_000));
        assert_eq!(forecast(1_000, Duration::from_mins(1), day * 30), None);
        assert_eq!(forecast(u64::MAX, day, day * 30), Some(u64::MAX));
    }
}
