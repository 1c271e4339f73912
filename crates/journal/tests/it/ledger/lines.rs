//! One line for each thing.

use postern_model::{
    Activity, DeliveryState, Event, EventKind, Integration, IntegrationOptions, Monitor, Run,
    Timestamp,
};
use serde_json::{Value, json};

use super::Ledger;
use super::outline::outline;

impl Ledger {
    pub(super) fn monitor(&self, it: &Monitor) -> String {
        let environment = it
            .environment
            .map_or_else(String::new, |id| format!(" with {}", self.name(id.0)));
        let when = match (it.active, it.next_due_at) {
            (true, Some(_)) => "active, due",
            (false, None) => "paused, not due",
            _ => panic!("active and due must go together: {it:?}"),
        };
        format!(
            "monitor {:?} in {}: runs {}{environment}, {} {}, {when}, {} failures in a row, {}",
            it.name,
            self.name(it.workspace.0),
            self.name(it.collection.0),
            it.cron,
            it.timezone,
            it.streak.failures,
            serde_json::to_string(&it.options).unwrap()
        )
    }

    pub(super) fn run(&self, it: &Run) -> String {
        let by = it.requested_by.map(|user| format!(" by {user}"));
        format!(
            "run of {}: {}, {}{}",
            self.name(it.monitor.0),
            it.status.as_str(),
            it.trigger.as_str(),
            by.unwrap_or_default()
        )
    }

    pub(super) fn integration(&self, it: &Integration) -> String {
        let scope = [
            it.workspace.map(|id| id.0),
            it.collection.map(|id| id.0),
            it.monitor.map(|id| id.0),
        ];
        let scope = scope
            .into_iter()
            .flatten()
            .fold(String::new(), |all, id| all + " only " + &self.name(id));
        let ending = it.secrets.iter().filter(|it| it.not_after.is_some());
        let failing = it.first_gone_at.is_some()
            || it.failing_since.is_some()
            || it.failed_attempts > 0
            || it.not_before.is_some();
        format!(
            "integration {:?}: {}{scope} to {}, {:?}, {} secrets ({} ending){}{}",
            it.name,
            it.event.as_str(),
            it.config.url,
            it.status,
            it.secrets.len(),
            ending.count(),
            if failing { ", failing" } else { "" },
            options(&it.options)
        )
    }

    pub(super) fn activity(&self, it: &Activity) -> String {
        let place = it
            .workspace
            .map_or("the team".to_owned(), |id| self.name(id.0));
        let version = it
            .version
            .map_or_else(String::new, |number| format!(", version {number}"));
        let detail = match &it.detail {
            Value::Null => String::new(),
            detail => format!(", {}", self.redacted(detail)),
        };
        format!(
            "activity in {place}: {:?} ({} {} {}){version}{detail}",
            it.message,
            it.action.as_str(),
            it.model.as_str(),
            self.redacted_text(&it.model_uid)
        )
    }

    pub(super) fn event(&self, it: &Event, standard: &Value, detailed: Option<Value>) -> String {
        let about = [
            it.workspace.map(|id| id.0),
            it.collection.map(|id| id.0),
            it.monitor.map(|id| id.0),
        ];
        let about = about
            .into_iter()
            .flatten()
            .fold(String::new(), |all, id| all + " " + &self.name(id));
        let told = self.bodies.values().any(|body| body == standard);
        let shown = match standard.get("collection") {
            Some(document) => {
                let id = self.redacted(&document["info"]["_postman_id"]);
                format!("the document of {id}: {}", outline(document))
            }
            None if told => format!("the activity {}", standard["message"]),
            None => self.redacted(standard).to_string(),
        };
        let detail = detailed.map(|mut detailed| {
            let fields = detailed.as_object_mut().unwrap();
            let detail = fields.shift_remove("postern").unwrap();
            assert_eq!(detailed, *standard, "a detailed body has one field more");
            format!(" postern {}", self.redacted(&detail))
        });
        let kind = it.custom_type.as_deref().unwrap_or(it.kind.as_str());
        format!("event {kind}{about}: {shown}{}", detail.unwrap_or_default())
    }
}

/// The nine documented fields.
pub(super) fn activity_body(it: &Activity) -> Value {
    json!({
        "action": it.action.as_str(),
        "collection_name": it.collection_name,
        "collection_uid": it.collection_uid,
        "message": it.message,
        "model": it.model.as_str(),
        "model_name": it.model_name,
        "model_uid": it.model_uid,
        "user_id": it.user.to_string(),
        "user_name": it.user_name,
    })
}

/// What an event is called in the lines of its deliveries.
pub(super) fn title(event: &Event, body: &Value) -> String {
    let kind = event.custom_type.as_deref().unwrap_or(event.kind.as_str());
    match event.kind {
        EventKind::CollectionActivity | EventKind::TeamActivity => {
            format!("{kind} {}", body["message"])
        }
        EventKind::CollectionBackup => format!("{kind} {}", outline(&body["collection"])),
        _ => kind.to_owned(),
    }
}

pub(super) fn state(state: &DeliveryState, updated_at: Timestamp) -> String {
    match state {
        DeliveryState::Scheduled { due_at } if *due_at == updated_at => "due at once".to_owned(),
        DeliveryState::Scheduled { .. } => "due at another time".to_owned(),
        DeliveryState::Held { reason } => format!("held ({})", reason.as_str()),
        DeliveryState::Cancelled { by } => format!("cancelled by {by}"),
        other => other.as_str().to_owned(),
    }
}

/// The options that are not as usual.
fn options(options: &IntegrationOptions) -> String {
    let usual = json!(IntegrationOptions::default());
    let mut told = String::new();
    for (key, value) in json!(options).as_object().unwrap() {
        if *value != usual[key] {
            told += &format!(", {key} {value}");
        }
    }
    told
}
