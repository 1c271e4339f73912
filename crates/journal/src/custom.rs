//! Events of a team's own. They are the ones that come by the thousand, so they are written together (see
//! [`postern_storage::Group`]).

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use postern_model::{Event, EventId, EventKind, IntegrationId, TeamId, Timestamp, is_event_type};
use postern_storage::{Packed, Says, Subscriber, Subscribers, Together};
use uuid::Uuid;

use crate::bell::Bells;
use crate::door::Parts;
use crate::fan_out::{self, Occurrence};
use crate::told::Topic;
use crate::{Actor, Journal, JournalError};

/// The largest payload in bytes: 1 MiB.
const MAX_PAYLOAD: usize = 1024 * 1024;

impl Journal {
    /// Publishes an event. Its body is the payload's JSON, as it is written.
    pub async fn publish(
        &self,
        actor: &Actor,
        event_type: impl Into<String>,
        payload: impl ToString,
    ) -> Result<Event, JournalError> {
        let (event_type, payload) = (event_type.into(), payload.to_string());
        if !is_event_type(&event_type) {
            let problem = "a type is 1 to 128 letters, digits and . _ - / : such as build.finished";
            return Err(JournalError::invalid("event.type", problem));
        }
        if payload.len() > MAX_PAYLOAD {
            return Err(JournalError::invalid(
                "event.payload",
                "a payload has at most 1 MiB",
            ));
        }
        let publication = Publication {
            team: actor.team,
            event_type,
            body: Packed::of(payload.as_bytes()).await?,
        };
        self.publications
            .join(publication)
            .await
            .map_err(|_| JournalError::CutOff)?
    }
}

/// An event that is to be written.
pub(crate) struct Publication {
    team: TeamId,
    event_type: String,
    body: Packed,
}

/// Writes publications.
pub(crate) struct Publisher(pub(crate) Parts);

impl Together for Publisher {
    type Job = Publication;
    type Answer = Event;
    type Error = JournalError;
    const NAME: &'static str = "events";

    fn weight(job: &Publication) -> usize {
        usize::try_from(job.body.size()).unwrap_or(usize::MAX)
    }

    async fn together(&self, jobs: &[Arc<Publication>]) -> Result<Vec<Event>, JournalError> {
        let mut tx = self.0.store.begin().await?;
        let now = tx.now().await?;
        let mut known: HashMap<TeamId, Arc<Subscribers>> = HashMap::new();
        for job in jobs {
            if let Entry::Vacant(team) = known.entry(job.team) {
                let subscribers = tx.integrations().subscribers(job.team).await?;
                team.insert(subscribers);
            }
        }
        let mut events = Vec::with_capacity(jobs.len());
        let mut deliveries = Vec::with_capacity(jobs.len());
        for job in jobs {
            let event = self.event(job, now);
            let mut told = Occurrence::new(EventKind::Custom, job.team);
            told.custom_type.clone_from(&event.custom_type);
            let candidates = known[&job.team].of_type(&job.event_type).into_iter();
            let mut wanting: Vec<Subscriber> = candidates
                .filter(|subscriber| told.is_wanted_by(&subscriber.options))
                .cloned()
                .collect();
            fan_out::settle(&mut tx, job.team, &mut wanting).await?;
            let ids: Vec<Uuid> = wanting.iter().map(|_| self.0.id(now)).collect();
            deliveries.extend(fan_out::deliveries(&event, &told, &wanting, &ids));
            events.push(event);
        }
        let said: Vec<(&Event, Says<'_>)> = events.iter().zip(jobs.iter().map(says)).collect();
        tx.events().insert_all(&said).await?;
        tx.deliveries().insert_all(&deliveries).await?;
        let lanes: HashSet<(TeamId, IntegrationId)> = deliveries
            .iter()
            .map(|delivery| (delivery.team, delivery.integration))
            .collect();
        if !lanes.is_empty() {
            tx.notify(Bells::CHANNEL, &Bells::word_for(&lanes)).await?;
        }
        tx.commit().await?;
        fan_out::count(EventKind::Custom, events.len());
        if !lanes.is_empty() {
            for team in known.keys() {
                self.0.bells.told.ring(*team, Topic::Deliveries);
            }
            self.0.bells.deliveries.ring_for(lanes);
        }
        Ok(events)
    }

    fn may_try_alone(error: &JournalError) -> bool {
        // After a commit that failed nobody knows what was written.
        matches!(error, JournalError::Storage(error) if error.is_harmless())
    }

    fn again(error: &JournalError) -> JournalError {
        error.for_another()
    }
}

fn says(job: &Arc<Publication>) -> Says<'_> {
    Says {
        standard: &job.body,
        detailed: None,
    }
}

impl Publisher {
    fn event(&self, job: &Publication, now: Timestamp) -> Event {
        Event {
            id: EventId(self.0.id(now)),
            team: job.team,
            kind: EventKind::Custom,
            custom_type: Some(job.event_type.clone()),
            workspace: None,
            collection: None,
            monitor: None,
            detailed: false,
            created_at: now,
        }
    }
}
