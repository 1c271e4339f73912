//! How long what has ended is kept.

use std::time::Duration;

use postern_worker::Retention;

use super::{ConfigError, Layers};

/// The longest that can be wanted: a century.
const MOST_DAYS: u32 = 36_500;

/// What the settings say.
pub(super) fn retention(layers: &Layers) -> Result<Retention, ConfigError> {
    let days = |key| -> Result<Duration, ConfigError> {
        let days: u32 = layers.value(key, "a number of days")?;
        if !(1..=MOST_DAYS).contains(&days) {
            let problem = format!("{days} is not between 1 and {MOST_DAYS}");
            return Err(layers.wrong(key, problem));
        }
        Ok(Duration::from_hours(u64::from(days) * 24))
    };
    let deliveries = days("retention.deliveries_days")?;
    Ok(Retention {
        deliveries,
        bodies: days("retention.bodies_days")?.min(deliveries),
        runs: days("retention.runs_days")?,
        deleted_collections: days("retention.deleted_collections_days")?,
        ..Retention::default()
    })
}
