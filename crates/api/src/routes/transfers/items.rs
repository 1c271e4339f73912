//! `POST /collection-folders-transfers`, `…-requests-…` and `…-responses-…`.

use axum::Json;
use axum::extract::State;
use postern_collection::ItemKind;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::shapes::transfer::{TransferBody, Transferred};

/// Moves or copies folders to another place, all or none of them.
#[utoipa::path(
    post, path = "/collection-folders-transfers", tag = "collections",
    security(("api_key" = ["editor"])),
    request_body = TransferBody,
    responses((status = 200, description = "The uids that they have there.", body = Transferred)),
)]
pub(crate) async fn transfer_folders(
    State(api): State<Api>,
    caller: Caller<Editor>,
    JsonBody(body): JsonBody<TransferBody>,
) -> Result<Json<Transferred>, ApiError> {
    transfer(&api, &caller, ItemKind::Folder, body).await
}

/// Moves or copies requests to another place, all or none of them.
#[utoipa::path(
    post, path = "/collection-requests-transfers", tag = "collections",
    security(("api_key" = ["editor"])),
    request_body = TransferBody,
    responses((status = 200, description = "The uids that they have there.", body = Transferred)),
)]
pub(crate) async fn transfer_requests(
    State(api): State<Api>,
    caller: Caller<Editor>,
    JsonBody(body): JsonBody<TransferBody>,
) -> Result<Json<Transferred>, ApiError> {
    transfer(&api, &caller, ItemKind::Request, body).await
}

/// Moves or copies responses to another place, all or none of them.
#[utoipa::path(
    post, path = "/collection-responses-transfers", tag = "collections",
    security(("api_key" = ["editor"])),
    request_body = TransferBody,
    responses((status = 200, description = "The uids that they have there.", body = Transferred)),
)]
pub(crate) async fn transfer_responses(
    State(api): State<Api>,
    caller: Caller<Editor>,
    JsonBody(body): JsonBody<TransferBody>,
) -> Result<Json<Transferred>, ApiError> {
    transfer(&api, &caller, ItemKind::Response, body).await
}

async fn transfer(
    api: &Api,
    caller: &Caller<Editor>,
    kind: ItemKind,
    body: TransferBody,
) -> Result<Json<Transferred>, ApiError> {
    let mut tx = api.store().read().await?;
    let target = match body.target_collection()? {
        Some(uid) => {
            let found = find::collection(&mut tx, caller, uid).await;
            Some(find::named_by("target.id", found)?.id)
        }
        None => None,
    };
    drop(tx);
    let transfer = body.read(kind, target)?;
    let (collection, ids) = api
        .journal()
        .transfer_items(&caller.actor(), &transfer, &|place| {
            caller.enter(place, || ApiError::missing("")).is_ok()
        })
        .await?;
    Ok(Json(Transferred::of(&collection, &ids)))
}
