//! What the server is set to.

use serde::Serialize;
use utoipa::ToSchema;

use crate::config::{SetBy, ShownSetting};

/// `{"settings": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct SettingList {
    pub(crate) settings: Vec<SettingView>,
}

/// A setting of the server.
#[derive(Serialize, ToSchema)]
pub(crate) struct SettingView {
    /// Its place in `postern.toml`, dotted.
    name: &'static str,
    /// Empty when it is not set; secrets are masked.
    value: String,
    /// `default`, `file`, `environment` or `flag`.
    from: &'static str,
    /// The environment variable that sets it.
    environment: &'static str,
}

impl SettingView {
    /// The setting's line.
    pub(crate) fn of(setting: &ShownSetting) -> Self {
        Self {
            name: setting.name,
            value: setting.value.clone(),
            from: match setting.from {
                SetBy::Default => "default",
                SetBy::File => "file",
                SetBy::Environment => "environment",
                SetBy::Flag => "flag",
            },
            environment: setting.environment,
        }
    }
}
