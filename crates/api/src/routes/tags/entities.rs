//! `GET /tags/{slug}/entities`.

use axum::Json;
use axum::extract::State;
use postern_model::{CollectionId, WorkspaceId};
use postern_storage::PageRequest;
use serde::Deserialize;
use uuid::Uuid;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::page::PageParams;
use crate::params::{Params, PathText};
use crate::shapes::tag::{Entity, EntityList};

/// Which things are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Only `collection`s or only `workspace`s.
    #[serde(rename = "entityType")]
    kind: Option<String>,
}

/// Lists the collections and workspaces that have a tag.
#[utoipa::path(
    get, path = "/tags/{slug}/entities", tag = "tags",
    security(("api_key" = ["viewer"])),
    params(("slug" = String, Path, description = "The tag."), Filter, PageParams),
    responses((status = 200, description = "In the order of their ids.", body = EntityList)),
)]
pub(crate) async fn list_entities(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(slug): PathText<String>,
    Params(filter): Params<Filter>,
    Params(page): Params<PageParams>,
) -> Result<Json<EntityList>, ApiError> {
    let PageRequest { after, limit } = page.by_id()?;
    let team = caller.team;
    let mut tx = api.store().read().await?;
    let behind = after.unwrap_or(Uuid::nil());
    let kind = filter.kind.as_deref();
    let mut tagged = tx
        .tags()
        .tagged(team, &slug, kind, behind, limit + 1)
        .await?;
    let more = tagged.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    tagged.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = tagged.last().filter(|_| more).map(|(id, _)| *id);
    let mut entities = Vec::with_capacity(tagged.len());
    for (id, kind) in tagged {
        // What was deleted has its tags again when it comes back.
        let entity = if kind == "collection" {
            let found = tx.collections().get(team, CollectionId(id)).await?;
            found
                .filter(|it| caller.sees(Some(it.workspace)))
                .map(|it| Entity::new(it.uid().to_string(), "collection"))
        } else {
            let found = tx.workspaces().get(team, WorkspaceId(id)).await?;
            found
                .filter(|it| caller.sees(Some(it.id)))
                .map(|it| Entity::new(it.id.to_string(), "workspace"))
        };
        entities.extend(entity);
    }
    Ok(Json(EntityList::of(entities, next)))
}
