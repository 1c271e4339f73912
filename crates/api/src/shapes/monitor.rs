//! Monitors in Postman's shape.

use postern_model::{Monitor, MonitorOptions, Notifications, Run, Timestamp, Uid};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::shapes::run::StatsView;

/// `{"monitors": […], "meta": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonitorList {
    pub(crate) monitors: Vec<MonitorSummary>,
    pub(crate) meta: crate::page::PageMeta,
}

/// A monitor in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MonitorSummary {
    id: String,
    name: String,
    active: bool,
    uid: String,
    /// The owner's user id.
    owner: i64,
    collection_uid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment_uid: Option<String>,
}

impl MonitorSummary {
    /// The monitor's line in the list.
    pub(crate) fn of(monitor: &Monitor, collection: Uid, environment: Option<Uid>) -> Self {
        Self {
            id: monitor.id.to_string(),
            name: monitor.name.clone(),
            active: monitor.active,
            uid: monitor.uid().to_string(),
            owner: monitor.owner.0,
            collection_uid: collection.to_string(),
            environment_uid: environment.map(|uid| uid.to_string()),
        }
    }
}

/// `{"monitor": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonitorAnswer {
    pub(crate) monitor: MonitorView,
}

/// A monitor.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MonitorView {
    id: String,
    name: String,
    uid: String,
    /// The owner's user id.
    owner: i64,
    active: bool,
    collection_uid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment_uid: Option<String>,
    /// The id of the latest run.
    #[serde(skip_serializing_if = "Option::is_none")]
    job_id: Option<String>,
    options: OptionsView,
    schedule: ScheduleView,
    retry: RetryView,
    /// Whom integrations for e-mail tell of failures.
    #[serde(skip_serializing_if = "Option::is_none")]
    notifications: Option<NotificationsView>,
    /// How many failures in a row they are told; not there: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    notification_limit: Option<u32>,
    /// How many runs have failed in a row.
    failure_streak: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_run: Option<LastRunView>,
    created_at: String,
    updated_at: String,
}

/// How requests are made.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OptionsView {
    follow_redirects: bool,
    /// In milliseconds; not there: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_delay: Option<u64>,
    /// In milliseconds; not there: the run's own bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_timeout: Option<u64>,
    strict_ssl: bool,
    /// Whether runs keep headers and bodies.
    keep_bodies: bool,
}

/// When it runs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScheduleView {
    /// Five cron fields.
    cron: String,
    /// An IANA time zone.
    timezone: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_run: Option<String>,
}

/// How often a failed run is tried again.
#[derive(Serialize, ToSchema)]
pub(crate) struct RetryView {
    /// 1 or 2; not there: it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts: Option<u8>,
}

/// Whom integrations for e-mail tell of a monitor's failures.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase", default)]
#[derive(Default)]
pub(crate) struct NotificationsView {
    /// Of runs that could not complete; at most 50.
    on_error: Vec<RecipientView>,
    /// Of runs in which a test failed; at most 50.
    on_failure: Vec<RecipientView>,
}

/// Somebody who is told.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct RecipientView {
    email: String,
}

impl NotificationsView {
    fn of(notifications: &Notifications) -> Option<Self> {
        let people = |emails: &Vec<String>| {
            let emails = emails.iter().cloned();
            emails.map(|email| RecipientView { email }).collect()
        };
        (!notifications.on_error.is_empty() || !notifications.on_failure.is_empty()).then(|| Self {
            on_error: people(&notifications.on_error),
            on_failure: people(&notifications.on_failure),
        })
    }
}

/// The latest run that ended.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LastRunView {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<String>,
    stats: StatsView,
}

impl MonitorView {
    /// The monitor and its latest run.
    pub(crate) fn of(
        monitor: &Monitor,
        collection: Uid,
        environment: Option<Uid>,
        latest: Option<&Run>,
    ) -> Self {
        let options = &monitor.options;
        Self {
            id: monitor.id.to_string(),
            name: monitor.name.clone(),
            uid: monitor.uid().to_string(),
            owner: monitor.owner.0,
            active: monitor.active,
            collection_uid: collection.to_string(),
            environment_uid: environment.map(|uid| uid.to_string()),
            job_id: latest.map(|run| run.id.to_string()),
            options: OptionsView {
                follow_redirects: options.follow_redirects,
                // Postman's clients refuse a zero in either.
                request_delay: Some(options.request_delay).filter(|it| *it > 0),
                request_timeout: options.request_timeout,
                strict_ssl: options.strict_ssl,
                keep_bodies: options.keep_bodies,
            },
            schedule: ScheduleView {
                cron: monitor.cron.clone(),
                timezone: monitor.timezone.clone(),
                next_run: monitor.next_due_at.map(Timestamp::to_rfc3339),
            },
            retry: RetryView {
                attempts: Some(options.retry_attempts).filter(|it| *it > 0),
            },
            notifications: NotificationsView::of(&options.notifications),
            notification_limit: options.notifications.limit,
            failure_streak: monitor.streak.failures,
            last_run: latest
                .filter(|run| run.status.is_final())
                .map(|run| LastRunView {
                    status: run.status.as_str(),
                    started_at: run.started_at.map(Timestamp::to_rfc3339),
                    finished_at: run.finished_at.map(Timestamp::to_rfc3339),
                    stats: StatsView::of(&run.stats, run.status),
                }),
            created_at: monitor.created_at.to_rfc3339(),
            updated_at: monitor.updated_at.to_rfc3339(),
        }
    }
}

