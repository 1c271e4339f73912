//! `PUT /workspaces/{id}/global-variables`.

use axum::Json;
use axum::extract::State;
use postern_collection::EnvironmentDocument;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{PathText, needed};
use crate::shapes::environment::{GlobalsView, VariableView, unmask};

/// `{"values": […]}`.
#[derive(Deserialize, ToSchema)]
pub(crate) struct GlobalsBody {
    #[schema(value_type = Vec<VariableView>)]
    values: Option<Vec<Value>>,
}

/// Replaces the global variables of a workspace.
///
/// A `secret` variable whose value is the mask `••••••••` keeps the value that is stored.
#[utoipa::path(
    put, path = "/workspaces/{id}/global-variables", tag = "workspaces",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The workspace's id.")),
    request_body = GlobalsBody,
    responses((status = 200, description = "They were replaced.", body = GlobalsView)),
)]
pub(crate) async fn replace_globals(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    JsonBody(body): JsonBody<GlobalsBody>,
) -> Result<Json<GlobalsView>, ApiError> {
    let values = needed("values", body.values)?;
    let mut tx = api.store().read().await?;
    let workspace = find::workspace(&mut tx, &caller, &id).await?;
    let old = tx.globals().get(caller.team, workspace.id).await?;
    drop(tx);
    // They are what an environment's values are, and are checked as such.
    let mut new =
        EnvironmentDocument::from_value(json!({"name": "globals", "values": values}))?.into_value();
    unmask(&mut new, old.map(|old| json!({ "values": old })).as_ref())?;
    let values = new["values"].take();
    let journal = api.journal();
    journal
        .replace_globals(&caller.actor(), workspace.id, &values)
        .await?;
    Ok(Json(GlobalsView::of(Some(values))))
}
