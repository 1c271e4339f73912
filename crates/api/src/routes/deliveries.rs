//! Deliveries and what can be done about them.

pub(crate) mod cancel;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod redeliver;
pub(crate) mod release;
mod search;

use postern_model::EventKind;
use postern_storage::{DeliveryFilter, DeliveryStateName};
use serde::Deserialize;

use crate::error::ApiError;
use crate::params::time;

pub(crate) use search::Wanted;

/// Which deliveries are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Only those that stand so: `scheduled`, `held`, `succeeded`, `exhausted`, `cancelled` or `expired`; several with
    /// commas between.
    status: Option<String>,
    /// Only those of this kind of event; several with commas between.
    event: Option<String>,
    /// Only those that were accepted at this time or later (RFC 3339).
    since: Option<String>,
    /// Only those that were accepted before this time (RFC 3339).
    until: Option<String>,
    /// Only those with this id, of the event of this id, or whose integration has this in its name.
    q: Option<String>,
}

impl Filter {
    /// The filter in storage's words.
    pub(crate) fn read(&self) -> Result<Wanted, ApiError> {
        let common = DeliveryFilter {
            since: time("since", self.since.as_deref())?,
            until: time("until", self.until.as_deref())?,
            ..DeliveryFilter::default()
        };
        let states = each(self.status.as_deref(), state_of)?;
        let kinds = each(self.event.as_deref(), kind_of)?;
        let q = self.q.as_deref().unwrap_or_default().trim();
        Ok(Wanted::new(common, states, kinds, q))
    }
}

/// What words with commas between mean.
fn each<T>(
    words: Option<&str>,
    read: impl Fn(&str) -> Result<T, ApiError>,
) -> Result<Vec<T>, ApiError> {
    let words = words.into_iter().flat_map(|words| words.split(','));
    words.map(|word| read(word.trim())).collect()
}

fn state_of(word: &str) -> Result<DeliveryStateName, ApiError> {
    Ok(match word {
        "scheduled" => DeliveryStateName::Scheduled,
        "held" => DeliveryStateName::Held,
        "succeeded" => DeliveryStateName::Succeeded,
        "exhausted" => DeliveryStateName::Exhausted,
        "cancelled" => DeliveryStateName::Cancelled,
        "expired" => DeliveryStateName::Expired,
        _ => {
            return Err(ApiError::invalid(
                "status",
                "must be scheduled, held, succeeded, exhausted, cancelled or expired",
            ));
        }
    })
}

fn kind_of(word: &str) -> Result<EventKind, ApiError> {
    EventKind::parse(word).ok_or_else(|| ApiError::invalid("event", "not a kind of event"))
}
