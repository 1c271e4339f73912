//! `POST /integrations/{id}/test`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::delivery::{DeliveryAnswer, DeliveryView};

/// Sends a test event to one integration.
///
/// The answer names the delivery; `GET /deliveries/{id}` tells how it went.
#[utoipa::path(
    post, path = "/integrations/{id}/test", tag = "integrations",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The integration's id.")),
    responses((status = 202, description = "The test event is on its way.", body = DeliveryAnswer)),
)]
pub(crate) async fn test_integration(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
) -> Result<(StatusCode, Json<DeliveryAnswer>), ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::integration(&mut tx, caller.team, &id).await?;
    drop(tx);
    let delivery = api
        .journal()
        .test_integration(&caller.actor(), found.id)
        .await?;
    let mut tx = api.store().read().await?;
    let record = find::delivery(&mut tx, caller.team, &delivery.to_string()).await?;
    let delivery = DeliveryView::of(&record);
    Ok((StatusCode::ACCEPTED, Json(DeliveryAnswer { delivery })))
}
