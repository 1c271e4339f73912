//! Integrations: what a team sets up, as people write it and as it is shown. Values of headers go out masked; see `mask.rs`.

use postern_catalogue::is_webhook;
use postern_model::{
    Integration, IntegrationConfig, IntegrationOptions, IntegrationStatus, Timestamp, Uid,
    signature,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::mask::{self, mask};

mod described;

use described::{Config, Options};

/// `{"integrations": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct IntegrationList {
    pub(crate) integrations: Vec<IntegrationView>,
}

/// `{"integration": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct IntegrationAnswer {
    pub(crate) integration: IntegrationView,
}

/// An integration.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IntegrationView {
    id: String,
    name: String,
    connector: String,
    /// `collection_backup`, `collection_activity`, `monitor_results`, `team_activity`, `custom`,
    /// `integration_failing` or `integration_disabled`.
    event: &'static str,
    /// The id of the workspace whose events it tells; `null`: those of all.
    workspace: Option<String>,
    /// The uid of the collection whose events it tells; `null`: those of all.
    collection: Option<String>,
    /// The uid of the monitor whose events it tells; `null`: those of all.
    monitor: Option<String>,
    #[schema(value_type = Config)]
    config: IntegrationConfig,
    #[schema(value_type = Options)]
    options: IntegrationOptions,
    /// `active`, `paused` or `disabled`.
    status: &'static str,
    /// Why it was disabled.
    #[serde(skip_serializing_if = "Option::is_none")]
    status_reason: Option<String>,
    /// Since when every attempt has failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    failing_since: Option<String>,
    /// How many attempts have failed since the last success.
    failed_attempts: i64,
    /// Nothing is sent before this time, because the receiver asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_before: Option<String>,
    created_by: i64,
    created_at: String,
    updated_at: String,
    /// The public halves of the keys that sign as `v1a`, newest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    public_keys: Vec<String>,
    /// The signing secret: in the answer to the call that made it, and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

/// The uids of what an integration is limited to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Subjects {
    pub(crate) collection: Option<Uid>,
    pub(crate) monitor: Option<Uid>,
}

impl IntegrationView {
    /// The integration, without its secrets.
    pub(crate) fn of(integration: &Integration, subjects: Subjects) -> Self {
        let mut config = integration.config.clone();
        config.headers.values_mut().for_each(mask);
        mask_fields(&integration.connector, &mut config);
        for (_, secret) in secrets(&mut config) {
            mask::mask_text(secret);
        }
        Self {
            id: integration.id.to_string(),
            name: integration.name.clone(),
            connector: integration.connector.clone(),
            event: integration.event.as_str(),
            workspace: integration.workspace.map(|id| id.to_string()),
            collection: subjects.collection.map(|uid| uid.to_string()),
            monitor: subjects.monitor.map(|uid| uid.to_string()),
            config,
            options: integration.options.clone(),
            status: integration.status.as_str(),
            status_reason: match &integration.status {
                IntegrationStatus::Disabled { reason } => Some(reason.clone()),
                IntegrationStatus::Active | IntegrationStatus::Paused => None,
            },
            failing_since: integration.failing_since.map(Timestamp::to_rfc3339),
            failed_attempts: integration.failed_attempts,
            not_before: integration.not_before.map(Timestamp::to_rfc3339),
            created_by: integration.created_by.0,
            created_at: integration.created_at.to_rfc3339(),
            updated_at: integration.updated_at.to_rfc3339(),
            public_keys: integration
                .secrets
                .iter()
                .filter_map(|it| signature::public_key(&it.secret).ok())
                .collect(),
            secret: None,
        }
    }

    /// The integration and the signing secret that it has now, if it signs anything.
    pub(crate) fn with_secret(integration: &Integration, subjects: Subjects) -> Self {
        let signs = is_webhook(&integration.connector);
        let secret = integration.secrets.first().filter(|_| signs);
        Self {
            secret: secret.map(|it| it.secret.clone()),
            ..Self::of(integration, subjects)
        }
    }
}

/// The body that makes or replaces an integration.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct IntegrationBody {
    pub(crate) integration: IntegrationFields,
}

/// What people say of an integration. Unknown fields name themselves.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct IntegrationFields {
    /// At most 255 characters.
    pub(crate) name: String,
    /// The catalogue entry (`GET /connectors`); `webhooks` where none is named.
    #[serde(default = "webhooks")]
    pub(crate) connector: String,
    /// `collection_backup`, `collection_activity`, `monitor_results`, `team_activity`, `custom`,
    /// `integration_failing` or `integration_disabled`; it can't be changed later.
    pub(crate) event: String,
    /// The id of the workspace whose events it tells; without it, those of all.
    #[serde(default)]
    pub(crate) workspace: Option<String>,
    /// The uid or id of the collection whose events it tells.
    #[serde(default)]
    pub(crate) collection: Option<String>,
    /// The uid or id of the monitor whose events it tells.
    #[serde(default)]
    pub(crate) monitor: Option<String>,
    #[schema(value_type = Config)]
    pub(crate) config: IntegrationConfig,
    /// What is left out is as the connector has it (`GET /connectors/{id}`), and otherwise as it is described here.
    #[serde(default)]
    #[schema(value_type = Option<Options>)]
    pub(crate) options: Map<String, Value>,
    /// Only with `POST /integrations`: the signing secret, where the team brings its own (`whsec_` and the base64 of 24 to 64
    /// bytes). Later `POST /integrations/{id}/rotate-secret` takes one.
    #[serde(default, skip_serializing)]
    pub(crate) secret: Option<String>,
}

