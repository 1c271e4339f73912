//! Integrations whose receivers don't work: their team is told, and in the end Postern switches them off.

use std::time::Duration;

use postern_model::{
    Action, Activity, EventKind, HeldReason, Integration, IntegrationStatus, TeamId, Timestamp,
};
use postern_storage::Tx;
use serde_json::{Value, json};

use super::named;
use crate::activity::Thing;
use crate::fan_out::Occurrence;
use crate::{Actor, Journal, JournalError};

/// What is wrong with an integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It has not had a success for a while.
    Failing {
        /// Since when.
        since: Timestamp,
        /// For how long.
        lasts: Duration,
        /// How many attempts have failed since.
        attempts: i64,
        /// How the last one ended.
        last: String,
    },
    /// It doesn't send any more.
    Disabled {
        /// Why.
        reason: String,
    },
}

impl Journal {
    /// Tells the teams of integrations in trouble, within the unit of work that writes the answers which were one too many,
    /// and ends that: the answers, the status, what is held and what is told are there together or not at all. What is due
    /// for one that is switched off is held.
    pub async fn integrations_in_trouble(
        &self,
        tx: Tx,
        troubled: &[(Integration, Trouble)],
    ) -> Result<(), JournalError> {
        let mut entry = self.entry_within(tx).await?;
        for (integration, trouble) in troubled {
            if let Trouble::Disabled { reason } = trouble {
                let disabled = Integration {
                    status: IntegrationStatus::Disabled {
                        reason: reason.clone(),
                    },
                    ..integration.clone()
                };
                entry.set_status(&disabled).await?;
                entry
                    .tx
                    .deliveries()
                    .hold(disabled.team, disabled.id, HeldReason::Disabled, entry.now)
                    .await?;
                entry.owes_deliveries(disabled.team);
            }
            let postern = Actor::postern(integration.team);
            let thing = entry.thing(integration).await?;
            let activity = trouble.activity(&postern, &thing, entry.now);
            let mut told = Occurrence::new(trouble.kind(), integration.team)
                .within(thing.workspace, None)
                .saying(
                    trouble.payload(integration, &activity, entry.now),
                    json!({"status": trouble.status()}),
                );
            told.not_to = Some(integration.id);
            entry.tell(vec![activity]).await?;
            entry.occur(&told).await?;
        }
        entry.finish().await
    }
}

/// What such an event says, for a test.
pub(super) fn sample(
    kind: EventKind,
    team: TeamId,
    integration: &Integration,
    now: Timestamp,
) -> Value {
    let reason = "this is a test".to_owned();
    let trouble = match kind {
        EventKind::IntegrationFailing => Trouble::Failing {
            since: now,
            lasts: Duration::ZERO,
            attempts: 1,
            last: reason,
        },
        _ => Trouble::Disabled { reason },
    };
    let thing = named(integration, integration.workspace);
    let activity = trouble.activity(&Actor::postern(team), &thing, now);
    trouble.payload(integration, &activity, now)
}

impl Trouble {
    fn kind(&self) -> EventKind {
        match self {
            Self::Failing { .. } => EventKind::IntegrationFailing,
            Self::Disabled { .. } => EventKind::IntegrationDisabled,
        }
    }

    fn status(&self) -> &'static str {
        match self {
            Self::Failing { .. } => "active",
            Self::Disabled { .. } => "disabled",
        }
    }

    fn activity(&self, postern: &Actor, thing: &Thing<'_>, now: Timestamp) -> Activity {
        match self {
            Self::Failing {
                since,
                lasts,
                attempts,
                last,
            } => {
                let mut activity = thing.was(postern, Action::Fail, now);
                activity.message = format!(
                    "{} could not deliver to the integration {} for {}: {attempts} attempts have failed, the last because {last}",
                    postern.name,
                    thing.name,
                    span(*lasts),
                );
                activity.detail =
                    json!({"failingSince": since.to_rfc3339(), "failedAttempts": attempts});
                activity
            }
            Self::Disabled { reason } => thing.was_disabled(postern, reason, now),
        }
    }

    /// Written like the other kinds of bodies: flat, all fields always there.
    fn payload(&self, integration: &Integration, told: &Activity, now: Timestamp) -> Value {
        let (since, attempts) = match self {
            Self::Failing {
                since, attempts, ..
            } => (Some(*since), *attempts),
            Self::Disabled { .. } => (integration.failing_since, integration.failed_attempts),
        };
        json!({
            "event": integration.event.as_str(),
            "failed_attempts": attempts,
            "failing_since": since.map(Timestamp::to_rfc3339).unwrap_or_default(),
            "happened_at": now.to_rfc3339(),
            "integration_id": integration.id.to_string(),
            "integration_name": integration.name,
            "message": told.message,
            "reason": match self {
                Self::Failing { last, .. } => last,
                Self::Disabled { reason } => reason,
            },
        })
    }
}

/// A time in whole hours or days, as people say it.
fn span(lasts: Duration) -> String {
    let hours = lasts.as_secs() / 3600;
    match hours {
        0 => "less than an hour".to_owned(),
        1 => "an hour".to_owned(),
        2..48 => format!("{hours} hours"),
        _ => format!("{} days", hours / 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_people_say_them() {
        let told = |hours: u64| span(Duration::from_hours(hours));
        assert_eq!(
            [0, 1, 2, 47, 48, 73].map(told),
            [
                "less than an hour",
                "an hour",
                "2 hours",
                "47 hours",
                "2 days",
                "3 days"
            ]
        );
    }
}
