//! `GET /monitors`.

use axum::Json;
use axum::extract::State;
use postern_storage::MonitorFilter;
use serde::Deserialize;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::PageParams;
use crate::params::Params;
use crate::shapes::monitor::{MonitorList, MonitorSummary};

/// Which monitors are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub(crate) struct Filter {
    /// Only those in this workspace.
    workspace: Option<String>,
    /// Only active ones, or only paused ones.
    active: Option<bool>,
    /// Only those that run the collection of this uid or id.
    collection_uid: Option<String>,
    /// Only those that use the environment of this uid or id.
    environment_uid: Option<String>,
}

/// Lists the team's monitors.
#[utoipa::path(
    get, path = "/monitors", tag = "monitors",
    security(("api_key" = ["viewer"])),
    params(Filter, PageParams),
    responses((status = 200, description = "The monitors.", body = MonitorList)),
)]
pub(crate) async fn list_monitors(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(filter): Params<Filter>,
    Params(page): Params<PageParams>,
) -> Result<Json<MonitorList>, ApiError> {
    let page = page.by_offset()?;
    let mut tx = api.store().read().await?;
    let mut wanted = MonitorFilter {
        active: filter.active,
        limit: Some(page.rows()),
        offset: page.offset,
        ..MonitorFilter::default()
    };
    if let Some(id) = &filter.workspace {
        wanted.workspace = Some(find::workspace(&mut tx, &caller, id).await?.id);
    }
    if let Some(uid) = &filter.collection_uid {
        wanted.collection = Some(find::collection(&mut tx, &caller, uid).await?.id);
    }
    if let Some(uid) = &filter.environment_uid {
        wanted.environment = Some(find::environment(&mut tx, &caller, uid).await?.id);
    }
    let hides = caller.places.hide_some();
    if hides {
        // What is hidden takes no place on a page: all are read, which are few.
        (wanted.limit, wanted.offset) = (None, 0);
    }
    let mut found = tx.monitors().list(caller.team, &wanted).await?;
    if hides {
        found.retain(|it| caller.sees(Some(it.workspace)));
        found = page.part(found);
    }
    let (found, meta) = page.cut(found);
    let mut monitors = Vec::with_capacity(found.len());
    for monitor in &found {
        let (collection, environment) = find::monitor_subjects(&mut tx, monitor).await?;
        monitors.push(MonitorSummary::of(monitor, collection, environment));
    }
    Ok(Json(MonitorList { monitors, meta }))
}