fn webhooks() -> String {
    "webhooks".to_owned()
}

impl IntegrationFields {
    /// What people would have said to make this integration as it is now.
    pub(crate) fn of(integration: &Integration) -> Self {
        Self {
            name: integration.name.clone(),
            connector: integration.connector.clone(),
            event: integration.event.as_str().to_owned(),
            workspace: integration.workspace.map(|id| id.to_string()),
            collection: integration.collection.map(|id| id.to_string()),
            monitor: integration.monitor.map(|id| id.to_string()),
            config: integration.config.clone(),
            options: written(&integration.options),
            secret: None,
        }
    }

    /// Puts the stored values back where a header holds the mask.
    pub(crate) fn unmask(&mut self, stored: Option<&IntegrationConfig>) -> Result<(), ApiError> {
        for (name, value) in &mut self.config.headers {
            let stored = stored.and_then(|config| config.headers.get(name));
            mask::unmask(value, stored, &format!("integration.config.headers.{name}"))?;
        }
        for (key, value) in &mut self.config.fields {
            let stored = stored.and_then(|config| config.fields.get(key));
            mask::unmask(value, stored, &format!("integration.config.fields.{key}"))?;
        }
        let mut stored = stored.cloned();
        let stored = stored.as_mut().map(secrets).unwrap_or_default();
        for (name, value) in secrets(&mut self.config) {
            let stored = stored.iter().find(|(known, _)| *known == name);
            let stored = stored.map(|(_, value)| value.as_str());
            mask::unmask_text(value, stored, &format!("integration.config.{name}"))?;
        }
        Ok(())
    }
}

/// Options as somebody would write them.
fn written(options: &IntegrationOptions) -> Map<String, Value> {
    match serde_json::to_value(options) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// Masks what the connector calls secret; all, where nobody knows the connector any more.
fn mask_fields(connector: &str, config: &mut IntegrationConfig) {
    let connector = postern_catalogue::find(connector);
    for (key, value) in &mut config.fields {
        let secret = connector.is_none_or(|it| it.secrets().any(|secret| secret == key));
        if secret {
            mask(value);
        }
    }
}

/// The secrets of a config besides its headers, by the paths of their fields.
fn secrets(config: &mut IntegrationConfig) -> Vec<(String, &mut String)> {
    let mut secrets = Vec::new();
    if let Some(auth) = &mut config.auth {
        let of_auth = auth.secrets_mut().into_iter();
        secrets.extend(of_auth.map(|(name, value)| (format!("auth.{name}"), value)));
    }
    if let Some(key) = config.tls.as_mut().and_then(|tls| tls.key.as_mut()) {
        secrets.push(("tls.key".to_owned(), key));
    }
    secrets
}

/// The body that resumes an integration; all of it may be left out.
#[derive(Default, Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields, default)]
pub(crate) struct ResumeBody {
    /// Only what was accepted at this time or later goes out (RFC 3339); what is older is discarded.
    pub(crate) since: Option<String>,
}

/// The body that discards what is held; all of it may be left out.
#[derive(Default, Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields, default)]
pub(crate) struct DiscardBody {
    /// Only what was accepted before this time (RFC 3339).
    pub(crate) before: Option<String>,
}

/// `{"discarded": 12}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct DiscardAnswer {
    pub(crate) discarded: u64,
}

/// The body that gives an integration a new secret; all of it may be left out.
#[derive(Default, Deserialize, ToSchema)]
#[serde(
    expecting = "an object",
    rename_all = "camelCase",
    deny_unknown_fields,
    default
)]
pub(crate) struct NewSecretBody {
    /// The secret, where the team brings its own: `whsec_` and the base64 of 24 to 64 bytes.
    pub(crate) secret: Option<String>,
    /// How long the secret before goes on signing, in seconds: 0 to 604800 (86400).
    pub(crate) overlap_seconds: Option<u32>,
}

/// The body that changes some of an integration's fields: an object merged into what is there, where `null` clears a field.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct IntegrationPatch {
    #[schema(value_type = Object)]
    pub(crate) integration: Map<String, Value>,
}

/// `{"integration": {"id"}}`, after it was deleted.
#[derive(Serialize, ToSchema)]
pub(crate) struct IntegrationDeleted {
    integration: DeletedIntegration,
}

/// The id of what was deleted.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeletedIntegration {
    id: String,
}

impl IntegrationDeleted {
    /// The integration that was deleted.
    pub(crate) fn of(integration: &Integration) -> Self {
        Self {
            integration: DeletedIntegration {
                id: integration.id.to_string(),
            },
        }
    }
}
