//! `GET /activities`.

use axum::Json;
use axum::extract::State;
use postern_model::{Model, UserId};
use postern_storage::ActivityFilter;
use serde::Deserialize;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::{PageMeta, PageParams, SeenPage};
use crate::params::{Params, time};
use crate::shapes::activity::{ActivityList, ActivityView};

/// Whose activities are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Only those in this workspace.
    workspace: Option<String>,
    /// Only those in the collection of this uid or id.
    collection: Option<String>,
    /// Only what the user of this id did.
    user: Option<i64>,
    /// Only what was done to this kind of thing: `collection`, `request`, `monitor`, ….
    #[param(value_type = Option<String>)]
    model: Option<Model>,
    /// Only what was done at this time or later (RFC 3339).
    since: Option<String>,
    /// Only what was done before this time (RFC 3339).
    until: Option<String>,
}

/// Lists what was done in the team.
#[utoipa::path(
    get, path = "/activities", tag = "activities",
    security(("api_key" = ["viewer"])),
    params(Filter, PageParams),
    responses((status = 200, description = "The newest first.", body = ActivityList)),
)]
pub(crate) async fn list_activities(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(filter): Params<Filter>,
    Params(asked): Params<PageParams>,
) -> Result<Json<ActivityList>, ApiError> {
    let request = asked.by_id()?;
    let mut tx = api.store().read().await?;
    let mut wanted = ActivityFilter {
        user: filter.user.map(UserId),
        model: filter.model,
        since: time("since", filter.since.as_deref())?,
        until: time("until", filter.until.as_deref())?,
        ..ActivityFilter::default()
    };
    if let Some(id) = &filter.workspace {
        wanted.workspace = Some(find::workspace(&mut tx, &caller, id).await?.id);
    }
    if let Some(uid) = &filter.collection {
        wanted.collection = Some(find::collection(&mut tx, &caller, uid).await?.id);
    }
    let mut page = SeenPage::new(request);
    while let Some(part) = page.wants() {
        let read = tx.activities().list(caller.team, &wanted, part).await?;
        page.take(read, |it| caller.sees(it.workspace), |it| it.id.0);
    }
    let page = page.done();
    Ok(Json(ActivityList {
        meta: PageMeta::after(&page, request),
        activities: page.items.into_iter().map(ActivityView::of).collect(),
    }))
}
