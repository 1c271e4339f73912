//! A verb under way: its unit of work, its time, and what it owes.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use postern_model::{
    Activity, ActivityId, DeliveryId, Event, EventId, EventKind, IntegrationId, Model, PayloadForm,
    SourceId, TeamId, Timestamp, WorkspaceId,
};
use postern_storage::{Packed, Says, Subscriber, Tx};
use serde_json::Value;
use uuid::Uuid;

use crate::bell::Bells;
use crate::fan_out::{self, Occurrence};
use crate::told::{Topic, Topics};
use crate::{Journal, JournalError, payload};

/// A verb under way. Dropped without `finish`, it leaves nothing.
pub(crate) struct Entry<'a> {
    pub(crate) journal: &'a Journal,
    pub(crate) tx: Tx,
    pub(crate) now: Timestamp,
    owes: Owes,
    /// The source for which this verb works; what came from it only such a verb changes.
    pub(crate) source: Option<SourceId>,
    /// Of the last workspace that was asked about: whether it is closed.
    closed: Option<(WorkspaceId, bool)>,
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a bell of its own")]
struct Owes {
    /// To these integrations there is more to deliver.
    lanes: HashSet<(TeamId, IntegrationId)>,
    /// Something else about deliveries has changed.
    deliveries: bool,
    runs: bool,
    replays: bool,
    sources: bool,
    digests: bool,
    /// What events there are, for the metrics.
    events: Vec<EventKind>,
    /// Somebody may do more or less than before.
    people: bool,
    /// What people look at has changed.
    told: Vec<(TeamId, Topics)>,
}

impl Journal {
    /// Begins a verb.
    pub(crate) async fn entry(&self) -> Result<Entry<'_>, JournalError> {
        self.entry_within(self.parts.store.begin().await?).await
    }

    /// Begins a verb in a unit of work that something else has begun.
    pub(crate) async fn entry_within(&self, mut tx: Tx) -> Result<Entry<'_>, JournalError> {
        let now = tx.now().await?;
        Ok(Entry {
            journal: self,
            tx,
            now,
            owes: Owes::default(),
            source: None,
            closed: None,
        })
    }
}

