//! Who may do what in a workspace.

use axum::Json;
use axum::extract::State;
use postern_model::Role;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor, Viewer};
use crate::error::{ApiError, ErrorName};
use crate::find;
use crate::params::PathText;
use crate::shapes::role::{AllRoles, RolesBody, WorkspaceRoles};

/// Lists the members of a workspace by their roles.
///
/// Into a `personal` or `private` workspace only its members may go, and the team's admins. In any workspace a member's role there is
/// the most that the member may do; it never gives more than the role in the team.
#[utoipa::path(
    get, path = "/workspaces/{id}/roles", tag = "workspaces",
    security(("api_key" = ["viewer"])),
    params(("id" = String, Path, description = "The workspace's id.")),
    responses((status = 200, description = "Who has which role.", body = WorkspaceRoles)),
)]
pub(crate) async fn get_workspace_roles(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(id): PathText<String>,
) -> Result<Json<WorkspaceRoles>, ApiError> {
    let mut tx = api.store().read().await?;
    let found = find::workspace(&mut tx, &caller, &id).await?;
    let members = tx.workspace_members().list(caller.team, found.id).await?;
    Ok(Json(WorkspaceRoles::of(&members)))
}

/// Lets people into a workspace, or out, or has them do more or less there.
///
/// An admin of the workspace or of the team does that; whoever has made a workspace is an admin of it.
#[utoipa::path(
    patch, path = "/workspaces/{id}/roles", tag = "workspaces",
    security(("api_key" = ["editor"])),
    params(("id" = String, Path, description = "The workspace's id.")),
    request_body = RolesBody,
    responses((status = 200, description = "Who has which role now.", body = WorkspaceRoles)),
)]
pub(crate) async fn change_workspace_roles(
    State(api): State<Api>,
    caller: Caller<Editor>,
    PathText(id): PathText<String>,
    JsonBody(body): JsonBody<RolesBody>,
) -> Result<Json<WorkspaceRoles>, ApiError> {
    let changes = body.read()?;
    let mut tx = api.store().read().await?;
    let found = find::workspace(&mut tx, &caller, &id).await?;
    let members = tx.workspace_members().list(caller.team, found.id).await?;
    let runs_it = found.created_by == caller.user.id
        || members
            .iter()
            .any(|it| it.user == caller.user.id && it.role == Role::Admin);
    if caller.role < Role::Admin && !runs_it {
        return Err(ApiError::new(
            ErrorName::Forbidden,
            "only an admin of the workspace, or of the team, lets others in",
        ));
    }
    let team = tx.memberships().list(caller.team).await?;
    for (user, _) in &changes {
        if !team.iter().any(|it| it.user.id == *user) {
            let why = format!("there is no user {user} in this team");
            return Err(ApiError::invalid("roles.value.id", why));
        }
    }
    drop(tx);
    let journal = api.journal();
    journal
        .set_workspace_members(&caller.actor(), found.id, &changes)
        .await?;
    let mut tx = api.store().read().await?;
    let members = tx.workspace_members().list(caller.team, found.id).await?;
    Ok(Json(WorkspaceRoles::of(&members)))
}

/// Lists the roles that a member of a workspace can have.
#[utoipa::path(
    get, path = "/workspaces-roles", tag = "workspaces",
    security(("api_key" = ["viewer"])),
    responses((status = 200, description = "The three roles.", body = AllRoles)),
)]
pub(crate) async fn list_roles(_caller: Caller<Viewer>) -> Json<AllRoles> {
    Json(AllRoles::new())
}
