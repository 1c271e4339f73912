//! Verbs on monitors.

use postern_model::{
    Action, CollectionId, EnvironmentId, Model, Monitor, MonitorId, MonitorOptions, Schedule,
    Shard, Streak, Timestamp, WorkspaceId,
};

use crate::activity::{Changed, Thing};
use crate::entry::{Entry, check_name, found};
use crate::{Actor, Journal, JournalError};

/// A monitor as somebody wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMonitor {
    /// The workspace it lies in; a change leaves it where it is.
    pub workspace: WorkspaceId,
    /// What people call it.
    pub name: String,
    /// What it runs.
    pub collection: CollectionId,
    /// With which variables.
    pub environment: Option<EnvironmentId>,
    /// Whether the schedule holds.
    pub active: bool,
    /// Five cron fields.
    pub cron: String,
    /// An IANA time zone.
    pub timezone: String,
    /// How requests are made.
    pub options: MonitorOptions,
}

/// The most people whom a monitor tells of its failures, in each of its lists.
const MOST_TOLD: usize = 50;

impl Journal {
    /// Makes a monitor.
    pub async fn create_monitor(
        &self,
        actor: &Actor,
        new: NewMonitor,
    ) -> Result<Monitor, JournalError> {
        let mut entry = self.entry().await?;
        let monitor = entry.add_monitor(actor, new).await?;
        entry.finish().await?;
        Ok(monitor)
    }

    /// Changes a monitor. Its streak and its runs stay.
    pub async fn replace_monitor(
        &self,
        actor: &Actor,
        id: MonitorId,
        new: NewMonitor,
    ) -> Result<Monitor, JournalError> {
        let mut entry = self.entry().await?;
        let mut monitor = found(
            entry.tx.monitors().get_for_update(actor.team, id).await?,
            "monitor",
        )?;
        let before = monitor.clone();
        let next_due_at = entry.check(actor, &new).await?;
        let same_schedule = (&monitor.cron, &monitor.timezone, monitor.active)
            == (&new.cron, &new.timezone, new.active);
        if !same_schedule {
            monitor.next_due_at = next_due_at;
        }
        monitor.name = new.name;
        monitor.collection = new.collection;
        monitor.environment = new.environment;
        monitor.active = new.active;
        monitor.cron = new.cron;
        monitor.timezone = new.timezone;
        monitor.options = new.options;
        if monitor == before {
            return Ok(monitor);
        }
        let changed = Changed {
            renamed_from: (before.name != monitor.name).then_some(&before.name),
            switched: match (before.active, monitor.active) {
                (true, false) => Some(Action::Pause),
                (false, true) => Some(Action::Resume),
                _ => None,
            },
            otherwise: monitor
                != Monitor {
                    name: monitor.name.clone(),
                    active: monitor.active,
                    next_due_at: monitor.next_due_at,
                    ..before.clone()
                },
        };
        monitor.updated_at = entry.now;
        entry.tx.monitors().update(&monitor).await?;
        let activities = thing(&monitor).was_changed(actor, changed, entry.now);
        entry.tell(activities).await?;
        entry.owes_runs(actor.team);
        entry.finish().await?;
        Ok(monitor)
    }

    /// Puts a monitor into another workspace.
    pub async fn move_monitor(
        &self,
        actor: &Actor,
        id: MonitorId,
        workspace: WorkspaceId,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let there = entry.tx.monitors().get_for_update(actor.team, id).await?;
        let mut monitor = found(there, "monitor")?;
        let place = entry.tx.workspaces().get(actor.team, workspace).await?;
        let place = found(place, "workspace")?;
        let from = std::mem::replace(&mut monitor.workspace, workspace);
        if from == workspace {
            return Ok(());
        }
        monitor.updated_at = entry.now;
        entry.tx.monitors().update(&monitor).await?;
        let activity = thing(&monitor).was_moved(actor, from, &place, entry.now);
        entry.tell(vec![activity]).await?;
        entry.finish().await
    }

    /// Deletes a monitor, and the runs of it that have not begun.
    pub async fn delete_monitor(&self, actor: &Actor, id: MonitorId) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let monitor = found(
            entry.tx.monitors().get_for_update(actor.team, id).await?,
            "monitor",
        )?;
        entry.remove_monitor(actor, &monitor).await?;
        entry.finish().await
    }
}

impl Entry<'_> {
    /// Adds a monitor.
    pub(crate) async fn add_monitor(
        &mut self,
        actor: &Actor,
        new: NewMonitor,
    ) -> Result<Monitor, JournalError> {
        found(
            self.tx.workspaces().get(actor.team, new.workspace).await?,
            "workspace",
        )?;
        let next_due_at = self.check(actor, &new).await?;
        let id = MonitorId(self.id());
        let monitor = Monitor {
            id,
            team: actor.team,
            workspace: new.workspace,
            owner: actor.user,
            name: new.name,
            collection: new.collection,
            environment: new.environment,
            active: new.active,
            cron: new.cron,
            timezone: new.timezone,
            options: new.options,
            shard: Shard::of(id.0).0,
            next_due_at,
            streak: Streak::default(),
            created_at: self.now,
            updated_at: self.now,
        };
        self.tx.monitors().insert(&monitor).await?;
        let activity = thing(&monitor).was(actor, Action::Create, self.now);
        self.tell(vec![activity]).await?;
        self.owes_runs(actor.team);

        Ok(monitor)
    }

    /// Checks what a monitor asks for; when it is due first.
    async fn check(
        &mut self,
        actor: &Actor,
        new: &NewMonitor,
    ) -> Result<Option<Timestamp>, JournalError> {
        check_name("monitor.name", &new.name)?;
        let schedule = Schedule::parse(&new.cron, &new.timezone)
            .map_err(|error| JournalError::invalid("monitor.schedule", &error))?;
        let next_due_at = schedule.next_after(self.now);
        if next_due_at.is_none() {
            return Err(JournalError::invalid(
                "monitor.schedule",
                "there is no day on which it comes",
            ));
        }
        if new.options.retry_attempts > 2 {
            return Err(JournalError::invalid(
                "monitor.retry.attempts",
                "a failed run is tried again 0 to 2 times",
            ));
        }
        let told = &new.options.notifications;
        for (field, people) in [
            ("monitor.notifications.onError", &told.on_error),
            ("monitor.notifications.onFailure", &told.on_failure),
        ] {
            if people.len() > MOST_TOLD {
                return Err(JournalError::invalid(field, "at most 50 people are told"));
            }
            for email in people {
                postern_catalogue::check_email(email)
                    .map_err(|problem| JournalError::invalid(field, &problem))?;
            }
        }
        found(
            self.tx
                .collections()
                .get(actor.team, new.collection)
                .await?,
            "collection",
        )?;
        if let Some(id) = new.environment {
            found(
                self.tx.environments().get(actor.team, id).await?,
                "environment",
            )?;
        }
        Ok(next_due_at.filter(|_| new.active))
    }

    /// Takes a monitor away, with the runs of it that have not begun. One that somebody else has deleted is told already.
    pub(crate) async fn remove_monitor(
        &mut self,
        actor: &Actor,
        it: &Monitor,
    ) -> Result<(), JournalError> {
        if !self.tx.monitors().delete(it.team, it.id).await? {
            return Ok(());
        }
        let activity = thing(it).was(actor, Action::Delete, self.now);
        self.tell(vec![activity]).await
    }
}

fn thing(monitor: &Monitor) -> Thing<'_> {
    Thing {
        model: Model::Monitor,
        name: &monitor.name,
        uid: monitor.uid().to_string(),
        workspace: Some(monitor.workspace),
    }
}
