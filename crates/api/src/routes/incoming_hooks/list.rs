//! `GET /incoming-hooks`.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::Params;
use crate::shapes::incoming_hook::{IncomingHookList, IncomingHookView};

/// Which hooks are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Only those that refresh the source of this id.
    source: Option<String>,
    /// Only those that start the monitor of this uid or id.
    monitor: Option<String>,
}

/// Lists the team's incoming hooks, with what became of the last call of each.
#[utoipa::path(
    get, path = "/incoming-hooks", tag = "incoming-hooks",
    security(("api_key" = ["viewer"])),
    params(Filter),
    responses((status = 200, description = "The hooks, without addresses and secrets.", body = IncomingHookList)),
)]
pub(crate) async fn list_incoming_hooks(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(filter): Params<Filter>,
) -> Result<Json<IncomingHookList>, ApiError> {
    let mut tx = api.store().read().await?;
    let source = match &filter.source {
        Some(id) => Some(find::source(&mut tx, &caller, id).await?.id),
        None => None,
    };
    let monitor = match &filter.monitor {
        Some(uid) => Some(find::monitor(&mut tx, &caller, uid).await?.id),
        None => None,
    };
    let mut hooks = tx.incoming_hooks();
    let all = hooks.list(caller.team, source, monitor).await?;
    let seen = all.iter().filter(|it| caller.sees(Some(it.workspace)));
    Ok(Json(IncomingHookList {
        incoming_hooks: seen.map(IncomingHookView::of).collect(),
    }))
}
