//! Who may do what in a workspace, in Postman's shapes: roles by number, and who has each.

use postern_model::{Role, UserId, WorkspaceMember};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::params::needed;

/// A role's number in Postman's API.
fn number_of(role: Role) -> &'static str {
    match role {
        Role::Viewer => "1",
        Role::Editor => "2",
        Role::Admin => "3",
    }
}

fn name_of(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Viewer",
        Role::Editor => "Editor",
        Role::Admin => "Admin",
    }
}

const ROLES: [Role; 3] = [Role::Viewer, Role::Editor, Role::Admin];

/// `{"roles": […]}`: who has which role in a workspace.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkspaceRoles {
    roles: Vec<RoleHolders>,
}

/// A role, and who has it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RoleHolders {
    /// `1` viewer, `2` editor, `3` admin.
    id: &'static str,
    display_name: &'static str,
    /// Ids of users.
    user: Vec<String>,
    /// Groups: Postern has none.
    usergroup: Vec<String>,
}

impl WorkspaceRoles {
    /// The members of a workspace by their roles.
    pub(crate) fn of(members: &[WorkspaceMember]) -> Self {
        let roles = ROLES.map(|role| RoleHolders {
            id: number_of(role),
            display_name: name_of(role),
            user: members
                .iter()
                .filter(|member| member.role == role)
                .map(|member| member.user.to_string())
                .collect(),
            usergroup: Vec::new(),
        });
        Self {
            roles: roles.into(),
        }
    }
}

/// `{"roles": {"user": […], "usergroup": []}}`: which roles there are.
#[derive(Serialize, ToSchema)]
pub(crate) struct AllRoles {
    roles: RolesFor,
}

/// The roles for each kind of member.
#[derive(Serialize, ToSchema)]
pub(crate) struct RolesFor {
    user: Vec<RoleView>,
    usergroup: Vec<RoleView>,
}

/// A role.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RoleView {
    id: &'static str,
    display_name: &'static str,
    description: &'static str,
}

impl AllRoles {
    /// The three that there are.
    pub(crate) fn new() -> Self {
        let user = ROLES.map(|role| RoleView {
            id: number_of(role),
            display_name: name_of(role),
            description: match role {
                Role::Viewer => "May read what is in the workspace.",
                Role::Editor => "May read and change what is in the workspace.",
                Role::Admin => "May also let others in.",
            },
        });
        Self {
            roles: RolesFor {
                user: user.into(),
                usergroup: Vec::new(),
            },
        }
    }
}

/// `{"user": […], "group": [], "team": []}`: who has which role in a collection. It is that of the workspace.
#[derive(Serialize, ToSchema)]
pub(crate) struct CollectionRoles {
    user: Vec<CollectionRole>,
    group: Vec<CollectionRole>,
    team: Vec<CollectionRole>,
}

/// Somebody's role.
#[derive(Serialize, ToSchema)]
pub(crate) struct CollectionRole {
    /// The user's or the team's id.
    id: i64,
    /// `VIEWER` or `EDITOR`.
    role: &'static str,
}

impl CollectionRoles {
    /// The roles of these people, in a collection.
    pub(crate) fn of(people: &[(UserId, Role)]) -> Self {
        let user = people.iter().map(|(user, role)| CollectionRole {
            id: user.0,
            role: if *role == Role::Viewer {
                "VIEWER"
            } else {
                "EDITOR"
            },
        });
        Self {
            user: user.collect(),
            group: Vec::new(),
            team: Vec::new(),
        }
    }
}

/// `{"roles": [{"op", "path", "value"}]}`: who comes and goes.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct RolesBody {
    roles: Option<Vec<RoleStep>>,
}

/// Roles that are given or taken.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct RoleStep {
    /// `add` (which changes too) or `remove`.
    op: Option<String>,
    /// `/user`.
    path: Option<String>,
    value: Option<Vec<RoleOf>>,
}

/// Somebody, and a role.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct RoleOf {
    /// The user's id.
    #[schema(value_type = String)]
    id: Option<serde_json::Value>,
    /// `1` viewer, `2` editor, `3` admin.
    #[schema(value_type = String)]
    role: Option<serde_json::Value>,
}

impl RolesBody {
    /// Who gets which role, and who gets none any more.
    pub(crate) fn read(self) -> Result<Vec<(UserId, Option<Role>)>, ApiError> {
        let mut changes = Vec::new();
        for step in needed("roles", self.roles)? {
            let op = needed("roles.op", step.op)?;
            if !["add", "remove"].contains(&op.as_str()) {
                return Err(ApiError::invalid("roles.op", "must be add or remove"));
            }
            if needed("roles.path", step.path)? != "/user" {
                let why = "must be /user: Postern has neither groups nor partners";
                return Err(ApiError::invalid("roles.path", why));
            }
            for one in needed("roles.value", step.value)? {
                let id = needed("roles.value.id", one.id.as_ref().map(text))?;
                let user = id.parse().map(UserId);
                let user =
                    user.map_err(|_| ApiError::invalid("roles.value.id", "not a user's id"))?;
                let role = match op.as_str() {
                    "remove" => None,
                    _ => Some(role_of(&needed(
                        "roles.value.role",
                        one.role.as_ref().map(text),
                    )?)?),
                };
                changes.push((user, role));
            }
        }
        Ok(changes)
    }
}

fn text(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn role_of(number: &str) -> Result<Role, ApiError> {
    let role = ROLES.into_iter().find(|role| number_of(*role) == number);
    role.ok_or_else(|| {
        ApiError::invalid(
            "roles.value.role",
            "must be 1 (viewer), 2 (editor) or 3 (admin)",
        )
    })
}
