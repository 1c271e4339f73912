//! Verbs on monitors.

use postern_model::{
    Action, CollectionId, EnvironmentId, Model, Monitor, MonitorId, MonitorOptions, Schedule,
    Shard, Streak, Timestamp, WorkspaceId,
};

use crate::activity::of_thing;
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

impl Journal {
    /// Makes a monitor.
    pub async fn create_monitor(
        &self,
        actor: &Actor,
        new: NewMonitor,
    ) -> Result<Monitor, JournalError> {
        let mut entry = self.entry().await?;
        found(
            entry.tx.workspaces().get(actor.team, new.workspace).await?,
            "workspace",
        )?;
        let next_due_at = entry.check(actor, &new).await?;
        let id = MonitorId::new(entry.now, self.random.as_ref());
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
            created_at: entry.now,
            updated_at: entry.now,
        };
        entry.tx.monitors().insert(&monitor).await?;
        entry.monitor(actor, Action::Create, &monitor).await?;
        entry.owes_runs();
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
        monitor.updated_at = entry.now;
        entry.tx.monitors().update(&monitor).await?;
        let action = match (before.active, monitor.active) {
            (true, false) => Action::Pause,
            (false, true) => Action::Resume,
            _ => Action::Update,
        };
        entry.monitor(actor, action, &monitor).await?;
        entry.owes_runs();
        entry.finish().await?;
        Ok(monitor)
    }

    /// Deletes a monitor, and the runs of it that have not begun.
    pub async fn delete_monitor(&self, actor: &Actor, id: MonitorId) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let monitor = found(
            entry.tx.monitors().get_for_update(actor.team, id).await?,
            "monitor",
        )?;
        entry.monitor(actor, Action::Delete, &monitor).await?;
        entry.tx.monitors().delete(actor.team, id).await?;
        entry.finish().await
    }
}

impl Entry<'_> {
    /// Checks what a monitor asks for; when it is due first.
    async fn check(
        &mut self,
        actor: &Actor,
        new: &NewMonitor,
    ) -> Result<Option<Timestamp>, JournalError> {
        check_name("monitor.name", &new.name)?;
        let schedule = Schedule::parse(&new.cron, &new.timezone)
            .map_err(|error| JournalError::invalid("monitor.schedule", error))?;
        if new.options.retry_attempts > 2 {
            return Err(JournalError::invalid(
                "monitor.retry.attempts",
                "a failed run is tried again 0 to 2 times",
            ));
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
        Ok(schedule.next_after(self.now).filter(|_| new.active))
    }

    async fn monitor(
        &mut self,
        actor: &Actor,
        action: Action,
        it: &Monitor,
    ) -> Result<(), JournalError> {
        let thing = (Model::Monitor, it.name.as_str(), it.uid().to_string());
        let activity = of_thing(actor, action, thing, Some(it.workspace), self.now);
        self.tell(vec![activity]).await
    }
}
