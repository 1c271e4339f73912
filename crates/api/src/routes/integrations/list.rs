//! `GET /integrations`.

use axum::Json;
use axum::extract::State;
use postern_model::EventKind;
use postern_storage::IntegrationFilter;
use serde::Deserialize;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::Params;
use crate::shapes::integration::{IntegrationList, IntegrationView};

/// Which integrations are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Only those that tell this kind of event.
    event: Option<String>,
    /// Only those that name this workspace.
    workspace: Option<String>,
    /// Only those that name the collection of this uid or id.
    collection: Option<String>,
    /// Only those that name the monitor of this uid or id.
    monitor: Option<String>,
}

/// Lists the team's integrations.
#[utoipa::path(
    get, path = "/integrations", tag = "integrations",
    security(("api_key" = ["viewer"])),
    params(Filter),
    responses((status = 200, description = "The integrations, their headers masked.", body = IntegrationList)),
)]
pub(crate) async fn list_integrations(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(filter): Params<Filter>,
) -> Result<Json<IntegrationList>, ApiError> {
    let mut wanted = IntegrationFilter::default();
    if let Some(word) = &filter.event {
        let kind = EventKind::parse(word)
            .ok_or_else(|| ApiError::invalid("event", "not a kind of event"))?;
        wanted.event = Some(kind);
    }
    let mut tx = api.store().read().await?;
    if let Some(id) = &filter.workspace {
        wanted.workspace = Some(find::workspace(&mut tx, &caller, id).await?.id);
    }
    if let Some(uid) = &filter.collection {
        wanted.collection = Some(find::collection(&mut tx, &caller, uid).await?.id);
    }
    if let Some(uid) = &filter.monitor {
        wanted.monitor = Some(find::monitor(&mut tx, &caller, uid).await?.id);
    }
    let found = find::integrations(&mut tx, &caller, &wanted).await?;
    let mut integrations = Vec::with_capacity(found.len());
    for integration in &found {
        let subjects = super::subjects(&mut tx, integration).await?;
        integrations.push(IntegrationView::of(integration, subjects));
    }
    Ok(Json(IntegrationList { integrations }))
}
