//! Events of a team's own.

use postern_model::{Event, EventKind, is_event_type};
use serde_json::Value;

use crate::fan_out::Occurrence;
use crate::{Actor, Journal, JournalError};

/// The largest payload in bytes: 1 MiB.
const MAX_PAYLOAD: usize = 1024 * 1024;

impl Journal {
    /// Publishes an event. Its body is the payload as it came.
    pub async fn publish(
        &self,
        actor: &Actor,
        event_type: impl Into<String>,
        payload: Value,
    ) -> Result<Event, JournalError> {
        let event_type = event_type.into();
        if !is_event_type(&event_type) {
            let problem = "a type is 1 to 128 letters, digits and . _ - / : such as build.finished";
            return Err(JournalError::invalid("event.type", problem));
        }
        if payload.to_string().len() > MAX_PAYLOAD {
            return Err(JournalError::invalid(
                "event.payload",
                "a payload has at most 1 MiB",
            ));
        }
        let mut entry = self.entry().await?;
        let mut told = Occurrence::new(EventKind::Custom, actor.team);
        told.custom_type = Some(event_type);
        told.body = payload;
        let event = match entry.occur(&told).await? {
            Some(event) => event,
            // Nobody wants it today; it was accepted all the same.
            None => entry.deliver(&told, &[]).await?.0,
        };
        entry.finish().await?;
        Ok(event)
    }
}
