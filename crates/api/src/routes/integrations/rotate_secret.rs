//! `POST /integrations/{id}/rotate-secret`.

use std::time::Duration;

use axum::Json;
use axum::extract::State;

use postern_journal::NewSecret;

use crate::Api;
use crate::body::MaybeJsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::integration::{IntegrationAnswer, IntegrationView, NewSecretBody};

/// Gives an integration a new signing secret.
///
/// The answer holds it, this once. The secret before it signs too for another 24 hours, or for as long as the body says, so that
/// a receiver has time to change. An integration that signs as `v1a` gets a new key as well.
#[utoipa::path(
    post, path = "/integrations/{id}/rotate-secret", tag = "integrations",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The integration's id.")),
    request_body = NewSecretBody,
    responses((status = 200, description = "The integration and its new secret.", body = IntegrationAnswer)),
)]
pub(crate) async fn rotate_secret(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    MaybeJsonBody(body): MaybeJsonBody<NewSecretBody>,
) -> Result<Json<IntegrationAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::integration(&mut tx, &caller, &id).await?;
    let subjects = super::subjects(&mut tx, &found).await?;
    drop(tx);
    let mut new = NewSecret {
        secret: body.secret,
        ..NewSecret::default()
    };
    if let Some(seconds) = body.overlap_seconds {
        new.overlap = Duration::from_secs(seconds.into());
    }
    let changed = api
        .journal()
        .rotate_secret(&caller.actor(), found.id, new)
        .await?;
    Ok(Json(IntegrationAnswer {
        integration: IntegrationView::with_secret(&changed, subjects),
    }))
}
