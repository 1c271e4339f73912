//! `PATCH /me`.

use axum::Json;
use axum::extract::State;
use postern_journal::NewNames;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{By, Caller, Identity, Viewer};
use crate::error::{ApiError, ErrorName};
use crate::routes::session::team_of;
use crate::shapes::user::{Me, MeBody};

/// Changes the caller's own name, username or e-mail address.
///
/// The address is what the person signs in with, so a key can't change it: it may do less than the person that it acts for.
#[utoipa::path(
    patch, path = "/me", tag = "me",
    security(("api_key" = ["viewer"])),
    request_body = MeBody,
    responses((status = 200, description = "Who the caller is now.", body = Me)),
)]
pub(crate) async fn change_me(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    JsonBody(body): JsonBody<MeBody>,
) -> Result<Json<Me>, ApiError> {
    caller.whole_team()?;
    if body.me.email.is_some() && !matches!(caller.by, By::Session { .. }) {
        return Err(ApiError::new(
            ErrorName::Conflict,
            "an e-mail address is changed by who is signed in, not with an API key",
        ));
    }
    let new = NewNames {
        full_name: body.me.full_name,
        email: body.me.email,
        username: body.me.username,
    };
    let user = api.journal().change_self(&caller.actor(), new).await?;
    let mut tx = api.store().read().await?;
    let team = team_of(&mut tx, &caller).await?;
    let identity = Identity {
        user,
        ..caller.identity
    };
    Ok(Json(Me::of(&identity, &team)))
}
