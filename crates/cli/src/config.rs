//! Configuration: flags over environment over `postern.toml` over defaults.
//!
//! Every setting is a line of [`setting::SETTINGS`]. [`Layers`] finds, for each, the layer that says something; the files
//! `server`, `storage`, `egress`, `monitors` and `telemetry` turn the texts into values and name the layer that is wrong. The
//! defaults are not in the code: they are what `config/default.toml` says, which is embedded.

use std::path::PathBuf;

use postern_worker::Retention;

mod directories;
mod egress;
mod error;
mod file;
mod layers;
mod monitors;
mod oidc;
mod retention;
mod server;
mod setting;
mod storage;
mod telemetry;
#[cfg(test)]
mod tests;

pub(crate) use egress::EgressSettings;
pub(crate) use error::ConfigError;
pub(crate) use layers::{Environment, Flags, Layers, Source, environment};
pub(crate) use monitors::{MonitorSettings, time_zone};
pub(crate) use oidc::OidcSettings;
pub(crate) use server::{Roles, ServerSettings};
pub(crate) use setting::SETTINGS;
pub(crate) use storage::{Place, StorageSettings, key_of};
pub(crate) use telemetry::{LogFormat, TelemetrySettings};

/// The reference: every setting with its default and what it is for.
pub(crate) const DEFAULT_FILE: &str = include_str!("config/default.toml");

/// Everything that is configured, understood.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// Where and for whom the server answers.
    pub(crate) server: ServerSettings,
    /// The service that people sign in with.
    pub(crate) oidc: Option<OidcSettings>,
    /// Where the data lies.
    pub(crate) storage: StorageSettings,
    /// What may be reached.
    pub(crate) egress: EgressSettings,
    /// In which folders sources may lie.
    pub(crate) source_directories: Vec<PathBuf>,
    /// Under which folders backups may be written.
    pub(crate) backup_directories: Vec<PathBuf>,
    /// How monitors run.
    pub(crate) monitors: MonitorSettings,
    /// How long what has ended is kept.
    pub(crate) retention: Retention,
    /// What is told about the work.
    pub(crate) telemetry: TelemetrySettings,
}

impl Config {
    /// Understands what the layers say.
    pub(crate) fn of(layers: &Layers) -> Result<Self, ConfigError> {
        Ok(Self {
            server: ServerSettings::of(layers)?,
            oidc: OidcSettings::of(layers)?,
            storage: StorageSettings::of(layers)?,
            egress: EgressSettings::of(layers)?,
            source_directories: directories::directories(layers, "sources.directories")?,
            backup_directories: directories::directories(layers, "backups.directories")?,
            monitors: MonitorSettings::of(layers)?,
            retention: retention::retention(layers)?,
            telemetry: TelemetrySettings::of(layers)?,
        })
    }
}
