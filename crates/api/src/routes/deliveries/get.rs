//! `GET /deliveries/{id}`.

use axum::Json;
use axum::extract::State;
use postern_model::{Event, PayloadForm};
use postern_storage::{DeliveryRecord, Tx};

use crate::Api;
use crate::caller::{Caller, Identity, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::delivery::{AttemptView, DeliveryView, DeliveryWhole, EventView};

/// Shows a delivery, what it delivers, and each attempt at it.
#[utoipa::path(
    get, path = "/deliveries/{id}", tag = "deliveries",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The delivery's id.")),
    responses((status = 200, description = "The delivery.", body = DeliveryWhole)),
)]
pub(crate) async fn get_delivery(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<DeliveryWhole>, ApiError> {
    let mut tx = api.store().read().await?;
    whole(&mut tx, &caller, &id).await.map(Json)
}

/// The delivery with everything about it.
pub(crate) async fn whole(
    tx: &mut Tx,
    caller: &Identity,
    id: &str,
) -> Result<DeliveryWhole, ApiError> {
    let record = find::delivery(tx, caller, id).await?;
    let team = caller.team;
    let event = tx.events().get(team, record.delivery.event).await?;
    let event = match event {
        Some(event) => Some(shown(tx, &record, &event).await?),
        None => None,
    };
    let attempts = tx.attempts().list(team, record.delivery.id).await?;
    Ok(DeliveryWhole {
        delivery: DeliveryView::of(&record),
        event,
        attempts: attempts.into_iter().map(AttemptView::of).collect(),
    })
}

/// The event with the body that this delivery's receiver gets.
async fn shown(tx: &mut Tx, record: &DeliveryRecord, event: &Event) -> Result<EventView, ApiError> {
    let integration = tx
        .integrations()
        .get(record.delivery.team, record.delivery.integration)
        .await?;
    let form = integration.map_or(PayloadForm::Standard, |it| it.options.payload);
    let body = tx.events().body(event.team, event.id, form).await?;
    let payload = body
        .filter(|body| !body.is_empty())
        .map(|body| serde_json::from_slice(&body))
        .transpose()
        .map_err(ApiError::server)?;
    Ok(EventView::of(event, payload))
}
