//! People: `GET /me` and `GET /users`.

use postern_model::Team;
use postern_storage::Member;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::caller::Identity;

/// Who the caller is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    user: MeUser,
    /// Limits on use; Postern has none, so the list is empty.
    operations: Vec<MeOperation>,
}

/// The user that the key acts for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MeUser {
    id: i64,
    username: String,
    email: String,
    full_name: String,
    is_public: bool,
    /// A number, as Postman's clients expect it; it stands for the team's id and nothing else takes it.
    team_id: u64,
    team_name: String,
    team_domain: String,
    /// The most that the key may do: `viewer`, `editor` or `admin`.
    roles: Vec<&'static str>,
}

/// A limit on use.
#[derive(Serialize, ToSchema)]
pub(crate) struct MeOperation {
    name: String,
    limit: i64,
    usage: i64,
    overage: i64,
}

impl Me {
    /// The caller and the team.
    pub(crate) fn of(identity: &Identity, team: &Team) -> Self {
        Self {
            user: MeUser {
                id: identity.user.id.0,
                username: identity.user.username.clone(),
                email: identity.user.email.clone(),
                full_name: identity.user.full_name.clone(),
                is_public: false,
                team_id: number_of(team.id.0),
                team_name: team.name.clone(),
                team_domain: team.domain.clone(),
                roles: vec![identity.role.as_str()],
            },
            operations: Vec::new(),
        }
    }
}

/// The last 48 bits of an id: random, and small enough for JavaScript's numbers.
pub(crate) fn number_of(id: Uuid) -> u64 {
    id.as_bytes()[10..]
        .iter()
        .fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

/// The body that changes who the caller is.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct MeBody {
    pub(crate) me: MeFields,
}

/// What the caller can change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct MeFields {
    /// 1 to 255 characters.
    pub(crate) full_name: Option<String>,
    /// Nobody else's. Only who is signed in can change it, not an API key.
    pub(crate) email: Option<String>,
    /// 1 to 255 characters.
    pub(crate) username: Option<String>,
}

/// `{"data": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserList {
    pub(crate) data: Vec<UserView>,
}

/// One of the people of a team.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserView {
    id: i64,
    name: String,
    username: String,
    email: String,
    /// `viewer`, `editor` or `admin`.
    roles: Vec<&'static str>,
    joined_at: String,
}

impl UserView {
    /// The member as the API tells it.
    pub(crate) fn of(member: &Member) -> Self {
        let user = &member.user;
        Self {
            id: user.id.0,
            name: user.full_name.clone(),
            username: user.username.clone(),
            email: user.email.clone(),
            roles: vec![member.role.as_str()],
            joined_at: user.created_at.to_rfc3339(),
        }
    }
}

/// The body that changes a member.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct MemberBody {
    pub(crate) user: MemberFields,
}

/// What can be changed of a member.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct MemberFields {
    /// `viewer`, `editor` or `admin`.
    pub(crate) role: String,
}
