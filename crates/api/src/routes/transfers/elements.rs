//! `POST /workspaces/{id}/element-transfers`.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::{PathText, needed};

/// What is to lie in another workspace.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ElementBody {
    /// The thing's uid or id.
    id: Option<String>,
    /// `collection`, `environment` or `monitor`.
    r#type: Option<String>,
    /// The other workspace's id.
    to: Option<String>,
}

/// `{"workspace": {"elementTransfers": {…}}}`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ElementAnswer {
    workspace: ElementWorkspace,
}

/// The transfer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ElementWorkspace {
    element_transfers: ElementTransfer,
}

/// What lies elsewhere now.
#[derive(Serialize, ToSchema)]
pub(crate) struct ElementTransfer {
    r#type: String,
    id: String,
    from: String,
    to: String,
}

/// Puts a collection, an environment or a monitor into another workspace.
#[utoipa::path(
    post, path = "/workspaces/{id}/element-transfers", tag = "workspaces",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The id of the workspace that it lies in.")),
    request_body = ElementBody,
    responses((status = 200, description = "It lies there.", body = ElementAnswer)),
)]
pub(crate) async fn transfer_element(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(workspace): PathText<String>,
    JsonBody(body): JsonBody<ElementBody>,
) -> Result<Json<ElementAnswer>, ApiError> {
    let id = needed("id", body.id)?;
    let kind = needed("type", body.r#type)?;
    let to = needed("to", body.to)?;
    let (actor, journal) = (caller.actor(), api.journal());
    let mut tx = api.store().read().await?;
    let from = find::workspace(&mut tx, &caller, &workspace).await?;
    let place = find::named_by("to", find::workspace(&mut tx, &caller, &to).await)?;
    let lies_in = |workspace| {
        if workspace == from.id {
            return Ok(());
        }
        let why = format!("there is no {kind} {id:?} in the workspace {}", from.name);
        Err(ApiError::invalid("id", why))
    };
    match kind.as_str() {
        "collection" => {
            let it = find::named_by("id", find::collection(&mut tx, &caller, &id).await)?;
            drop(tx);
            lies_in(it.workspace)?;
            journal.move_collection(&actor, it.id, place.id).await?;
        }
        "environment" => {
            let it = find::named_by("id", find::environment(&mut tx, &caller, &id).await)?;
            drop(tx);
            lies_in(it.workspace)?;
            journal.move_environment(&actor, it.id, place.id).await?;
        }
        "monitor" => {
            let it = find::named_by("id", find::monitor(&mut tx, &caller, &id).await)?;
            drop(tx);
            lies_in(it.workspace)?;
            journal.move_monitor(&actor, it.id, place.id).await?;
        }
        _ => {
            let why = "must be collection, environment or monitor";
            return Err(ApiError::invalid("type", why));
        }
    }
    let transfer = ElementTransfer {
        r#type: kind,
        id,
        from: from.id.to_string(),
        to: place.id.to_string(),
    };
    Ok(Json(ElementAnswer {
        workspace: ElementWorkspace {
            element_transfers: transfer,
        },
    }))
}
