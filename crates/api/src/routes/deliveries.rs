//! Deliveries and what can be done about them.

pub(crate) mod cancel;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod redeliver;
pub(crate) mod release;

use postern_model::EventKind;
use postern_storage::{DeliveryFilter, DeliveryStateName};
use serde::Deserialize;

use crate::error::ApiError;

/// Which deliveries are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Only those that stand so: `scheduled`, `held`, `succeeded`, `exhausted`, `cancelled` or `expired`.
    status: Option<String>,
    /// Only those of this kind of event.
    event: Option<String>,
}

impl Filter {
    /// The filter in storage's words.
    pub(crate) fn read(&self) -> Result<DeliveryFilter, ApiError> {
        Ok(DeliveryFilter {
            state: self.status.as_deref().map(state_of).transpose()?,
            event: self.event.as_deref().map(kind_of).transpose()?,
            ..DeliveryFilter::default()
        })
    }
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