impl Entry<'_> {
    /// An id greater than all before it, so that what is written is read in its order.
    pub(crate) fn id(&self) -> Uuid {
        self.journal.parts.id(self.now)
    }

    /// Writes activities, and the events that tell them.
    pub(crate) async fn tell(&mut self, mut activities: Vec<Activity>) -> Result<(), JournalError> {
        for activity in &mut activities {
            activity.id = ActivityId(self.id());
            // What lies in a document is called as it likes; see `check_text`.
            for text in [
                &mut activity.message,
                &mut activity.model_name,
                &mut activity.model_uid,
            ] {
                if text.contains('\0') {
                    *text = text.replace('\0', "\u{fffd}");
                }
            }
        }
        self.tx.activities().insert_all(&activities).await?;
        let Some(first) = activities.first() else {
            return Ok(());
        };
        self.changed(first.team, Topic::Activities);
        if activities.iter().any(|it| it.model == Model::Integration) {
            self.changed(first.team, Topic::Integrations);
        }
        // All of one verb happen in one place, so who wants them is asked once.
        for kind in [EventKind::CollectionActivity, EventKind::TeamActivity] {
            if kind == EventKind::CollectionActivity && first.collection.is_none() {
                continue;
            }
            let place = Occurrence::new(kind, first.team).within(first.workspace, first.collection);
            let subscribers = self.subscribers(&place).await?;
            if subscribers.is_empty() {
                continue;
            }
            let (together, subscribers): (Vec<Subscriber>, Vec<Subscriber>) = subscribers
                .into_iter()
                .partition(|subscriber| subscriber.options.digest.is_some());
            for subscriber in &together {
                let wanted: Vec<&Activity> = activities
                    .iter()
                    .filter(|activity| {
                        let mut told = place.clone();
                        told.activity = Some((activity.action, activity.model));
                        told.is_wanted_by(&subscriber.options)
                    })
                    .collect();
                self.gather(subscriber, &wanted).await?;
            }
            for activity in &activities {
                let mut told = place.clone().saying(
                    payload::activity(activity),
                    payload::activity_detail(activity),
                );
                told.activity = Some((activity.action, activity.model));
                let wanting: Vec<Subscriber> = subscribers
                    .iter()
                    .filter(|subscriber| told.is_wanted_by(&subscriber.options))
                    .cloned()
                    .collect();
                if !wanting.is_empty() {
                    self.deliver(&told, &wanting).await?;
                }
            }
        }
        Ok(())
    }

    /// Tells whoever wants it what happened. Without anybody nothing is written, and there is no event.
    pub(crate) async fn occur(&mut self, told: &Occurrence) -> Result<Option<Event>, JournalError> {
        let subscribers = self.subscribers(told).await?;
        if subscribers.is_empty() {
            return Ok(None);
        }
        let (event, _) = self.deliver(told, &subscribers).await?;
        Ok(Some(event))
    }

    async fn subscribers(&mut self, told: &Occurrence) -> Result<Vec<Subscriber>, JournalError> {
        let known = self.tx.integrations().subscribers(told.team).await?;
        let those = |closed| -> Vec<Subscriber> {
            let matching = known.matching(&told.subject(closed)).into_iter();
            matching
                .filter(|subscriber| {
                    Some(subscriber.id) != told.not_to && told.is_wanted_by(&subscriber.options)
                })
                .cloned()
                .collect()
        };
        let mut wanting = those(false);
        if !wanting.is_empty() && self.is_closed(told.team, told.workspace).await? {
            wanting = those(true);
        }
        fan_out::settle(&mut self.tx, told.team, &mut wanting).await?;
        Ok(wanting)
    }

    /// Whether only its members may enter a workspace; asked once for each verb.
    pub(crate) async fn is_closed(
        &mut self,
        team: TeamId,
        workspace: Option<WorkspaceId>,
    ) -> Result<bool, JournalError> {
        let Some(workspace) = workspace else {
            return Ok(false);
        };
        if let Some((of, closed)) = self.closed
            && of == workspace
        {
            return Ok(closed);
        }
        let closed = self
            .tx
            .workspace_members()
            .is_closed(team, workspace)
            .await?;
        self.closed = Some((workspace, closed));
        Ok(closed)
    }

    /// Writes an event, and a delivery for each of these integrations.
    pub(crate) async fn deliver(
        &mut self,
        told: &Occurrence,
        subscribers: &[Subscriber],
    ) -> Result<(Event, Vec<DeliveryId>), JournalError> {
        let standard = Packed::of(told.body.to_string().as_bytes()).await?;
        let wants_detail = subscribers
            .iter()
            .any(|subscriber| subscriber.options.payload == PayloadForm::Detailed);
        let detailed = match (&told.detail, &told.body) {
            (Some(detail), Value::Object(fields)) if wants_detail => {
                let mut fields = fields.clone();
                fields.insert("postern".to_owned(), detail.clone());
                Some(Packed::of(Value::Object(fields).to_string().as_bytes()).await?)
            }
            _ => None,
        };
        let event = Event {
            id: EventId(self.id()),
            team: told.team,
            kind: told.kind,
            custom_type: told.custom_type.clone(),
            workspace: told.workspace,
            collection: told.collection,
            monitor: told.monitor,
            detailed: detailed.is_some(),
            created_at: self.now,
        };
        let says = Says {
            standard: &standard,
            detailed: detailed.as_ref(),
        };
        self.tx.events().insert(&event, says).await?;
        self.owes.events.push(event.kind);
        self.changed(event.team, Topic::Deliveries);
        let ids: Vec<Uuid> = subscribers.iter().map(|_| self.id()).collect();
        let deliveries = fan_out::deliveries(&event, told, subscribers, &ids);
        self.tx.deliveries().insert_all(&deliveries).await?;
        self.owes
            .lanes
            .extend(deliveries.iter().map(|one| (one.team, one.integration)));
        let ids = deliveries.iter().map(|delivery| delivery.id).collect();
        Ok((event, ids))
    }

    /// Something that was waiting is due now, or is not due any more, or is sent otherwise than before.
    pub(crate) fn owes_deliveries(&mut self, team: TeamId) {
        self.owes.deliveries = true;
        self.changed(team, Topic::Deliveries);
    }

    /// Somebody may do more or less than before.
    pub(crate) fn changes_people(&mut self) {
        self.owes.people = true;
    }

    /// A replay goes on.
    pub(crate) fn owes_replays(&mut self, team: TeamId) {
        self.owes.replays = true;
        self.changed(team, Topic::Deliveries);
    }

    /// A source is to be looked at.
    pub(crate) fn owes_sources(&mut self, team: TeamId) {
        self.owes.sources = true;
        self.changed(team, Topic::Activities);
    }

    /// Something was gathered.
    pub(crate) fn owes_digests(&mut self) {
        self.owes.digests = true;
    }

    /// A run is due now.
    pub(crate) fn owes_runs(&mut self, team: TeamId) {
        self.owes.runs = true;
        self.changed(team, Topic::Runs);
    }

    /// Something that people look at has changed: who listens is told after the commit.
    pub(crate) fn changed(&mut self, team: TeamId, topic: Topic) {
        let told = &mut self.owes.told;
        match told.iter_mut().find(|(known, _)| *known == team) {
            Some((_, topics)) => topics.add(topic.into()),
            None => told.push((team, topic.into())),
        }
    }

    /// Commits, and then wakes the worker, on PostgreSQL also the other nodes'.
    pub(crate) async fn finish(self) -> Result<(), JournalError> {
        let Self {
            journal,
            mut tx,
            owes,
            ..
        } = self;
        if owes.deliveries {
            tx.notify(Bells::CHANNEL, Bells::DELIVERIES).await?;
        } else if !owes.lanes.is_empty() {
            tx.notify(Bells::CHANNEL, &Bells::word_for(&owes.lanes))
                .await?;
        }
        if owes.runs {
            tx.notify(Bells::CHANNEL, Bells::RUNS).await?;
        }
        if owes.replays {
            tx.notify(Bells::CHANNEL, Bells::REPLAYS).await?;
        }
        if owes.sources {
            tx.notify(Bells::CHANNEL, Bells::SOURCES).await?;
        }
        let committed = tx.commit().await;
        if owes.people {
            // Also after a commit that failed: nobody knows whether it took place.
            journal.parts.people.fetch_add(1, Ordering::Release);
            // Who listens may not be somebody any more.
            journal.parts.bells.told.nudge();
        }
        committed?;
        for kind in owes.events {
            fan_out::count(kind, 1);
        }
        if owes.deliveries {
            journal.parts.bells.deliveries.ring();
        } else if !owes.lanes.is_empty() {
            journal.parts.bells.deliveries.ring_for(owes.lanes);
        }
        if owes.runs {
            journal.parts.bells.runs.ring();
        }
        if owes.replays {
            journal.parts.bells.replays.ring();
        }
        if owes.sources {
            journal.parts.bells.sources.ring();
        }
        if owes.digests {
            journal.parts.bells.digests.ring();
        }
        for (team, topics) in owes.told {
            journal.parts.bells.told.ring(team, topics);
        }
        Ok(())
    }
}

