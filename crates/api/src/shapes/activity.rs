//! The feed: in our own shape, and as Postman shows a workspace's.

use postern_model::{Action, Activity};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// `{"activities": […], "meta": {…}}`, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActivityList {
    pub(crate) activities: Vec<ActivityView>,
    pub(crate) meta: crate::page::PageMeta,
}

/// One line of the feed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ActivityView {
    id: String,
    /// The line that people read.
    message: String,
    /// `create`, `update`, `delete`, `move`, `rename`, `restore`, `pause`, `resume` or `disable`.
    action: &'static str,
    /// `collection`, `folder`, `request`, `response`, `environment`, `globals`, `monitor`, `integration`, `workspace` or `api_key`.
    model: &'static str,
    model_name: String,
    model_uid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    workspace: Option<String>,
    collection_uid: String,
    collection_name: String,
    /// Who did it.
    user: ActivityUser,
    /// The collection's version that the change made, where it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    /// What changed, field by field, where there is more to tell than the message does.
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Value::is_null")]
    detail: Value,
    created_at: String,
}

/// Who did it.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActivityUser {
    pub(crate) id: i64,
    pub(crate) name: String,
}

impl ActivityView {
    /// The line as the API tells it.
    pub(crate) fn of(activity: Activity) -> Self {
        Self {
            id: activity.id.to_string(),
            message: activity.message,
            action: activity.action.as_str(),
            model: activity.model.as_str(),
            model_name: activity.model_name,
            model_uid: activity.model_uid,
            workspace: activity.workspace.map(|id| id.to_string()),
            collection_uid: activity.collection_uid,
            collection_name: activity.collection_name,
            user: ActivityUser {
                id: activity.user.0,
                name: activity.user_name,
            },
            version: activity.version,
            detail: activity.detail,
            created_at: activity.created_at.to_rfc3339(),
        }
    }
}

/// `{"data": […], "meta": {…}}`: a workspace's feed as Postman shows it.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkspaceFeed {
    pub(crate) data: Vec<WorkspaceFeedLine>,
    pub(crate) meta: crate::page::PageMeta,
}

/// One line of a workspace's feed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WorkspaceFeedLine {
    /// A number, as Postman's clients expect it; unique in practice, and taken by no other call.
    id: u64,
    workspace_id: String,
    action: &'static str,
    element_type: &'static str,
    element_id: String,
    element_name: String,
    /// `create`, `update` or `destroy`.
    trigger: &'static str,
    user: ActivityUser,
    created_at: String,
    updated_at: String,
}

impl WorkspaceFeedLine {
    /// The line as Postman shows it.
    pub(crate) fn of(activity: Activity) -> Self {
        let at = activity.created_at.to_rfc3339();
        Self {
            id: line_number(&activity),
            workspace_id: activity
                .workspace
                .map(|id| id.to_string())
                .unwrap_or_default(),
            action: activity.action.as_str(),
            element_type: activity.model.as_str(),
            element_id: activity.model_uid,
            element_name: activity.model_name,
            trigger: match activity.action {
                Action::Create => "create",
                Action::Delete => "destroy",
                _ => "update",
            },
            user: ActivityUser {
                id: activity.user.0,
                name: activity.user_name,
            },
            created_at: at.clone(),
            updated_at: at,
        }
    }
}

/// 48 random bits of the activity's id: small enough for JavaScript's numbers.
fn line_number(activity: &Activity) -> u64 {
    activity.id.0.as_bytes()[10..]
        .iter()
        .fold(0, |number, byte| (number << 8) | u64::from(*byte))
}
