//! `GET` and `PUT /workspaces/{id}/tags`.

use axum::Json;
use axum::extract::State;
use postern_journal::Tagged;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::tag::{TagList, TagsBody};

/// Lists the tags of a workspace.
#[utoipa::path(
    get, path = "/workspaces/{id}/tags", tag = "tags",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The workspace's id.")),
    responses((status = 200, description = "In the order in which they were given.", body = TagList)),
)]
pub(crate) async fn get_workspace_tags(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<TagList>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::workspace(&mut tx, &caller, &id).await?;
    let slugs = tx.tags().of(caller.team, found.id.0).await?;
    Ok(Json(TagList::of(slugs)))
}

/// Replaces the tags of a workspace.
///
/// At most 5; a slug has 2 to 64 lower-case letters, digits and hyphens.
#[utoipa::path(
    put, path = "/workspaces/{id}/tags", tag = "tags",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The workspace's id.")),
    request_body = TagsBody,
    responses((status = 200, description = "They were replaced.", body = TagList)),
)]
pub(crate) async fn put_workspace_tags(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    JsonBody(body): JsonBody<TagsBody>,
) -> Result<Json<TagList>, ApiError> {
    let slugs = body.slugs()?;
    let mut tx = api.store().read().await?;
    let found = find::workspace(&mut tx, &caller, &id).await?;
    drop(tx);
    let thing = Tagged::Workspace(found.id);
    let journal = api.journal();
    journal.replace_tags(&caller.actor(), thing, &slugs).await?;
    Ok(Json(TagList::of(slugs)))
}
