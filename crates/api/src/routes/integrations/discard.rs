//! `POST /integrations/{id}/discard`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::body::MaybeJsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{PathText, time};
use crate::shapes::integration::{DiscardAnswer, DiscardBody};

/// Discards what is held for an integration.
///
/// It ends as `cancelled`, with who did it; with `before` only what was accepted before that time. It can be replayed later.
#[utoipa::path(
    post, path = "/integrations/{id}/discard", tag = "integrations",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The integration's id.")),
    request_body = DiscardBody,
    responses((status = 200, description = "How many deliveries were discarded.", body = DiscardAnswer)),
)]
pub(crate) async fn discard_held(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    MaybeJsonBody(body): MaybeJsonBody<DiscardBody>,
) -> Result<Json<DiscardAnswer>, ApiError> {
    let before = time("before", body.before.as_deref())?;
    let mut tx = api.store().read().await?;
    let found = find::integration(&mut tx, &caller, &id).await?;
    drop(tx);
    let discarded = api
        .journal()
        .discard_held(&caller.actor(), found.id, before)
        .await?;
    Ok(Json(DiscardAnswer { discarded }))
}
