//! Verbs on digests: activities that an integration wants to be told together.
//!
//! They are gathered in the transaction in which they happen, like a delivery, so that none is lost; what is due becomes one
//! event for this integration alone.

use postern_model::{Activity, ActivityId, Schedule, Timestamp};
use postern_storage::{Digest, Subscriber};
use serde_json::{Value, json};

use crate::entry::Entry;
use crate::fan_out::Occurrence;
use crate::{Journal, JournalError, payload};

/// The most activities that a digest lists; of the others it tells how many they are.
const LISTED: u32 = 500;
/// When a digest is told whose schedule can't be read or has no next time.
const OTHERWISE: std::time::Duration = std::time::Duration::from_hours(1);

impl Journal {
    /// Tells what an integration has gathered, unless another node has.
    pub async fn tell_digest(&self, digest: &Digest) -> Result<bool, JournalError> {
        let mut entry = self.entry().await?;
        let (team, id) = (digest.team, digest.integration);
        let integration = entry.tx.integrations().get_for_update(team, id).await?;
        let taken = entry.tx.digests().take(digest, LISTED).await?;
        let (Some(integration), Some((activities, count))) = (integration, taken) else {
            return Ok(false);
        };
        if !activities.is_empty() {
            let listed = u64::try_from(activities.len()).unwrap_or(count);
            let body = json!({
                "activities": activities.iter().map(told).collect::<Vec<_>>(),
                "more": count.saturating_sub(listed),
                "since": digest.since.to_rfc3339(),
                "until": entry.now.to_rfc3339(),
            });
            let mut occurrence = Occurrence::new(integration.event, team)
                .within(integration.workspace, integration.collection)
                .saying(body, json!({ "digest": true }));
            occurrence.monitor = integration.monitor;
            let to = crate::integrations::subscriber(&integration);
            entry.deliver(&occurrence, &[to]).await?;
        }
        entry.finish().await?;
        Ok(true)
    }
}

impl Entry<'_> {
    /// Has an integration gather these activities.
    pub(crate) async fn gather(
        &mut self,
        subscriber: &Subscriber,
        activities: &[&Activity],
    ) -> Result<(), JournalError> {
        let (Some(first), Some(wanted)) = (activities.first(), &subscriber.options.digest) else {
            return Ok(());
        };
        let next = Schedule::parse(&wanted.cron, &wanted.timezone)
            .ok()
            .and_then(|schedule| schedule.next_after(self.now));
        let digest = Digest {
            team: first.team,
            integration: subscriber.id,
            since: self.now,
            due_at: next.unwrap_or(self.now + OTHERWISE),
        };
        let ids: Vec<ActivityId> = activities.iter().map(|it| it.id).collect();
        self.tx.digests().add(&digest, &ids).await?;
        self.owes_digests();
        Ok(())
    }
}

/// An activity as a digest tells it: as by itself, and when it happened.
fn told(activity: &Activity) -> Value {
    let mut told = payload::activity(activity);
    told["happened_at"] = Value::from(Timestamp::to_rfc3339(activity.created_at));
    told
}
