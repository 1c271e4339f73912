//! All that is written of a team, as lines that people can read. Ids and times have names, so that the lines are the same each
//! time and on each engine; an id that nothing in the house has shows as `[unknown]`.

mod lines;
mod names;
mod outline;

use std::collections::HashMap;

use postern_model::{PayloadForm, TeamId};
use postern_storage::{
    ActivityFilter, CollectionFilter, DeliveryFilter, EnvironmentFilter, IntegrationFilter,
    MonitorFilter, PageRequest, RunFilter, Store, Tx,
};
use serde_json::Value;

use crate::house::body;
use uuid::Uuid;

use lines::{activity_body, state, title};
use outline::outline;

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
                let document = tx.blobs().get(version.hash).await.unwrap().unwrap();
                let document: Value = serde_json::from_slice(&document).unwrap();
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
            let standard = body(tx, team, it.id, PayloadForm::Standard).await;
            let detailed = if it.detailed {
                Some(body(tx, team, it.id, PayloadForm::Detailed).await)
            } else {
                None
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
}