/// A team's thing that ought to be there.
pub(crate) fn found<T>(thing: Option<T>, what: &'static str) -> Result<T, JournalError> {
    thing.ok_or(JournalError::NotFound { what })
}

/// Checks that a row was there to be changed or deleted: somebody else may have deleted it since it was looked at.
pub(crate) fn touched(there: bool, what: &'static str) -> Result<(), JournalError> {
    found(there.then_some(()), what)
}

/// Checks a text that people write. PostgreSQL's columns can't hold U+0000, so on no engine do they.
pub(crate) fn check_text(field: &'static str, text: &str) -> Result<(), JournalError> {
    if text.contains('\0') {
        return Err(JournalError::invalid(
            field,
            "it can't hold the character U+0000",
        ));
    }
    Ok(())
}

/// Checks a name that people read: 1 to 255 characters.
pub(crate) fn check_name(field: &'static str, name: &str) -> Result<(), JournalError> {
    check_text(field, name)?;
    match name.trim().chars().count() {
        0 => Err(JournalError::invalid(field, "a name can't be empty")),
        1..=255 => Ok(()),
        _ => Err(JournalError::invalid(
            field,
            "a name has at most 255 characters",
        )),
    }
}

/// The id of an activity that has not been written.
pub(crate) const NO_ID: ActivityId = ActivityId(Uuid::nil());
