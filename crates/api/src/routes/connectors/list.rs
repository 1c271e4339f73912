//! `GET /connectors`.

use axum::Json;

use crate::caller::{Caller, Viewer};
use crate::shapes::connector::{ConnectorEntry, ConnectorList};

/// Lists what integrations can be made with.
///
/// In the order of their names, the plain webhooks first. `GET /connectors/{id}` has a connector's form.
#[utoipa::path(
    get, path = "/connectors", tag = "connectors",
    security(("api_key" = ["viewer"])),
    responses((status = 200, description = "The catalogue.", body = ConnectorList)),
)]
pub(crate) async fn list_connectors(_caller: Caller<Viewer>) -> Json<ConnectorList> {
    let mut connectors: Vec<ConnectorEntry> = postern_catalogue::all()
        .iter()
        .map(ConnectorEntry::of)
        .collect();
    connectors.sort_by_key(|entry| (entry.id != "webhooks", entry.name.to_lowercase()));
    Json(ConnectorList { connectors })
}
