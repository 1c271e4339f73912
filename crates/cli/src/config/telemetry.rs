//! What is told about the work.

use std::str::FromStr;

use tracing_subscriber::EnvFilter;

use super::{ConfigError, Layers};

/// What is told about the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TelemetrySettings {
    /// How much is logged, as `tracing` filters say it.
    pub(crate) log: String,
    /// How a line looks.
    pub(crate) log_format: LogFormat,
}

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl FromStr for LogFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            other => Err(format!("{other:?} is not a format (expected text or json)")),
        }
    }
}

impl TelemetrySettings {
    pub(super) fn of(layers: &Layers) -> Result<Self, ConfigError> {
        let log: String = layers.value("telemetry.log")?;
        EnvFilter::try_new(&log)
            .map_err(|error| layers.wrong("telemetry.log", error.to_string()))?;
        Ok(Self {
            log,
            log_format: layers.value("telemetry.log_format")?,
        })
    }
}
