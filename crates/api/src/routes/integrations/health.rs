//! How integrations fare.

pub(crate) mod get;
pub(crate) mod list;

use std::time::Duration;

use postern_model::Timestamp;
use postern_storage::Span;
use serde::Deserialize;

use crate::error::ApiError;

/// Into how many parts the time is cut.
const BUCKETS: u32 = 24;
/// The most deliveries of one integration that are looked at.
const MOST_EACH: u32 = 20_000;

/// How far back is looked.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Back {
    /// How many hours, 1 to 720 (24).
    hours: Option<u32>,
}

impl Back {
    /// The asked time, cut into parts that begin at round times: the last one is the present one.
    fn span(&self, now: Timestamp, most: u32) -> Result<Span, ApiError> {
        let hours = self.hours.unwrap_or(24);
        if !(1..=720).contains(&hours) {
            let problem = format!("{hours} is not between 1 and 720");
            return Err(ApiError::invalid("hours", problem));
        }
        let bucket = Duration::from_hours(hours.into()) / BUCKETS;
        let width = i64::try_from(bucket.as_millis()).unwrap_or(i64::MAX);
        let present = now.0 - now.0.rem_euclid(width);
        Ok(Span {
            since: Timestamp(present - width * i64::from(BUCKETS - 1)),
            bucket,
            buckets: BUCKETS as usize,
            most,
        })
    }
}
