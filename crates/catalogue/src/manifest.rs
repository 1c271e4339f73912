//! A connector's manifest, as its author writes it (`connectors/README.md`), read and checked.

use std::collections::BTreeMap;

use postern_model::{EventKind, IntegrationOptions};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::field::{Field, FieldKind};

/// A manifest that can't be used, and why; completes "the manifest of … ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidManifest {
    /// It is not what a manifest looks like.
    #[error("can't be read: {0}")]
    Unreadable(String),
    /// It contradicts itself.
    #[error("is not right: {0}")]
    Wrong(String),
}

/// What a connector is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// Messages that people read.
    Chat,
    /// Incidents, opened and closed.
    Alerting,
    /// Figures and records.
    Metrics,
    /// Files that are kept.
    Backup,
    /// Whatever people build.
    Automation,
    /// Letters.
    Email,
}

impl Category {
    /// All of them, in the order of the catalogue.
    pub const ALL: [Self; 6] = [
        Self::Chat,
        Self::Alerting,
        Self::Metrics,
        Self::Backup,
        Self::Automation,
        Self::Email,
    ];

    /// The word for it in manifests and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Alerting => "alerting",
            Self::Metrics => "metrics",
            Self::Backup => "backup",
            Self::Automation => "automation",
            Self::Email => "email",
        }
    }
}

/// How it sends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sends {
    /// What its transform says, over HTTP.
    #[default]
    Http,
    /// The standard signed webhook, to `config.url`.
    Webhook,
    /// Letters, over SMTP.
    Mail,
    /// Files, into a folder on the server.
    Folder,
}

/// A monogram.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Icon {
    /// One or two letters.
    pub letters: String,
    /// Their ground, `#rrggbb`.
    pub color: String,
}

/// What to do at the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What to click, a sentence each (Markdown).
    pub steps: Vec<String>,
    /// What else is to be known, a sentence each (Markdown).
    #[serde(default)]
    pub notes: Vec<String>,
}

/// What an answer of the service means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// The answer's status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// A text in the answer's body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// What it means and what to do; completes "Slack says …".
    pub says: String,
}

impl Explanation {
    /// Whether it is about this answer.
    pub(crate) fn fits(&self, status: u16, body: &str) -> bool {
        self.status.is_none_or(|is| is == status)
            && self.body.as_deref().is_none_or(|part| body.contains(part))
    }
}

/// A manifest as it stands in the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) name: String,
    pub(crate) category: Category,
    pub(crate) summary: String,
    #[serde(default)]
    pub(crate) sends: Sends,
    #[serde(default)]
    pub(crate) digests: bool,
    #[serde(default)]
    pub(crate) hosts: Vec<String>,
    #[serde(default)]
    pub(crate) contract: Vec<String>,
    pub(crate) icon: Icon,
    pub(crate) events: BTreeMap<String, String>,
    pub(crate) setup: Setup,
    #[serde(default)]
    pub(crate) options: Map<String, Value>,
    #[serde(default)]
    pub(crate) fields: Vec<Field>,
    #[serde(default)]
    pub(crate) answers: Vec<Explanation>,
}

impl Manifest {
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidManifest> {
        let manifest: Self =
            toml::from_str(text).map_err(|error| InvalidManifest::Unreadable(error.to_string()))?;
        manifest.check().map_err(InvalidManifest::Wrong)?;
        Ok(manifest)
    }

    fn check(&self) -> Result<(), String> {
        let summary = self.summary.chars().count();
        if summary > 120 || !self.summary.ends_with('.') {
            return Err("summary: one sentence of at most 120 characters".to_owned());
        }
        if self.contract.is_empty() && self.sends != Sends::Folder {
            return Err("contract: where the service says what it takes".to_owned());
        }
        let letters = self.icon.letters.chars().count();
        if !(1..=2).contains(&letters) || !is_color(&self.icon.color) {
            return Err("icon: one or two letters, and a color #rrggbb".to_owned());
        }
        if self.setup.steps.is_empty() {
            return Err("setup.steps: what to do at the service".to_owned());
        }
        let options = Value::Object(self.options.clone());
        if let Err(error) = serde_json::from_value::<IntegrationOptions>(options) {
            return Err(format!("options: {error}"));
        }
        if self.events.is_empty() {
            return Err("events: what it can tell".to_owned());
        }
        for word in self.events.keys() {
            if !matches!(EventKind::parse(word), Some(kind) if kind != EventKind::Test) {
                return Err(format!("events: {word:?} is no kind of event"));
            }
        }
        if self.sends == Sends::Http && self.hosts.is_empty() {
            return Err("hosts: whom it may ask".to_owned());
        }
        if self.sends == Sends::Webhook
            && !matches!(self.fields.as_slice(), [url] if url.key == "url" && url.kind == FieldKind::Url)
        {
            return Err("fields: a webhook has one field, `url`".to_owned());
        }
        if self.sends == Sends::Webhook && self.fields.iter().any(|field| field.secret) {
            return Err("fields.url: a webhook's address is shown, it can't be secret".to_owned());
        }
        for host in &self.hosts {
            for name in crate::hosts::names(host) {
                if !self.fields.iter().any(|field| field.key == name) {
                    return Err(format!("hosts: {host:?} names no field"));
                }
            }
        }
        for (index, field) in self.fields.iter().enumerate() {
            field
                .check_itself()
                .map_err(|why| format!("fields.{}: {why}", field.key))?;
            if self.fields.iter().take(index).any(|it| it.key == field.key) {
                return Err(format!("fields.{}: it stands there twice", field.key));
            }
            for word in &field.events {
                if !self.events.contains_key(word) {
                    return Err(format!("fields.{}: no event {word:?}", field.key));
                }
            }
        }
        for answer in &self.answers {
            if answer.status.is_none() && answer.body.is_none() {
                return Err("answers: each has a status, a body, or both".to_owned());
            }
        }
        Ok(())
    }
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
