//! All that is written of a team, as lines that people can read. Ids and times have names, so that the lines are the same each
//! time and on each engine; an id that nothing in the house has shows as `[unknown]`.

use std::collections::HashMap;

use postern_model::{
    Activity, DeliveryState, Event, EventKind, Integration, IntegrationOptions, Monitor, Run,
    TeamId, Timestamp,
};
use postern_storage::{
    ActivityFilter, CollectionFilter, DeliveryFilter, EnvironmentFilter, IntegrationFilter,
    MonitorFilter, PageRequest, RunFilter, Store, Tx,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Everything, in one page.
const ALL: PageRequest = PageRequest {
    after: None,
    limit: 100_000,
};

/// Reads, and remembers what each id was called when it was first met.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    names: HashMap<Uuid, String>,
    /// What each activity's event says word by word.
    bodies: HashMap<Uuid, Value>,
}

impl Ledger {
    /// Everything of a team: what there is, and then what was told, in the order of writing.
    pub(crate) async fn read(&mut self, store: &Store, team: TeamId) -> Vec<String> {
        let mut tx = store.read().await.unwrap();
        let mut lines = self.places(&mut tx, team).await;
        lines.extend(self.works(&mut tx, team).await);
        lines.extend(self.subscribers(&mut tx, team).await);
        lines.extend(self.told(&mut tx, team).await);
        lines
    }

    async fn places(&mut self, tx: &mut Tx, team: TeamId) -> Vec<String> {
        let mut lines = Vec::new();
        for it in tx.workspaces().list(team).await.unwrap() {
            self.meet(it.id.0, "workspace", &it.name);
            let (name, kind, what) = (&it.name, it.kind.as_str(), &it.description);
            lines.push(format!("workspace {name:?}: {kind} {what:?}"));
        }
        for it in tx.api_keys().list(team).await.unwrap() {
            self.meet(it.id.0, "key", &it.name);
            lines.push(format!(
                "API key {:?} of {}: {}",
                it.name,
                it.user,
                it.role.as_str()
            ));
        }
        let filter = EnvironmentFilter::default();
        for it in tx.environments().list(team, &filter).await.unwrap() {
            self.meet(it.id.0, "environment", &it.name);
            let values = it.document["values"].as_array().into_iter().flatten();
            let values: Vec<String> = values
                .map(|entry| format!("{}={}", entry["key"], entry["value"]))
                .collect();
            let (place, values) = (self.name(it.workspace.0), values.join(" "));
            lines.push(format!("environment {:?} in {place}: {values}", it.name));
        }
        lines
    }

    async fn works(&mut self, tx: &mut Tx, team: TeamId) -> Vec<String> {
        let mut lines = Vec::new();
        let filter = CollectionFilter::default();
        for it in tx.collections().list(team, &filter).await.unwrap() {
            self.meet(it.id.0, "collection", &it.name);
            lines.push(format!(
                "collection {:?} in {} of {}: version {}",
                it.name,
                self.name(it.workspace.0),
                it.owner,
                it.version
            ));
            let mut versions = tx.versions().list(team, it.id, ALL).await.unwrap().items;
            versions.reverse();
            for version in versions {
                let document = body(tx, version.hash).await;
                self.meet_items(&document);
                let current = if version.hash == it.hash {
                    " (current)"
                } else {
                    ""
                };
                lines.push(format!(
                    "version {} of {} by {}{current}: {}",
                    version.number,
                    self.name(it.id.0),
                    version.created_by,
                    outline(&document)
                ));
            }
        }
        let filter = MonitorFilter::default();
        for it in tx.monitors().list(team, &filter).await.unwrap() {
            self.meet(it.id.0, "monitor", &it.name);
            lines.push(self.monitor(&it));
        }
        let runs = tx.runs().list(team, &RunFilter::default(), ALL).await;
        for it in runs.unwrap().items.iter().rev() {
            let name = self.name(it.monitor.0);
            self.meet(it.id.0, "run of", name.trim_matches(['[', ']']));
            lines.push(self.run(it));
        }
        lines
    }

    async fn subscribers(&mut self, tx: &mut Tx, team: TeamId) -> Vec<String> {
        let mut lines = Vec::new();
        let filter = IntegrationFilter::default();
        for it in tx.integrations().list(team, &filter).await.unwrap() {
            self.meet(it.id.0, "integration", &it.name);
            lines.push(self.integration(&it));
        }
        lines
    }

