//! A house with one team that acts and one that must never hear of it, and the story of what each verb left behind.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use postern_collection::Document;
use postern_journal::{Actor, Bells, Journal, NewIntegration};
use postern_model::testing::SeededRandom;
use postern_model::{
    Clock as _, Collection, CollectionId, EventId, EventKind, Integration, PayloadForm, Role, Team,
    TeamId, User, UserId, WorkspaceId,
};
use postern_storage::Tx;
use postern_storage::testing::{TestStore, engines};
use serde_json::Value;

use crate::ledger::Ledger;
use crate::wishes::{document, webhook, workspace};

/// Every table that a verb may write to.
const TABLES: [&str; 14] = [
    "workspaces",
    "collections",
    "versions",
    "environments",
    "monitors",
    "runs",
    "api_keys",
    "integrations",
    "activities",
    "events",
    "deliveries",
    "deliveries_done",
    "attempts",
    "blobs",
];

/// A database, its journal, and the people who change things.
pub(crate) struct House {
    pub(crate) store: TestStore,
    pub(crate) bells: Bells,
    pub(crate) journal: Journal,
    pub(crate) mia: Actor,
    pub(crate) stranger: Actor,
    pub(crate) main: WorkspaceId,
    pub(crate) elsewhere: WorkspaceId,
    ledger: Ledger,
    known: Vec<String>,
    others: Vec<String>,
    story: String,
}

/// One house on each engine.
pub(crate) async fn houses() -> Vec<House> {
    let mut houses = Vec::new();
    for store in engines().await {
        houses.push(House::over(store).await);
    }
    houses
}

/// Tells the same story on each engine. They must not differ by a word; the words are given back.
pub(crate) async fn told_alike(story: impl AsyncFn(&mut House)) -> String {
    let mut told: Vec<String> = Vec::new();
    for mut house in houses().await {
        story(&mut house).await;
        if let Some(first) = told.first() {
            assert_eq!(&house.story, first, "the engines tell different stories");
        }
        told.push(house.story);
    }
    told.remove(0)
}

impl House {
    /// A house on SQLite, for what no engine can change.
    pub(crate) async fn sqlite() -> Self {
        Self::over(TestStore::sqlite().await).await
    }

    async fn over(store: TestStore) -> Self {
        let random = Arc::new(SeededRandom::default());
        let bells = Bells::default();
        let journal = Journal::new(store.store(), bells.clone(), random.clone());
        let now = store.clock.now();
        let mut actors = Vec::new();
        let mut tx = store.begin().await.unwrap();
        for (number, name) in [(4711, "Mia"), (815, "Stan")] {
            let team = Team {
                id: TeamId::new(now, random.as_ref()),
                name: format!("{name}'s team"),
                domain: name.to_lowercase(),
                created_at: now,
            };
            let user = User {
                id: UserId(number),
                username: name.to_lowercase(),
                email: format!("{name}@example.com"),
                full_name: name.to_owned(),
                created_at: now,
            };
            tx.teams().insert(&team).await.unwrap();
            tx.users().insert(&user).await.unwrap();
            let (team, user) = (team.id, user.id);
            tx.memberships()
                .put(team, user, Role::Admin, now)
                .await
                .unwrap();
            let name = name.to_owned();
            actors.push(Actor {
                team,
                user,
                name,
                origin: postern_journal::Origin::default(),
            });
        }
        tx.commit().await.unwrap();
        let [mia, stranger]: [Actor; 2] = actors.try_into().unwrap();
        let mut places = Vec::new();
        for name in ["Main", "Elsewhere"] {
            let made = journal.create_workspace(&mia, workspace(name, "")).await;
            places.push(made.unwrap().id);
        }
        // The stranger asks for everything, and must be told nothing.
        for event in EventKind::ALL {
            if event != EventKind::Test {
                let all = webhook(&format!("All {}", event.as_str()), event);
                journal.create_integration(&stranger, all).await.unwrap();
            }
        }
        let mut house = Self {
            store,
            bells,
            journal,
            mia,
            stranger,
            main: places[0],
            elsewhere: places[1],
            ledger: Ledger::default(),
            known: Vec::new(),
            others: Vec::new(),
            story: String::new(),
        };
        house.others = house.ledger.read(&house.store, house.stranger.team).await;
        house.settle().await;
        house
    }

