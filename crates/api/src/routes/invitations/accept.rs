//! `POST /invitations/accept`.

use axum::extract::State;
use http::{Extensions, HeaderMap};
use postern_journal::NewMember;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::origin_of;
use crate::error::ApiError;
use crate::routes::me::password::hashed;
use crate::routes::session::sign_in::{SignedIn, begin};
use crate::shapes::invitation::Accepted;
use crate::shapes::session::SessionAnswer;

/// Makes whoever has an invitation's link a member of the team, and signs in.
#[utoipa::path(
    post, path = "/invitations/accept", tag = "people",
    security(()),
    request_body = Accepted,
    responses((status = 200, description = "A member is there, and a session has begun.", body = SessionAnswer)),
)]
pub(crate) async fn accept_invitation(
    State(api): State<Api>,
    headers: HeaderMap,
    extensions: Extensions,
    JsonBody(body): JsonBody<Accepted>,
) -> Result<SignedIn, ApiError> {
    let new = NewMember {
        full_name: body.full_name,
        email: body.email,
        password_hash: Some(hashed(&api, "password", body.password).await?),
        origin: origin_of(&headers, &extensions),
    };
    let actor = api.journal().accept_invitation(&body.token, new).await?;
    let missing = || ApiError::not_found("user", actor.user);
    let mut tx = api.store().read().await?;
    let user = tx.users().get(actor.user).await?.ok_or_else(missing)?;
    let role = tx.memberships().role(actor.team, actor.user).await?;
    drop(tx);
    begin(&api, &actor, user, role.ok_or_else(missing)?).await
}