    async fn told(&mut self, tx: &mut Tx, team: TeamId) -> Vec<String> {
        let mut lines = Vec::new();
        let filter = ActivityFilter::default();
        let activities = tx.activities().list(team, &filter, ALL).await.unwrap();
        for it in activities.items.iter().rev() {
            self.meet(it.id.0, "activity", &it.message);
            self.bodies.insert(it.id.0, activity_body(it));
            lines.push(self.activity(it));
        }
        let mut titles = HashMap::new();
        let events = tx.events().list(team, None, ALL).await.unwrap();
        for it in events.items.iter().rev() {
            let standard = body(tx, it.body).await;
            let detailed = match it.detailed_body {
                Some(hash) => Some(body(tx, hash).await),
                None => None,
            };
            titles.insert(it.id, title(it, &standard));
            lines.push(self.event(it, &standard, detailed));
        }
        let filter = DeliveryFilter::default();
        let deliveries = tx.deliveries().list(team, &filter, ALL).await.unwrap();
        for record in deliveries.items.iter().rev() {
            let it = &record.delivery;
            let key = it.coalesce_key.as_ref().map(|key| self.redacted_text(key));
            let key = key.map_or_else(String::new, |key| format!(", newest of {key}"));
            lines.push(format!(
                "delivery to {} of {}: {}{key}",
                self.name(it.integration.0),
                titles[&it.event],
                state(&it.state, it.updated_at)
            ));
        }
        lines
    }

    fn monitor(&self, it: &Monitor) -> String {
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

    fn run(&self, it: &Run) -> String {
        let by = it.requested_by.map(|user| format!(" by {user}"));
        format!(
            "run of {}: {}, {}{}",
            self.name(it.monitor.0),
            it.status.as_str(),
            it.trigger.as_str(),
            by.unwrap_or_default()
        )
    }

    fn integration(&self, it: &Integration) -> String {
        let scope = [
            it.workspace.map(|id| id.0),
            it.collection.map(|id| id.0),
            it.monitor.map(|id| id.0),
        ];
        let scope: String = scope
            .into_iter()
            .flatten()
            .map(|id| format!(" only {}", self.name(id)))
            .collect();
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

    fn activity(&self, it: &Activity) -> String {
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

    fn event(&self, it: &Event, standard: &Value, detailed: Option<Value>) -> String {
        let about = [
            it.workspace.map(|id| id.0),
            it.collection.map(|id| id.0),
            it.monitor.map(|id| id.0),
        ];
        let about: String = about
            .into_iter()
            .flatten()
            .map(|id| format!(" {}", self.name(id)))
            .collect();
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

    fn meet(&mut self, id: Uuid, kind: &str, name: &str) {
        let name = || format!("[{kind} {name}]");
        self.names.entry(id).or_insert_with(name);
    }

    /// Folders, requests and examples have ids too.
    fn meet_items(&mut self, node: &Value) {
        for child in children(node) {
            let id = child["id"].as_str().unwrap();
            self.meet(Uuid::try_parse(id).unwrap(), "item", &name_of(child));
            self.meet_items(child);
        }
    }

    fn name(&self, id: Uuid) -> String {
        let name = self.names.get(&id);
        name.cloned().unwrap_or_else(|| "[unknown]".to_owned())
    }

    fn redacted(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.redacted_text(text)),
            Value::Array(values) => values.iter().map(|it| self.redacted(it)).collect(),
            Value::Object(fields) => {
                let fields = fields
                    .iter()
                    .map(|(key, it)| (key.clone(), self.redacted(it)));
                Value::Object(fields.collect::<Map<_, _>>())
            }
            other => other.clone(),
        }
    }

    fn redacted_text(&self, text: &str) -> String {
        if let Ok(id) = Uuid::try_parse(text) {
            return self.name(id);
        }
        if let Some((owner, id)) = text.split_once('-')
            && let (Ok(owner), Ok(id)) = (owner.parse::<u64>(), Uuid::try_parse(id))
        {
            return format!("{owner}-{}", self.name(id));
        }
        if text.len() == 24 && text.ends_with('Z') && text.as_bytes()[10] == b'T' {
            return "[time]".to_owned();
        }
        if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return "[hash]".to_owned();
        }
        text.to_owned()
    }
}

/// The nine documented fields.
fn activity_body(it: &Activity) -> Value {
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

async fn body(tx: &mut Tx, hash: postern_model::ContentHash) -> Value {
    let bytes = tx.blobs().get(hash).await.unwrap().unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// What an event is called in the lines of its deliveries.
fn title(event: &Event, body: &Value) -> String {
    let kind = event.custom_type.as_deref().unwrap_or(event.kind.as_str());
    match event.kind {
        EventKind::CollectionActivity | EventKind::TeamActivity => {
            format!("{kind} {}", body["message"])
        }
        EventKind::CollectionBackup => format!("{kind} {}", outline(&body["collection"])),
        _ => kind.to_owned(),
    }
}

fn state(state: &DeliveryState, updated_at: Timestamp) -> String {
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

/// A document in a line: its name, and the names of what is in it.
fn outline(document: &Value) -> String {
    let name = document["info"]["name"].as_str().unwrap();
    format!("{name}({})", items(document))
}

fn items(node: &Value) -> String {
    let items: Vec<String> = children(node)
        .map(|child| match items(child).as_str() {
            "" => name_of(child),
            inner => format!("{}({inner})", name_of(child)),
        })
        .collect();
    items.join(", ")
}

fn children(node: &Value) -> impl Iterator<Item = &Value> {
    ["item", "response"]
        .into_iter()
        .filter_map(|key| node[key].as_array())
        .flatten()
}

fn name_of(node: &Value) -> String {
    node["name"].as_str().unwrap_or_default().to_owned()
}
