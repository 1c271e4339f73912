//! `GET /session/ways`.

use axum::Json;
use axum::extract::State;
use postern_storage::Tx;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Api;
use crate::error::ApiError;

/// `{"ways": {…}}`: how people can sign in.
#[derive(Serialize, ToSchema)]
pub(crate) struct WaysAnswer {
    ways: Ways,
}

/// How people can sign in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ways {
    /// With an e-mail address and a password.
    password: bool,
    /// The name of the service that `GET /session/oidc` leads to, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    oidc: Option<String>,
    /// Whether the first admin has no password yet: `postern users link` makes a link that signs in.
    #[serde(rename = "setUp", skip_serializing_if = "std::ops::Not::not")]
    set_up: bool,
}

/// Tells how people can sign in.
#[utoipa::path(
    get, path = "/session/ways", tag = "session",
    security(()),
    responses((status = 200, description = "The ways.", body = WaysAnswer)),
)]
pub(crate) async fn get_ways(State(api): State<Api>) -> Result<Json<WaysAnswer>, ApiError> {
    let mut tx = api.store().read().await?;
    let set_up = is_to_be_set_up(&mut tx).await?;
    let oidc = api.oidc().map(|oidc| oidc.config.name.clone());
    Ok(Json(WaysAnswer {
        ways: Ways {
            password: true,
            oidc,
            set_up,
        },
    }))
}

/// Whether the admin who has been there for the longest has no password.
async fn is_to_be_set_up(tx: &mut Tx) -> Result<bool, ApiError> {
    let teams = tx.teams().list().await?;
    let Some(team) = teams.first() else {
        return Ok(true);
    };
    let Some(admin) = tx.memberships().first_admin(team.id).await? else {
        return Ok(false);
    };
    Ok(tx.users().password_hash(admin).await?.is_none())
}
