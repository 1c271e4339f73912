//! What somebody asks of an integration is checked before anything is written.

use postern_catalogue::{Connector, FieldProblem, Sends, is_webhook};
use postern_model::{
    CollectionId, EventKind, IntegrationOptions, InvalidConfig, MonitorId, NotifyPolicy,
    PayloadForm, RetrySchedule, Schedule, TeamId, WorkspaceId, is_type_pattern,
};

use serde_json::Value;

use super::NewIntegration;
use crate::JournalError;
use crate::entry::{Entry, check_name, found};

/// The most patterns for types of custom events.
const MOST_TYPES: usize = 100;

impl Entry<'_> {
    /// Checks an integration, so that one that was taken can be kept, and can hear of something. What its connector asks for
    /// and was left out is filled in.
    pub(super) async fn check_integration(
        &mut self,
        team: TeamId,
        new: &mut NewIntegration,
    ) -> Result<(), JournalError> {
        check_name("integration.name", &new.name)?;
        if new.event == EventKind::Test {
            return Err(JournalError::invalid(
                "integration.event",
                "a test is sent to an integration of another event",
            ));
        }
        check_connector(new)?;
        check_digest(new)?;
        check_settings(new)?;
        self.check_scope(team, new).await
    }

    /// What the integration is limited to must be there, and be what its event can be about: otherwise it would wait for ever.
    async fn check_scope(
        &mut self,
        team: TeamId,
        new: &NewIntegration,
    ) -> Result<(), JournalError> {
        let invalid = |field, problem| Err(JournalError::invalid(field, problem));
        if new.event == EventKind::Custom {
            if new.workspace.is_some() || new.collection.is_some() || new.monitor.is_some() {
                return invalid(
                    "integration.event",
                    "custom events belong to no workspace, collection or monitor: name options.types instead",
                );
            }
        } else if matches!(
            new.event,
            EventKind::IntegrationFailing | EventKind::IntegrationDisabled
        ) && new.collection.is_some()
        {
            return invalid(
                "integration.collection",
                "what is told of integrations is about no collection",
            );
        } else if new.monitor.is_some() && new.event != EventKind::MonitorResults {
            return invalid(
                "integration.monitor",
                "only monitor_results are about a monitor",
            );
        }
        if let Some(id) = new.workspace {
            found(self.tx.workspaces().get(team, id).await?, "workspace")?;
        }
        let collection = match new.collection {
            Some(id) => Some(self.workspace_of_collection(team, id).await?),
            None => None,
        };
        if differ(collection, new.workspace) {
            return invalid(
                "integration.collection",
                "the collection lies in another workspace",
            );
        }
        if let Some(id) = new.monitor {
            let (workspace, runs) = self.place_of_monitor(team, id).await?;
            if differ(Some(workspace), new.workspace) {
                return invalid(
                    "integration.monitor",
                    "the monitor lies in another workspace",
                );
            }
            if differ(Some(runs), new.collection) {
                return invalid("integration.monitor", "the monitor runs another collection");
            }
        }
        Ok(())
    }

    async fn workspace_of_collection(
        &mut self,
        team: TeamId,
        id: CollectionId,
    ) -> Result<WorkspaceId, JournalError> {
        let collection = self.tx.collections().get(team, id).await?;
        Ok(found(collection, "collection")?.workspace)
    }

    async fn place_of_monitor(
        &mut self,
        team: TeamId,
        id: MonitorId,
    ) -> Result<(WorkspaceId, CollectionId), JournalError> {
        let monitor = found(self.tx.monitors().get(team, id).await?, "monitor")?;
        Ok((monitor.workspace, monitor.collection))
    }
}

fn differ<T: PartialEq>(is: Option<T>, wanted: Option<T>) -> bool {
    matches!((is, wanted), (Some(is), Some(wanted)) if is != wanted)
}

/// Checks what the connector's form asks for.
fn check_connector(new: &mut NewIntegration) -> Result<(), JournalError> {
    let connector = postern_catalogue::find(&new.connector).ok_or_else(|| {
        JournalError::invalid(
            "integration.connector",
            "there is no such connector (GET /connectors lists them)",
        )
    })?;
    let name = connector.name();
    if !connector.tells(new.event) {
        let told: Vec<&str> = connector
            .events()
            .iter()
            .map(|(kind, _)| kind.as_str())
            .collect();
        return Err(JournalError::invalid(
            "integration.event",
            &format!("{name} can tell {}", told.join(", ")),
        ));
    }
    let config = &mut new.config;
    if connector.sends() == Sends::Webhook {
        if !config.fields.is_empty() {
            return Err(JournalError::invalid(
                "integration.config.fields",
                &format!("{name} has none: set config.url"),
            ));
        }
        let url = [("url".to_owned(), Value::from(config.url.as_str()))];
        let url = connector.check(new.event, &url.into_iter().collect());
        return url
            .map(drop)
            .map_err(|wrong| told("integration.config", &wrong));
    }
    let others = [
        ("url", !config.url.is_empty()),
        ("headers", !config.headers.is_empty()),
        ("auth", config.auth.is_some()),
        ("transform", config.transform.is_some()),
    ];
    if let Some((field, _)) = others.iter().find(|(_, is_set)| *is_set) {
        return Err(JournalError::invalid(
            format!("integration.config.{field}"),
            &format!("{name} has its own form: set config.fields"),
        ));
    }
    config.fields = connector
        .check(new.event, &config.fields)
        .map_err(|wrong| told("integration.config.fields", &wrong))?;
    // A transform is told all that there is.
    new.options.payload = PayloadForm::Detailed;
    Ok(())
}

