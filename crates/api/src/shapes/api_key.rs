//! API keys: the key itself goes out once, when it is made.

use postern_model::{ApiKey, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `{"apiKeys": […]}`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ApiKeyList {
    pub(crate) api_keys: Vec<ApiKeyView>,
}

/// `{"apiKey": {…}}`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ApiKeyAnswer {
    pub(crate) api_key: ApiKeyView,
}

/// An API key's record.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ApiKeyView {
    id: String,
    name: String,
    /// `viewer`, `editor` or `admin`.
    role: &'static str,
    /// Its first characters, to tell keys apart.
    prefix: String,
    /// The user for whom it acts.
    user: i64,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_at: Option<String>,
    /// From when on it opens nothing; not there: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    /// The workspaces that it opens; empty: all that its user may enter.
    workspaces: Vec<String>,
    /// The key itself: in the answer to the call that made it, and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

impl ApiKeyView {
    /// The record, without the key.
    pub(crate) fn of(key: &ApiKey) -> Self {
        Self {
            id: key.id.to_string(),
            name: key.name.clone(),
            role: key.role.as_str(),
            prefix: key.prefix.clone(),
            user: key.user.0,
            created_at: key.created_at.to_rfc3339(),
            last_used_at: key.last_used_at.map(Timestamp::to_rfc3339),
            expires_at: key.expires_at.map(Timestamp::to_rfc3339),
            workspaces: key.workspaces.iter().map(ToString::to_string).collect(),
            key: None,
        }
    }

    /// The record and the key itself.
    pub(crate) fn with_key(key: &ApiKey, secret: String) -> Self {
        Self {
            key: Some(secret),
            ..Self::of(key)
        }
    }
}

/// The body that makes a key.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ApiKeyBody {
    pub(crate) api_key: ApiKeyFields,
}

/// What people say of a key.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ApiKeyFields {
    /// At most 255 characters.
    pub(crate) name: String,
    /// `viewer`, `editor` or `admin`.
    pub(crate) role: String,
    /// From when on it opens nothing (RFC 3339); without it, never.
    pub(crate) expires_at: Option<String>,
    /// The ids of the workspaces that it opens; without it, all that its user may enter. Such a key is a viewer or an editor.
    #[serde(default)]
    pub(crate) workspaces: Vec<String>,
}
