//! `POST /integrations/{id}/resume`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::body::MaybeJsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{PathText, time};
use crate::shapes::integration::{IntegrationAnswer, IntegrationView, ResumeBody};

/// Resumes an integration.
///
/// What was held is due at once, in its order; with `since` only what was accepted at that time or later, and what is older is
/// discarded. An integration that Postern disabled is resumed in the same way.
#[utoipa::path(
    post, path = "/integrations/{id}/resume", tag = "integrations",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The integration's id.")),
    request_body = ResumeBody,
    responses((status = 200, description = "The integration is active.", body = IntegrationAnswer)),
)]
pub(crate) async fn resume_integration(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    MaybeJsonBody(body): MaybeJsonBody<ResumeBody>,
) -> Result<Json<IntegrationAnswer>, ApiError> {
    let since = time("since", body.since.as_deref())?;
    let mut tx = api.store().read().await?;
    let found = find::integration(&mut tx, &caller, &id).await?;
    let subjects = super::subjects(&mut tx, &found).await?;
    drop(tx);
    let changed = api
        .journal()
        .resume_integration(&caller.actor(), found.id, since)
        .await?;
    Ok(Json(IntegrationAnswer {
        integration: IntegrationView::of(&changed, subjects),
    }))
}
