//! `PATCH /sources/{id}`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::source::{SourceAnswer, SourceBody, SourceView};

/// Changes a source; it is looked at at once.
///
/// What the body does not name stays as it is. What is masked keeps its value, as long as it goes to the same host.
#[utoipa::path(
    patch, path = "/sources/{id}", tag = "sources",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The source's id.")),
    request_body = SourceBody,
    responses((status = 200, description = "The source was changed.", body = SourceAnswer)),
)]
pub(crate) async fn change_source(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    JsonBody(body): JsonBody<SourceBody>,
) -> Result<Json<SourceAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::source(&mut tx, &caller, &id).await?;
    drop(tx);
    if body.source.workspace.is_some() {
        let why = "a source stays in its workspace: make another";
        return Err(ApiError::invalid("source.workspace", why));
    }
    let new = body.source.read(Some(&found))?;
    let journal = api.journal();
    let changed = journal
        .replace_source(&caller.actor(), found.id, new)
        .await?;
    let source = SourceView::of(&changed);
    Ok(Json(SourceAnswer { source }))
}
