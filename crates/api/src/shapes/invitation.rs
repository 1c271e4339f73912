//! Invitations: what the link holds goes out once, when it is made.

use postern_model::{Invitation, Team};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The body that makes an invitation.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct InvitationBody {
    pub(crate) invitation: InvitationFields,
}

/// What people say of an invitation.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct InvitationFields {
    /// For whom; without it, for whoever has the link.
    pub(crate) email: Option<String>,
    /// `viewer`, `editor` or `admin`.
    pub(crate) role: String,
}

/// `{"invitation": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationAnswer {
    pub(crate) invitation: InvitationView,
}

/// `{"invitations": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationList {
    pub(crate) invitations: Vec<InvitationView>,
}

/// An invitation's record.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InvitationView {
    id: String,
    /// Empty: for whoever has the link.
    email: String,
    role: &'static str,
    created_by: i64,
    created_at: String,
    /// A week after it was made.
    expires_at: String,
    /// The link: in the answer to the call that made it, and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

impl InvitationView {
    /// The record, without the link.
    pub(crate) fn of(invitation: &Invitation) -> Self {
        Self {
            id: invitation.id.to_string(),
            email: invitation.email.clone(),
            role: invitation.role.as_str(),
            created_by: invitation.created_by.0,
            created_at: invitation.created_at.to_rfc3339(),
            expires_at: invitation.expires_at.to_rfc3339(),
            link: None,
        }
    }

    /// The record and the link.
    pub(crate) fn with_link(invitation: &Invitation, link: String) -> Self {
        Self {
            link: Some(link),
            ..Self::of(invitation)
        }
    }
}

/// `{"invitation": {…}}`, for whoever has the link.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferAnswer {
    pub(crate) invitation: Offer,
}

/// What whoever has the link may know.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Offer {
    team_name: String,
    /// Empty: whoever has the link says which address it is.
    email: String,
    role: &'static str,
    expires_at: String,
}

impl Offer {
    /// The invitation to this team.
    pub(crate) fn of(invitation: &Invitation, team: &Team) -> Self {
        Self {
            team_name: team.name.clone(),
            email: invitation.email.clone(),
            role: invitation.role.as_str(),
            expires_at: invitation.expires_at.to_rfc3339(),
        }
    }
}

/// The body that accepts an invitation.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Accepted {
    /// What the link holds behind its last slash.
    pub(crate) token: String,
    /// The name in feeds.
    pub(crate) full_name: String,
    /// Needed where the invitation names none.
    pub(crate) email: Option<String>,
    /// 8 to 256 characters.
    pub(crate) password: String,
}