    /// Takes what is there as known: the story goes on from here.
    pub(crate) async fn settle(&mut self) {
        self.known = self.ledger().await;
        self.store.clock.advance(Duration::from_secs(1));
    }

    /// Writes into the story what has come (`+`) and gone (`-`) since the last look.
    pub(crate) async fn tells(&mut self, title: &str) {
        let effects = self.effects().await;
        let effects = if effects.is_empty() {
            "nothing\n"
        } else {
            &effects
        };
        writeln!(self.story, "## {title}\n\n{effects}").unwrap();
    }

    /// What has come and gone since the last look.
    pub(crate) async fn effects(&mut self) -> String {
        let before = std::mem::take(&mut self.known);
        self.settle().await;
        let mut left = before.clone();
        let mut come = String::new();
        for line in &self.known {
            match left.iter().position(|old| old == line) {
                Some(at) => drop(left.remove(at)),
                None => writeln!(come, "+ {line}").unwrap(),
            }
        }
        left.iter()
            .fold(String::new(), |gone, line| gone + "- " + line + "\n")
            + &come
    }

    /// All that is written of the team. The other team's is what it was.
    async fn ledger(&mut self) -> Vec<String> {
        let others = self.ledger.read(&self.store, self.stranger.team).await;
        assert_eq!(others, self.others, "another team heard of it");
        self.ledger.read(&self.store, self.mia.team).await
    }

    /// How many rows each table has.
    pub(crate) async fn rows(&self) -> Vec<(&'static str, i64)> {
        let mut rows = Vec::new();
        for table in TABLES {
            rows.push((table, self.store.count(table).await));
        }
        rows
    }

    pub(crate) async fn read(&self) -> Tx {
        self.store.read().await.unwrap()
    }

    /// An integration of the whole team for such events.
    pub(crate) async fn subscribes(&self, name: &str, event: EventKind) -> Integration {
        self.subscribes_as(webhook(name, event)).await
    }

    pub(crate) async fn subscribes_as(&self, new: NewIntegration) -> Integration {
        let made = self.journal.create_integration(&self.mia, new).await;
        made.unwrap()
    }

    pub(crate) async fn collection(&self, name: &str, items: Value) -> Collection {
        self.collection_in(self.main, name, items).await
    }

    pub(crate) async fn collection_in(
        &self,
        workspace: WorkspaceId,
        name: &str,
        items: Value,
    ) -> Collection {
        let document = document(name, items);
        let made = self
            .journal
            .create_collection(&self.mia, workspace, document);
        made.await.unwrap()
    }

    pub(crate) async fn replaces(&self, id: CollectionId, name: &str, items: Value) -> Collection {
        let document = document(name, items);
        let made = self
            .journal
            .replace_collection(&self.mia, id, document, None);
        made.await.unwrap()
    }

    /// How many deliveries wait for each of these integrations.
    pub(crate) async fn waiting(&self, integrations: &[Integration]) -> Vec<u64> {
        let mut tx = self.read().await;
        let mut counts = Vec::new();
        for it in integrations {
            let waiting = tx.deliveries().count_waiting(it.team, it.id).await;
            let (scheduled, held) = waiting.unwrap();
            counts.push(scheduled + held);
        }
        counts
    }

    /// A collection's current document.
    pub(crate) async fn document(&self, id: CollectionId) -> Document {
        let mut tx = self.read().await;
        let bytes = tx.collections().current_document(self.mia.team, id).await;
        Document::parse(&bytes.unwrap().unwrap()).unwrap()
    }
}

/// The body of the newest event of a kind.
pub(crate) async fn newest_body(house: &House, kind: EventKind) -> Value {
    let mut tx = house.read().await;
    let page = postern_storage::PageRequest::first(1);
    let events = tx.events().list(house.mia.team, Some(kind), page).await;
    let id = events.unwrap().items[0].id;
    body(&mut tx, house.mia.team, id, PayloadForm::Standard).await
}

/// What an event says.
pub(crate) async fn body(tx: &mut Tx, team: TeamId, event: EventId, form: PayloadForm) -> Value {
    let bytes = tx.events().body(team, event, form).await.unwrap();
    serde_json::from_slice(&bytes.unwrap()).unwrap()
}
