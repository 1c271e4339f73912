//! `PUT /monitors/{uid}`.

use axum::Json;
use axum::extract::State;
use postern_journal::NewMonitor;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::monitor::{MonitorBody, MonitorChanged};

/// Changes a monitor.
///
/// As in Postman's API, what the body does not name stays as it is.
#[utoipa::path(
    put, path = "/monitors/{uid}", tag = "monitors",
    security(("api_key" = ["editor"])),
    params(("uid" = String, Path, description = "The monitor's uid or id.")),
    request_body = MonitorBody,
    responses((status = 200, description = "The monitor was changed.", body = MonitorChanged)),
)]
pub(crate) async fn replace_monitor(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(uid): PathText<String>,
    JsonBody(body): JsonBody<MonitorBody>,
) -> Result<Json<MonitorChanged>, ApiError> {
    let fields = body.monitor;
    let mut tx = api.store().read().await?;
    let found = find::monitor(&mut tx, &caller, &uid).await?;
    let options = fields.options(found.options);
    let (cron, timezone) = fields
        .schedule
        .map_or((None, None), |it| (it.cron, it.timezone));
    let change = NewMonitor {
        workspace: found.workspace,
        name: fields.name.unwrap_or(found.name),
        collection: match &fields.collection {
            None => found.collection,
            Some(uid) => super::collection(&mut tx, &caller, uid).await?,
        },
        environment: match &fields.environment {
            None => found.environment,
            Some(uid) => {
                super::environment(&mut tx, &caller, super::ENVIRONMENT, Some(uid)).await?
            }
        },
        active: fields.active.unwrap_or(found.active),
        cron: cron.unwrap_or(found.cron),
        timezone: timezone.unwrap_or(found.timezone),
        options,
    };
    drop(tx);
    let monitor = api
        .journal()
        .replace_monitor(&caller.actor(), found.id, change)
        .await?;
    Ok(Json(MonitorChanged::of(&monitor)))
}
