//! `GET /invitations/offer`.

use axum::Json;
use axum::extract::State;
use postern_model::ContentHash;
use serde::Deserialize;

use crate::Api;
use crate::error::ApiError;
use crate::params::Params;
use crate::shapes::invitation::{Offer, OfferAnswer};

/// Which invitation.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// What the link holds behind its last slash.
    token: String,
}

/// Tells whoever has an invitation's link what it is an invitation to.
#[utoipa::path(
    get, path = "/invitations/offer", tag = "people",
    security(()),
    params(Which),
    responses((status = 200, description = "The team and the role.", body = OfferAnswer)),
)]
pub(crate) async fn get_offer(
    State(api): State<Api>,
    Params(which): Params<Which>,
) -> Result<Json<OfferAnswer>, ApiError> {
    let missing = || ApiError::not_found("invitation", "of this link");
    let mut tx = api.store().read().await?;
    let hash = ContentHash::of(which.token.as_bytes());
    let found = tx.invitations().find_by_hash(hash).await?;
    let found = found.filter(|it| api.now() < it.expires_at);
    let found = found.ok_or_else(missing)?;
    let team = tx.teams().get(found.team).await?.ok_or_else(missing)?;
    Ok(Json(OfferAnswer {
        invitation: Offer::of(&found, &team),
    }))
}
