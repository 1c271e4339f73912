//! `POST /sources`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::shapes::source::{SourceAnswer, SourceBody, SourceView};

/// Makes a source; it is looked at at once.
///
/// `type` `url` reads a file behind an address, `directory` a folder on the server's disk, `postman` Postman or another Postern by its API. What comes from a
/// source can't be changed elsewhere (409).
#[utoipa::path(
    post, path = "/sources", tag = "sources",
    security(("api_key" = ["editor"])),
    request_body = SourceBody,
    responses((status = 201, description = "The source was made.", body = SourceAnswer)),
)]
pub(crate) async fn create_source(
    State(api): State<Api>,
    caller: Caller<Editor>,
    JsonBody(body): JsonBody<SourceBody>,
) -> Result<(StatusCode, Json<SourceAnswer>), ApiError> {
    let workspace = body.source.workspace.clone();
    let new = body.source.read(None)?;
    let mut tx = api.store().read().await?;
    let workspace = find::workspace_or_usual(&mut tx, &caller, workspace.as_deref()).await;
    let workspace = find::named_by("source.workspace", workspace)?;
    drop(tx);
    let journal = api.journal();
    let made = journal
        .create_source(&caller.actor(), workspace.id, new)
        .await?;
    let source = SourceView::of(&made);
    Ok((StatusCode::CREATED, Json(SourceAnswer { source })))
}
