//! Logs: to stderr, as text for people or JSON for machines.

use anyhow::anyhow;
use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, TelemetrySettings};
use crate::output::Stream;

/// Begins to log. Once for each process.
pub(crate) fn begin(settings: &TelemetrySettings) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.log)?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let begun = match settings.log_format {
        LogFormat::Text => builder.with_ansi(Stream::Err.is_coloured()).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    begun.map_err(|error| anyhow!("begin to log: {error}"))
}
