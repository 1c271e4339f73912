//! `POST /replays`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::Deserialize;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::params::Params;
use crate::shapes::replay::{ReplayAnswer, ReplayBody, ReplayView};

/// Whether it is meant.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub(crate) struct How {
    /// Whether only to count (false).
    dry_run: Option<bool>,
}

/// Makes deliveries that have ended again, many at once.
///
/// They become due in their old order, so many a second, each with its id and the numbers of its attempts. It goes on after a
/// restart. With `?dryRun=true` they are only counted: 200.
#[utoipa::path(
    post, path = "/replays", tag = "deliveries",
    security(("api_key" = ["editor"])),
    params(How),
    request_body = ReplayBody,
    responses(
        (status = 200, description = "How many there would be.", body = ReplayAnswer),
        (status = 202, description = "The replay has begun.", body = ReplayAnswer),
    ),
)]
pub(crate) async fn create_replay(
    State(api): State<Api>,
    caller: Caller<Editor>,
    Params(how): Params<How>,
    JsonBody(body): JsonBody<ReplayBody>,
) -> Result<(StatusCode, Json<ReplayAnswer>), ApiError> {
    caller.whole_team()?;
    let new = body.replay.read()?;
    let mut tx = api.store().read().await?;
    if let Some(id) = new.selection.integration {
        let found = find::integration(&mut tx, &caller, &id.to_string()).await;
        find::named_by("replay.integration", found)?;
    }
    if how.dry_run == Some(true) {
        let selection = &new.selection;
        let total = tx.deliveries().count_chosen(caller.team, selection).await?;
        let replay = ReplayView::counted(&new, total);
        return Ok((StatusCode::OK, Json(ReplayAnswer { replay })));
    }
    drop(tx);
    let made = api.journal().create_replay(&caller.actor(), new).await?;
    let replay = ReplayView::of(&made);
    Ok((StatusCode::ACCEPTED, Json(ReplayAnswer { replay })))
}
