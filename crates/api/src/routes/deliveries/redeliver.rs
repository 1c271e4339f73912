//! `POST /deliveries/{id}/redeliver`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::delivery::{DeliveryAnswer, DeliveryView};

/// Delivers again, whatever became of it before.
///
/// It is due now, with the same event id and the integration's present settings; for an integration that does not send it is held.
#[utoipa::path(
    post, path = "/deliveries/{id}/redeliver", tag = "deliveries",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The delivery's id.")),
    responses((status = 200, description = "The delivery is due.", body = DeliveryAnswer)),
)]
pub(crate) async fn redeliver(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
) -> Result<Json<DeliveryAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::delivery(&mut tx, &caller, &id).await?;
    drop(tx);
    api.journal()
        .redeliver(&caller.actor(), found.delivery.id)
        .await?;
    let mut tx = api.store().read().await?;
    let record = find::delivery(&mut tx, &caller, &id).await?;
    Ok(Json(DeliveryAnswer {
        delivery: DeliveryView::of(&record),
    }))
}
