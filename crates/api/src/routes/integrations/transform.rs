//! `POST /integrations/{id}/transform`.

use axum::Json;
use axum::extract::State;
use postern_model::transform::{draft, webhook};
use postern_model::{Event, EventId, Integration};
use postern_storage::{PageRequest, Tx};

use crate::Api;
use crate::body::MaybeJsonBody;
use crate::caller::{Caller, Editor};
use crate::error::{ApiError, ErrorName};
use crate::find;
use crate::mask::mask;
use crate::params::PathText;
use crate::shapes::transform::{TransformAnswer, TransformBody};

/// Tries an integration's transform on a past event.
///
/// Nothing is sent and nothing is kept. The answer is what would be sent, or why nothing would. The script is given the mask in
/// place of the headers' values.
#[utoipa::path(
    post, path = "/integrations/{id}/transform", tag = "integrations",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The integration's id.")),
    request_body = TransformBody,
    responses((status = 200, description = "What would be sent.", body = TransformAnswer)),
)]
pub(crate) async fn try_transform(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    MaybeJsonBody(body): MaybeJsonBody<TransformBody>,
) -> Result<Json<TransformAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let mut integration = find::integration(&mut tx, &caller, &id).await?;
    // What a script could write to the console, or into the payload, it isn't told here.
    integration.config.headers.values_mut().for_each(mask);
    let source = body
        .transform
        .or_else(|| integration.config.transform.clone())
        .ok_or_else(|| {
            ApiError::invalid(
                "transform",
                "the integration has none: send the one to be tried",
            )
        })?;
    let event = event(&mut tx, &integration, body.event.as_deref()).await?;
    let form = integration.options.payload;
    let payload = tx.events().body(event.team, event.id, form).await?;
    let payload = payload.filter(|body| !body.is_empty());
    let payload = payload.ok_or_else(|| {
        ApiError::invalid("event", "its body is not kept any more: name a newer event")
    })?;
    drop(tx);
    let payload = serde_json::from_slice(&payload).map_err(ApiError::server)?;
    let input = webhook(&event, &integration, &payload);
    let transforms = api.transforms().ok_or_else(|| {
        ApiError::new(
            ErrorName::Unavailable,
            "this server runs no transforms; ask one that does",
        )
    })?;
    let tried = transforms.run(source, input.to_string()).await;
    let answer = match tried {
        Ok(tried) => {
            let drafted = draft(&integration.config, &payload, tried.value);
            TransformAnswer::of(&event, input, drafted, tried.console)
        }
        Err(why) => TransformAnswer::failed(&event, input, format!("the transform {why}")),
    };
    Ok(Json(answer))
}

/// The event that is named, or the newest of the integration's kind.
async fn event(
    tx: &mut Tx,
    integration: &Integration,
    id: Option<&str>,
) -> Result<Event, ApiError> {
    let team = integration.team;
    if let Some(id) = id {
        let missing = || ApiError::not_found("event", id).blaming("event");
        let parsed: EventId = id.parse().map_err(|_| missing())?;
        return tx.events().get(team, parsed).await?.ok_or_else(missing);
    }
    let page = PageRequest::first(1);
    let newest = tx
        .events()
        .list(team, Some(integration.event), page)
        .await?;
    newest.items.into_iter().next().ok_or_else(|| {
        ApiError::invalid(
            "event",
            "the team has no event of this integration's kind yet: send a test first, and name its event",
        )
    })
}
