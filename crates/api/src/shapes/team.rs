//! Teams: `GET /team`.

use postern_model::Team;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The body that changes a team.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct TeamBody {
    pub(crate) team: TeamFields,
}

/// What can be changed of a team.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct TeamFields {
    /// 1 to 255 characters.
    pub(crate) name: String,
}

/// `{"team": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct TeamAnswer {
    pub(crate) team: TeamView,
}

/// A team's record.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TeamView {
    id: String,
    name: String,
    domain: String,
    created_at: String,
}

impl TeamView {
    /// The team as the API tells it.
    pub(crate) fn of(team: &Team) -> Self {
        Self {
            id: team.id.to_string(),
            name: team.name.clone(),
            domain: team.domain.clone(),
            created_at: team.created_at.to_rfc3339(),
        }
    }
}
