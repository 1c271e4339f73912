//! `POST /integrations/{id}/test`.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use postern_model::{DeliveryId, Integration};
use serde::Deserialize;
use tokio::time::{Instant, sleep};

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{Params, PathText};
use crate::routes::deliveries::get::whole;
use crate::shapes::delivery::DeliveryWhole;

/// How long beyond the integration's own deadline the answer is waited for.
const GRACE: Duration = Duration::from_secs(2);

/// How to wait.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct How {
    /// Whether to answer at once, without the receiver's answer (false).
    r#async: Option<bool>,
}

/// Sends a test event to one integration, and waits for the receiver's answer.
///
/// The answer is in `attempts`. With `?async=true`, or when the attempt takes longer than the integration's deadline, because
/// others are before it, the answer is 202 without attempts; `GET /deliveries/{id}` has them later.
#[utoipa::path(
    post, path = "/integrations/{id}/test", tag = "integrations",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The integration's id."), How),
    responses(
        (status = 200, description = "The receiver has answered, or could not be reached.", body = DeliveryWhole),
        (status = 202, description = "The test event is on its way.", body = DeliveryWhole),
    ),
)]
pub(crate) async fn test_integration(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    Params(how): Params<How>,
) -> Result<(StatusCode, Json<DeliveryWhole>), ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::integration(&mut tx, &caller, &id).await?;
    drop(tx);
    let delivery = api
        .journal()
        .test_integration(&caller.actor(), found.id)
        .await?;
    if how.r#async != Some(true) {
        wait_for_attempt(&api, &found, delivery).await?;
    }
    let mut tx = api.store().read().await?;
    let whole = whole(&mut tx, &caller, &delivery.to_string()).await?;
    let status = if whole.attempts.is_empty() {
        StatusCode::ACCEPTED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(whole)))
}

/// Looks for the first attempt until it is there. Whichever node makes it writes the same row.
async fn wait_for_attempt(
    api: &Api,
    integration: &Integration,
    delivery: DeliveryId,
) -> Result<(), ApiError> {
    let patience = Duration::from_secs(integration.options.timeout.into()) + GRACE;
    let until = Instant::now() + patience;
    let mut pause = Duration::from_millis(5);
    while Instant::now() < until {
        if api
            .closing()
            .run_until_cancelled(sleep(pause))
            .await
            .is_none()
        {
            break;
        }
        pause = (pause * 2).min(Duration::from_millis(200));
        let mut tx = api.store().read().await?;
        let attempts = tx.attempts().list(integration.team, delivery).await?;
        if !attempts.is_empty() {
            break;
        }
    }
    Ok(())
}
