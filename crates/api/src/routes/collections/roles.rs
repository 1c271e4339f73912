//! `GET /collections/{uid}/roles`.

use axum::Json;
use axum::extract::State;
use postern_model::Role;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::params::PathText;
use crate::shapes::role::CollectionRoles;

/// Lists who may do what with a collection.
///
/// That follows from the workspace that it lies in: change it there.
#[utoipa::path(
    get, path = "/collections/{uid}/roles", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The collection's uid or id.")),
    responses((status = 200, description = "Who may read, and who may change it.", body = CollectionRoles)),
)]
pub(crate) async fn get_collection_roles(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
) -> Result<Json<CollectionRoles>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::collection(&mut tx, &caller, &uid).await?;
    let (team, place) = (caller.team, found.workspace);
    let closed = tx.workspace_members().is_closed(team, place).await?;
    let members = tx.workspace_members().list(team, place).await?;
    let people = tx.memberships().list(team).await?;
    let may = people.iter().filter_map(|person| {
        let (user, role) = (person.user.id, person.role);
        let there = members.iter().find(|it| it.user == user);
        match there {
            _ if role == Role::Admin => Some((user, role)),
            Some(there) => Some((user, role.min(there.role))),
            None if closed => None,
            None => Some((user, role)),
        }
    });
    Ok(Json(CollectionRoles::of(&may.collect::<Vec<_>>())))
}
