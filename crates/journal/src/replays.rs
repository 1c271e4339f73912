//! Verbs on replays: begun, made to go on batch by batch, ended.

use std::time::Duration;

use postern_model::{
    DeliveryId, EventKind, Replay, ReplayId, ReplayState, Selection, TeamId, is_type_pattern,
};
use postern_storage::Redelivered;

use crate::entry::found;
use crate::told::Topic;
use crate::{Actor, Journal, JournalError};

/// How many rows one step looks at: a few milliseconds of the writer's time.
const ROWS: u32 = 100;
/// The most patterns for types of custom events.
const MOST_TYPES: usize = 100;

/// A replay as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReplay {
    /// Which deliveries.
    pub selection: Selection,
    /// How many a second are made due, 1 to 1,000.
    pub rate: u32,
}

impl NewReplay {
    /// Checks what people wrote.
    pub fn check(&self) -> Result<(), JournalError> {
        if !(1..=1_000).contains(&self.rate) {
            return Err(JournalError::invalid(
                "replay.rate",
                "1 to 1,000 deliveries may be made due in a second",
            ));
        }
        let Selection {
            states,
            event,
            types,
            since,
            until,
            ..
        } = &self.selection;
        if let Some(state) = states
            .iter()
            .find(|state| !Selection::ENDED.contains(&state.as_str()))
        {
            return Err(JournalError::invalid(
                "replay.states",
                &format!(
                    "{state:?} is not how a delivery ends: {}",
                    Selection::ENDED.join(", ")
                ),
            ));
        }
        if types.len() > MOST_TYPES || !types.iter().all(|pattern| is_type_pattern(pattern)) {
            return Err(JournalError::invalid(
                "replay.types",
                "types are at most 100 patterns of 1 to 128 letters, digits and . _ - / : *, such as build.*",
            ));
        }
        if !types.is_empty() && event.is_some_and(|event| event != EventKind::Custom) {
            return Err(JournalError::invalid(
                "replay.types",
                "only custom events have types",
            ));
        }
        if since
            .zip(*until)
            .is_some_and(|(since, until)| since >= until)
        {
            return Err(JournalError::invalid(
                "replay.until",
                "it must be later than since",
            ));
        }
        Ok(())
    }
}

impl Journal {
    /// Begins a replay: the worker makes what was chosen due, at its rate.
    pub async fn create_replay(
        &self,
        actor: &Actor,
        new: NewReplay,
    ) -> Result<Replay, JournalError> {
        new.check()?;
        let mut entry = self.entry().await?;
        let mut selection = new.selection;
        if let Some(id) = selection.integration {
            found(
                entry.tx.integrations().get(actor.team, id).await?,
                "integration",
            )?;
        }
        // What happens from now on is not part of it.
        let next = entry.now + Duration::from_millis(1);
        selection.until = Some(selection.until.map_or(next, |until| until.min(next)));
        let total = entry
            .tx
            .deliveries()
            .count_chosen(actor.team, &selection)
            .await?;
        let replay = Replay {
            id: ReplayId(entry.id()),
            team: actor.team,
            selection,
            rate: new.rate,
            state: ReplayState::Running,
            total,
            done: 0,
            skipped: 0,
            created_by: actor.user,
            created_at: entry.now,
            updated_at: entry.now,
            finished_at: None,
        };
        entry.tx.replays().insert(&replay).await?;
        entry.owes_replays(actor.team);
        entry.finish().await?;
        Ok(replay)
    }

    /// Ends a replay. What it has made due stays due.
    pub async fn cancel_replay(&self, actor: &Actor, id: ReplayId) -> Result<Replay, JournalError> {
        let mut entry = self.entry().await?;
        let locked = entry.tx.replays().get_for_update(actor.team, id).await?;
        let (mut replay, position) = found(locked, "replay")?;
        if replay.state != ReplayState::Running {
            return Err(JournalError::Conflict {
                doing: "cancel the replay",
                because: "it has already ended",
            });
        }
        replay.state = ReplayState::Cancelled;
        replay.updated_at = entry.now;
        replay.finished_at = Some(entry.now);
        entry.tx.replays().update(&replay, position).await?;
        entry.changed(replay.team, Topic::Deliveries);
        entry.finish().await?;
        Ok(replay)
    }

    /// Makes up to so many deliveries of a replay due, and writes how far it has come; how many, or nothing where it does
    /// not go on.
    pub async fn step_replay(
        &self,
        team: TeamId,
        id: ReplayId,
        most: u32,
    ) -> Result<Option<u32>, JournalError> {
        let mut entry = self.entry().await?;
        let locked = entry.tx.replays().get_for_update(team, id).await?;
        let Some((mut replay, position)) =
            locked.filter(|(replay, _)| replay.state == ReplayState::Running)
        else {
            return Ok(None);
        };
        let chosen = entry
            .tx
            .deliveries()
            .chosen(team, &replay.selection, position, most.min(ROWS))
            .await?;
        for &id in &chosen.ids {
            if entry.make_due(team, id).await? {
                replay.done += 1;
            } else {
                replay.skipped += 1;
            }
        }
        replay.updated_at = entry.now;
        if chosen.position.is_none() {
            replay.state = ReplayState::Done;
            replay.finished_at = Some(entry.now);
        }
        let position = chosen.position.or(position);
        entry.tx.replays().update(&replay, position).await?;
        entry.changed(replay.team, Topic::Deliveries);
        entry.finish().await?;
        let made = u32::try_from(chosen.ids.len()).unwrap_or(u32::MAX);
        Ok(chosen.position.map(|_| made))
    }
}

impl crate::entry::Entry<'_> {
    /// Makes a delivery due, or held; not if its integration is gone.
    async fn make_due(&mut self, team: TeamId, id: DeliveryId) -> Result<bool, JournalError> {
        let now = self.now;
        Ok(match self.tx.deliveries().redeliver(team, id, now).await? {
            Redelivered::Scheduled => {
                self.owes_deliveries(team);
                true
            }
            Redelivered::Held(_) => true,
            Redelivered::IntegrationGone | Redelivered::NotFound => false,
        })
    }
}
