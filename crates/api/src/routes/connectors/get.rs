//! `GET /connectors/{id}`.

use axum::Json;

use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::params::PathText;
use crate::shapes::connector::{ConnectorAnswer, ConnectorView};

/// Returns a connector: what it tells, and what its form asks for.
///
/// What the form asks for goes into `config.fields` of `POST /integrations`; for one that `sends` a `webhook` the one field
/// `url` is `config.url`.
#[utoipa::path(
    get, path = "/connectors/{id}", tag = "connectors",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The connector's id, such as `slack`.")),
    responses((status = 200, description = "The connector.", body = ConnectorAnswer)),
)]
pub(crate) async fn get_connector(
    _caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<ConnectorAnswer>, ApiError> {
    let found = postern_catalogue::find(&id);
    let found = found.ok_or_else(|| ApiError::not_found("connector", &id))?;
    let connector = ConnectorView::of(found);
    Ok(Json(ConnectorAnswer { connector }))
}
