//! `POST /invitations`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use postern_model::Role;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Admin, Caller};
use crate::error::ApiError;
use crate::shapes::invitation::{InvitationAnswer, InvitationBody, InvitationView};

/// Makes a link that lets somebody into the team, once, within a week.
///
/// The answer holds the link, this once; Postern sends no mail.
#[utoipa::path(
    post, path = "/invitations", tag = "people",
    security(("api_key" = ["admin"])),
    request_body = InvitationBody,
    responses((status = 201, description = "The link was made.", body = InvitationAnswer)),
)]
pub(crate) async fn create_invitation(
    State(api): State<Api>,
    caller: Caller<Admin>,
    JsonBody(body): JsonBody<InvitationBody>,
) -> Result<(StatusCode, Json<InvitationAnswer>), ApiError> {
    let fields = body.invitation;
    let role = Role::parse(&fields.role)
        .ok_or_else(|| ApiError::invalid("invitation.role", "must be viewer, editor or admin"))?;
    let journal = api.journal();
    let (made, token) = journal.invite(&caller.actor(), fields.email, role).await?;
    let link = api.config().at(&format!("/invite/{token}"));
    let invitation = InvitationView::with_link(&made, link);
    Ok((StatusCode::CREATED, Json(InvitationAnswer { invitation })))
}
