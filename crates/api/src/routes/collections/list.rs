//! `GET /collections`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use postern_model::{CollectionId, Fork};
use postern_storage::CollectionFilter;
use serde::Deserialize;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::Params;
use crate::shapes::collection::{CollectionList, CollectionListMeta, CollectionSummary};

/// Which collections are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Only those in this workspace.
    workspace: Option<String>,
    /// Only those of exactly this name.
    name: Option<String>,
    /// How many at most; all, where it is not there.
    limit: Option<u32>,
    /// How many to skip.
    offset: Option<u32>,
}

/// Lists the team's collections.
#[utoipa::path(
    get, path = "/collections", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(Filter),
    responses((status = 200, description = "The collections, without their documents.", body = CollectionList)),
)]
pub(crate) async fn list_collections(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(filter): Params<Filter>,
) -> Result<Json<CollectionList>, ApiError> {
    let mut tx = api.store().read().await?;
    let mut wanted = CollectionFilter {
        name: filter.name,
        ..CollectionFilter::default()
    };
    if let Some(id) = &filter.workspace {
        wanted.workspace = Some(find::workspace(&mut tx, &caller, id).await?.id);
    }
    let offset = filter.offset.unwrap_or(0);
    let (collections, total) = if caller.places.hide_some() && wanted.workspace.is_none() {
        // What is hidden takes no place on a page and is not counted: all are read.
        let mut all = tx.collections().list(caller.team, &wanted).await?;
        all.retain(|it| caller.sees(Some(it.workspace)));
        let total = u64::try_from(all.len()).unwrap_or(u64::MAX);
        let skipped = usize::try_from(offset).unwrap_or(usize::MAX);
        let most = filter.limit.and_then(|limit| usize::try_from(limit).ok());
        let part = all.into_iter().skip(skipped);
        (part.take(most.unwrap_or(usize::MAX)).collect(), total)
    } else {
        let total = tx.collections().count(caller.team, &wanted).await?;
        let part = CollectionFilter {
            limit: filter.limit,
            offset,
            ..wanted
        };
        (tx.collections().list(caller.team, &part).await?, total)
    };
    let forks = tx.forks().list(caller.team).await?.into_iter();
    let forks: HashMap<CollectionId, Fork> = forks.map(|it| (it.fork, it)).collect();
    Ok(Json(CollectionList {
        collections: collections
            .iter()
            .map(|it| CollectionSummary::of(it, forks.get(&it.id)))
            .collect(),
        meta: CollectionListMeta {
            total,
            offset,
            limit: filter.limit.map_or(total, u64::from),
        },
    }))
}
