//! `POST /deliveries/{id}/release`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::delivery::{DeliveryAnswer, DeliveryView};

/// Sends a held delivery.
///
/// While its integration is paused or disabled there is nobody to send it: 409. Resuming the integration releases all that it holds.
#[utoipa::path(
    post, path = "/deliveries/{id}/release", tag = "deliveries",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The delivery's id.")),
    responses((status = 200, description = "The delivery is due.", body = DeliveryAnswer)),
)]
pub(crate) async fn release_delivery(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
) -> Result<Json<DeliveryAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::delivery(&mut tx, &caller, &id).await?;
    drop(tx);
    api.journal()
        .release_delivery(&caller.actor(), found.delivery.id)
        .await?;
    let mut tx = api.store().read().await?;
    let record = find::delivery(&mut tx, &caller, &id).await?;
    Ok(Json(DeliveryAnswer {
        delivery: DeliveryView::of(&record),
    }))
}
