//! `POST /webhooks`.

use axum::Json;
use axum::extract::State;
use postern_journal::NewMonitor;
use postern_model::MonitorOptions;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{InWorkspace, Params, needed};
use crate::routes::monitors;

/// `{"webhook": {"name", "collection", "environment"?}}`.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct HookBody {
    webhook: HookFields,
}

/// What is to run, and with what.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct HookFields {
    /// The name of the webhook and of its monitor.
    name: Option<String>,
    /// The uid or id of the collection that runs.
    collection: Option<String>,
    /// The uid or id of the environment that it runs with.
    environment: Option<String>,
}

/// `{"webhook": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct HookAnswer {
    webhook: HookView,
}

/// A webhook.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HookView {
    /// The id of its monitor.
    id: String,
    name: String,
    /// The collection's uid.
    collection: String,
    /// The address to post to: in this answer, and never again.
    webhook_url: String,
    /// The uid of its monitor.
    uid: String,
}

/// Makes an address that runs a collection when something is posted to it.
///
/// The run is one of a monitor of the webhook's name, which has no schedule; deleting the monitor ends the webhook. In scripts the global variable
/// `previousRequest` is a JSON text whose `data` is what was posted, and `headers` its headers.
#[utoipa::path(
    post, path = "/webhooks", tag = "monitors",
    security(("api_key" = ["editor"])),
    params(InWorkspace),
    request_body = HookBody,
    responses((status = 200, description = "The webhook was made.", body = HookAnswer)),
)]
pub(crate) async fn create_webhook(
    State(api): State<Api>,
    caller: Caller<Editor>,
    Params(place): Params<InWorkspace>,
    JsonBody(body): JsonBody<HookBody>,
) -> Result<Json<HookAnswer>, ApiError> {
    let fields = body.webhook;
    let name = needed("webhook.name", fields.name)?;
    let collection = needed("webhook.collection", fields.collection)?;
    let mut tx = api.store().read().await?;
    let runs = find::collection(&mut tx, &caller, &collection).await;
    let runs = find::named_by("webhook.collection", runs)?;
    let environment = fields.environment.as_deref();
    let environment =
        monitors::environment(&mut tx, &caller, "webhook.environment", environment).await?;
    let workspace = match place.workspace.as_deref() {
        Some(id) => find::workspace(&mut tx, &caller, id).await?.id,
        None => runs.workspace,
    };
    drop(tx);
    let new = NewMonitor {
        workspace,
        name,
        collection: runs.id,
        environment,
        // Nobody sees this schedule at work: the monitor is paused.
        active: false,
        cron: "0 0 * * *".to_owned(),
        timezone: "UTC".to_owned(),
        options: MonitorOptions::default(),
    };
    let journal = api.journal();
    let (monitor, token) = journal.create_hook(&caller.actor(), new).await?;
    Ok(Json(HookAnswer {
        webhook: HookView {
            id: monitor.id.to_string(),
            name: monitor.name.clone(),
            collection: runs.uid().to_string(),
            webhook_url: api.config().at(&format!("/api/hooks/{token}")),
            uid: monitor.uid().to_string(),
        },
    }))
}