/// Checks when activities are told together.
fn check_digest(new: &NewIntegration) -> Result<(), JournalError> {
    let Some(digest) = &new.options.digest else {
        return Ok(());
    };
    let field = "integration.options.digest";
    if !postern_catalogue::find(&new.connector).is_some_and(Connector::digests) {
        return Err(JournalError::invalid(
            field,
            "this connector tells each activity by itself; email tells them together",
        ));
    }
    if !matches!(
        new.event,
        EventKind::CollectionActivity | EventKind::TeamActivity
    ) {
        return Err(JournalError::invalid(
            field,
            "only collection_activity and team_activity are told together",
        ));
    }
    Schedule::parse(&digest.cron, &digest.timezone)
        .map(drop)
        .map_err(|error| JournalError::invalid(field, &error))
}

/// What is wrong with a form: the first under its own name, and the others behind it.
fn told(path: &str, wrong: &[FieldProblem]) -> JournalError {
    let Some((first, others)) = wrong.split_first() else {
        return JournalError::invalid(path.to_owned(), "it is not right");
    };
    let others = others
        .iter()
        .map(|other| format!("; {}: {}", other.key, other.problem));
    let problem: String = std::iter::once(first.problem.clone())
        .chain(others)
        .collect();
    JournalError::invalid(format!("{path}.{}", first.key), &problem)
}

fn check_settings(new: &NewIntegration) -> Result<(), JournalError> {
    let checked = if is_webhook(&new.connector) {
        new.config.check()
    } else {
        new.config.check_beside_url()
    };
    checked.map_err(|error| match error {
        InvalidConfig::Url(problem) => JournalError::invalid("integration.config.url", problem),
        error @ InvalidConfig::Auth { .. } => {
            JournalError::invalid("integration.config.auth", &error)
        }
        error @ InvalidConfig::TransformTooLong => {
            JournalError::invalid("integration.config.transform", &error)
        }
        error @ InvalidConfig::Tls { .. } => {
            JournalError::invalid("integration.config.tls", &error)
        }
        other => JournalError::invalid("integration.config.headers", &other),
    })?;
    NotifyPolicy::try_of(&new.options)
        .map_err(|error| JournalError::invalid("integration.options", &error))?;
    if !(1..=120).contains(&new.options.timeout) {
        return Err(JournalError::invalid(
            "integration.options.timeout",
            "an attempt may take 1 to 120 seconds",
        ));
    }
    if new
        .options
        .concurrency
        .is_some_and(|most| !(1..=100).contains(&most))
    {
        return Err(JournalError::invalid(
            "integration.options.concurrency",
            "1 to 100 requests may go at once",
        ));
    }
    if new
        .options
        .rate
        .is_some_and(|rate| !(1..=10_000).contains(&rate))
    {
        return Err(JournalError::invalid(
            "integration.options.rate",
            "1 to 10,000 attempts may begin in a second",
        ));
    }
    if let Some(waits) = &new.options.retries {
        RetrySchedule::try_new(waits)
            .map_err(|error| JournalError::invalid("integration.options.retries", &error))?;
    }
    check_filters(new)
}

/// What an integration wants of the events of its kind.
fn check_filters(new: &NewIntegration) -> Result<(), JournalError> {
    let types = &new.options.types;
    if types.len() > MOST_TYPES || !types.iter().all(|pattern| is_type_pattern(pattern)) {
        return Err(JournalError::invalid(
            "integration.options.types",
            "types are at most 100 patterns of 1 to 128 letters, digits and . _ - / : *, such as build.*",
        ));
    }
    let IntegrationOptions {
        actions, models, ..
    } = &new.options;
    let tells_activities = matches!(
        new.event,
        EventKind::CollectionActivity | EventKind::TeamActivity
    );
    let chooses = !actions.is_empty() || !models.is_empty();
    if chooses && !tells_activities {
        return Err(JournalError::invalid(
            "integration.options",
            "only collection_activity and team_activity have actions and models to choose from",
        ));
    }
    Ok(())
}
