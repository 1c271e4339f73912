//! The audit log, in Postman's shape.

use postern_model::{AuditAction, AuditEntry, Team};
use serde::Serialize;
use utoipa::ToSchema;

/// `{"trails": […]}`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditList {
    pub(crate) trails: Vec<AuditView>,
    /// The `cursor` of the next page; not there on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next_cursor: Option<String>,
}

/// A line of the audit log.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditView {
    /// A number that stands for the line's id.
    id: u64,
    /// The address that it was done from; empty where it is not known.
    ip: String,
    user_agent: String,
    /// A word such as `user.signed_in`; all are in docs/guide/people.md.
    action: &'static str,
    timestamp: String,
    message: String,
    data: AuditData,
}

/// Who did it, in which team.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuditData {
    actor: AuditActor,
    team: AuditTeam,
}

/// Who did it.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuditActor {
    id: i64,
    /// The name at the time.
    name: String,
}

/// The team.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuditTeam {
    id: u64,
    name: String,
}

/// Something that the audit log knows of.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditActionView {
    /// A word such as `user.signed_in`.
    name: &'static str,
    /// The word, for people: `User signed in`.
    display_name: String,
}

impl AuditActionView {
    /// The action as the API tells it.
    pub(crate) fn of(action: AuditAction) -> Self {
        let words = action.as_str().replace(['.', '_'], " ");
        let mut letters = words.chars();
        let first = letters.next().map(|it| it.to_ascii_uppercase());
        Self {
            name: action.as_str(),
            display_name: first.into_iter().chain(letters).collect(),
        }
    }
}

impl AuditView {
    /// The line as the API tells it.
    pub(crate) fn of(entry: &AuditEntry, team: &Team) -> Self {
        Self {
            id: crate::shapes::user::number_of(entry.id.0),
            ip: entry.address.clone(),
            user_agent: entry.agent.clone(),
            action: entry.action.as_str(),
            timestamp: entry.created_at.to_rfc3339(),
            message: entry.message.clone(),
            data: AuditData {
                actor: AuditActor {
                    id: entry.user.0,
                    name: entry.user_name.clone(),
                },
                team: AuditTeam {
                    id: crate::shapes::user::number_of(team.id.0),
                    name: team.name.clone(),
                },
            },
        }
    }
}
