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
    /// Whether `/metrics` is there.
    pub(crate) metrics: bool,
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
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(()),
        }
    }
}

impl TelemetrySettings {
    pub(super) fn of(layers: &Layers) -> Result<Self, ConfigError> {
        let log: String = layers.value("telemetry.log", "a level")?;
        EnvFilter::try_new(&log).map_err(|_| {
            let expected = "a level (error, warn, info, debug, trace) or a filter such as info,postern_worker=debug";
            layers.wrong("telemetry.log", format!("{log:?} is not {expected}"))
        })?;
        Ok(Self {
            log,
            log_format: layers.value("telemetry.log_format", "text or json")?,
            metrics: layers.value("telemetry.metrics", "true or false")?,
        })
    }
}
