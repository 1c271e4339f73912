//! `GET /session/ways`.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Api;

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
}

/// Tells how people can sign in.
#[utoipa::path(
    get, path = "/session/ways", tag = "session",
    security(()),
    responses((status = 200, description = "The ways.", body = WaysAnswer)),
)]
pub(crate) async fn get_ways(State(api): State<Api>) -> Json<WaysAnswer> {
    let oidc = api.oidc().map(|oidc| oidc.config.name.clone());
    Json(WaysAnswer {
        ways: Ways {
            password: true,
            oidc,
        },
    })
}