/// The body that makes or changes a monitor. `distribution` of Postman's API is let pass and not kept: Postern runs where it
/// stands.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct MonitorBody {
    pub(crate) monitor: MonitorFields,
}

/// What people say of a monitor.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct MonitorFields {
    /// At most 255 characters; needed when it is made.
    pub(crate) name: Option<String>,
    /// The uid or id of what it runs; needed when it is made.
    pub(crate) collection: Option<String>,
    /// The uid or id of the variables that it runs with; "" for none.
    pub(crate) environment: Option<String>,
    /// Whether the schedule holds (true).
    pub(crate) active: Option<bool>,
    /// When it runs; needed when it is made.
    pub(crate) schedule: Option<ScheduleFields>,
    pub(crate) options: Option<OptionsFields>,
    pub(crate) retry: Option<RetryFields>,
    /// Whom integrations for e-mail tell of failures, besides their own recipients.
    pub(crate) notifications: Option<NotificationsView>,
    /// How many failures in a row they are told, until a run passes; 0: all.
    #[serde(rename = "notificationLimit")]
    pub(crate) notification_limit: Option<u32>,
}

/// When it runs.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct ScheduleFields {
    /// Five cron fields, such as `*/5 * * * *`; needed when the monitor is made.
    pub(crate) cron: Option<String>,
    /// An IANA time zone (UTC).
    pub(crate) timezone: Option<String>,
}

/// How requests are made; what is not there stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase")]
pub(crate) struct OptionsFields {
    follow_redirects: Option<bool>,
    /// In milliseconds.
    request_delay: Option<u64>,
    /// In milliseconds; 0 leaves it to the run's own bound.
    request_timeout: Option<u64>,
    strict_ssl: Option<bool>,
    /// Whether runs keep headers and bodies.
    keep_bodies: Option<bool>,
}

/// How often a failed run is tried again.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(crate) struct RetryFields {
    /// 0 to 2.
    attempts: Option<u8>,
}

impl MonitorFields {
    /// The options that this makes of the ones before.
    pub(crate) fn options(&self, before: MonitorOptions) -> MonitorOptions {
        let mut options = before;
        if let Some(sent) = &self.options {
            options.follow_redirects = sent.follow_redirects.unwrap_or(options.follow_redirects);
            options.request_delay = sent.request_delay.unwrap_or(options.request_delay);
            options.request_timeout = match sent.request_timeout {
                None => options.request_timeout,
                Some(0) => None,
                Some(span) => Some(span),
            };
            options.strict_ssl = sent.strict_ssl.unwrap_or(options.strict_ssl);
            options.keep_bodies = sent.keep_bodies.unwrap_or(options.keep_bodies);
        }
        if let Some(attempts) = self.retry.as_ref().and_then(|retry| retry.attempts) {
            options.retry_attempts = attempts;
        }
        if let Some(sent) = &self.notifications {
            let emails =
                |people: &Vec<RecipientView>| people.iter().map(|it| it.email.clone()).collect();
            options.notifications.on_error = emails(&sent.on_error);
            options.notifications.on_failure = emails(&sent.on_failure);
        }
        if let Some(limit) = self.notification_limit {
            options.notifications.limit = Some(limit).filter(|limit| *limit > 0);
        }
        options
    }
}

/// `{"monitor": {"id", "name", "active", "uid"}}`, after a change.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonitorChanged {
    monitor: MonitorName,
}

/// A monitor's ids and name.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonitorName {
    id: String,
    name: String,
    active: bool,
    uid: String,
}

impl MonitorChanged {
    /// The monitor as it is now.
    pub(crate) fn of(monitor: &Monitor) -> Self {
        Self {
            monitor: MonitorName {
                id: monitor.id.to_string(),
                name: monitor.name.clone(),
                active: monitor.active,
                uid: monitor.uid().to_string(),
            },
        }
    }
}

/// `{"monitor": {"id", "uid"}}`, after it was deleted.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonitorDeleted {
    monitor: MonitorIds,
}

/// A monitor's ids.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonitorIds {
    id: String,
    uid: String,
}

impl MonitorDeleted {
    /// The monitor that was deleted.
    pub(crate) fn of(monitor: &Monitor) -> Self {
        Self {
            monitor: MonitorIds {
                id: monitor.id.to_string(),
                uid: monitor.uid().to_string(),
            },
        }
    }
}
