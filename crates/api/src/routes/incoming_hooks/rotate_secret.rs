//! `POST /incoming-hooks/{id}/rotate-secret`.

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
use crate::shapes::incoming_hook::{IncomingHookAnswer, IncomingHookView, IncomingSecretBody};

/// Gives an incoming hook a new secret.
///
/// The answer holds it, this once. The secret before it is good for another 24 hours, or for as long as the body says, so that there is time to set
/// the new one where the calls come from.
#[utoipa::path(
    post, path = "/incoming-hooks/{id}/rotate-secret", tag = "incoming-hooks",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The hook's id.")),
    request_body = IncomingSecretBody,
    responses((status = 200, description = "The hook and its new secret.", body = IncomingHookAnswer)),
)]
pub(crate) async fn rotate_incoming_secret(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    MaybeJsonBody(body): MaybeJsonBody<IncomingSecretBody>,
) -> Result<Json<IncomingHookAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::incoming_hook(&mut tx, &caller, &id).await?;
    drop(tx);
    let mut new = NewSecret {
        secret: body.secret,
        ..NewSecret::default()
    };
    if let Some(seconds) = body.overlap_seconds {
        new.overlap = Duration::from_secs(seconds.into());
    }
    let journal = api.journal();
    let changed = journal
        .rotate_incoming_secret(&caller.actor(), found.id, new)
        .await?;
    let incoming_hook = IncomingHookView::with_secret(&changed);
    Ok(Json(IncomingHookAnswer { incoming_hook }))
}
