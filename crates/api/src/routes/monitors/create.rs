//! `POST /monitors`.

use axum::Json;
use axum::extract::State;
use postern_journal::NewMonitor;
use postern_model::MonitorOptions;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{InWorkspace, Params, needed};
use crate::shapes::monitor::{MonitorBody, MonitorChanged};

/// Makes a monitor.
///
/// `distribution` of Postman's API is let pass and not kept: Postern runs where it stands. Who is named under `notifications`
/// gets letters from the integrations for e-mail that tell of this monitor.
#[utoipa::path(
    post, path = "/monitors", tag = "monitors",
    security(("api_key" = ["editor"])),
    params(InWorkspace),
    request_body = MonitorBody,
    responses((status = 200, description = "The monitor was made.", body = MonitorChanged)),
)]
pub(crate) async fn create_monitor(
    State(api): State<Api>,
    caller: Caller<Editor>,
    Params(place): Params<InWorkspace>,
    JsonBody(body): JsonBody<MonitorBody>,
) -> Result<Json<MonitorChanged>, ApiError> {
    let fields = body.monitor;
    let options = fields.options(MonitorOptions::default());
    let name = needed("monitor.name", fields.name)?;
    let collection = needed("monitor.collection", fields.collection)?;
    let schedule = needed("monitor.schedule", fields.schedule)?;
    let mut tx = api.store().read().await?;
    let workspace = find::workspace_or_usual(&mut tx, &caller, place.workspace.as_deref()).await?;
    let new = NewMonitor {
        workspace: workspace.id,
        name,
        collection: super::collection(&mut tx, &caller, &collection).await?,
        environment: super::environment(
            &mut tx,
            &caller,
            super::ENVIRONMENT,
            fields.environment.as_deref(),
        )
        .await?,
        active: fields.active.unwrap_or(true),
        cron: needed("monitor.schedule.cron", schedule.cron)?,
        timezone: schedule.timezone.unwrap_or_else(|| "UTC".to_owned()),
        options,
    };
    drop(tx);
    let monitor = api.journal().create_monitor(&caller.actor(), new).await?;
    Ok(Json(MonitorChanged::of(&monitor)))
}
