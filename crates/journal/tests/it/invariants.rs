//! What holds after any verbs in any order.

use std::collections::{BTreeMap, BTreeSet};

use postern_journal::{JournalError, NewWorkspace};
use postern_model::{EventKind, Role, WorkspaceKind};
use postern_storage::{
    ActivityFilter, CollectionFilter, DeliveryFilter, EnvironmentFilter, IntegrationFilter,
    MonitorFilter, PageRequest,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::house::{House, document, environment, houses, monitor, request, webhook};

const ALL: PageRequest = PageRequest {
    after: None,
    limit: 100_000,
};

/// What the stranger's five integrations heard of each other's making: those for all that happens are the fourth and fifth.
const STRANGERS_DELIVERIES: usize = 2;

/// A verb, a number that chooses a thing, and one that chooses what becomes of it.
type Step = (u8, usize, usize);

/// The one of these that a number chooses.
fn chosen<T: Clone>(things: &[T], number: usize) -> Option<T> {
    let at = number.checked_rem(things.len())?;
    things.get(at).cloned()
}

fn items(number: usize) -> Value {
    (0..number % 4)
        .map(|at| {
            request(
                &format!("Request {at}"),
                &format!("https://x.test/{number}"),
            )
        })
        .collect()
}

/// Does a verb on something that is there. What isn't there can't be done anything to; that is no fault.
async fn does(house: &House, (verb, which, what): Step) -> Result<(), JournalError> {
    let (journal, mia) = (&house.journal, &house.mia);
    let mut tx = house.read().await;
    let workspaces = tx.workspaces().list(mia.team).await.unwrap();
    let filter = CollectionFilter::default();
    let collections = tx.collections().list(mia.team, &filter).await.unwrap();
    let filter = EnvironmentFilter::default();
    let environments = tx.environments().list(mia.team, &filter).await.unwrap();
    let filter = MonitorFilter::default();
    let monitors = tx.monitors().list(mia.team, &filter).await.unwrap();
    let filter = IntegrationFilter::default();
    let all = tx.integrations().list(mia.team, &filter).await.unwrap();
    // The first two listen to the end.
    let integrations: Vec<_> = all.into_iter().skip(2).collect();
    let filter = DeliveryFilter::default();
    let deliveries = tx.deliveries().list(mia.team, &filter, ALL).await;
    let deliveries = deliveries.unwrap().items;
    let keys = tx.api_keys().list(mia.team).await.unwrap();
    drop(tx);

    let workspace = chosen(&workspaces, which).map(|it| it.id);
    let collection = chosen(&collections, which);
    let environment_there = chosen(&environments, which);
    let monitor_there = chosen(&monitors, which);
    let integration = chosen(&integrations, which);
    let delivery = chosen(&deliveries, which).map(|it| it.delivery.id);
    let name = format!("Name {}", what % 3);
    let space = || NewWorkspace {
        name: name.clone(),
        kind: WorkspaceKind::Team,
        description: String::new(),
    };
    match (verb, workspace, collection, integration, delivery) {
        (0, ..) => drop(journal.create_workspace(mia, space()).await?),
        (1, Some(id), ..) => drop(journal.update_workspace(mia, id, space()).await?),
        (2, Some(id), ..) if workspaces.len() > 1 => journal.delete_workspace(mia, id).await?,
        (3 | 4, Some(id), ..) => {
            let new = document(&name, items(what));
            drop(journal.create_collection(mia, id, new).await?);
        }
        (5..=8, _, Some(it), ..) => {
            let new = document(&name, items(what));
            drop(journal.replace_collection(mia, it.id, new).await?);
        }
        (9, _, Some(it), ..) => journal.delete_collection(mia, it.id).await?,
        (10, Some(id), ..) => {
            let new = environment(&name, json!([]));
            drop(journal.create_environment(mia, id, new).await?);
        }
        (11, ..) => {
            if let Some(it) = environment_there {
                let new = environment(&name, json!([{"key": "k", "value": what}]));
                drop(journal.replace_environment(mia, it.id, new).await?);
            }
        }
        (12, ..) => {
            if let Some(it) = environment_there {
                journal.delete_environment(mia, it.id).await?;
            }
        }
        (13, Some(place), Some(it), ..) => {
            let mut new = monitor(&name, place, it.id);
            new.environment = environment_there.map(|it| it.id);
            drop(journal.create_monitor(mia, new).await?);
        }
        (14, _, Some(it), ..) => {
            if let Some(old) = monitor_there {
                let mut new = monitor(&name, old.workspace, it.id);
                new.active = what % 2 == 0;
                drop(journal.replace_monitor(mia, old.id, new).await?);
            }
        }
        (15, ..) => {
            if let Some(it) = monitor_there {
                drop(journal.request_run(mia, it.id).await?);
                if what % 2 == 0 {
                    journal.delete_monitor(mia, it.id).await?;
                }
            }
        }
        (16 | 17, place, collection, ..) => {
            let mut new = webhook(&name, EventKind::ALL[what % 5]);
            if new.event != EventKind::Custom && what % 3 == 0 {
                new.collection = collection.map(|it| it.id);
            } else if new.event != EventKind::Custom && what % 3 == 1 {
                new.workspace = place;
            }
            drop(journal.create_integration(mia, new).await?);
        }
        (18, _, _, Some(it), _) => {
            let mut new = webhook(&name, it.event);
            new.config.url = format!("https://example.com/{}", what % 2);
            drop(journal.replace_integration(mia, it.id, new).await?);
        }
        (19, _, _, Some(it), _) => drop(journal.pause_integration(mia, it.id).await?),
        (20, _, _, Some(it), _) => drop(journal.resume_integration(mia, it.id).await?),
        (21, _, _, Some(it), _) => drop(journal.rotate_secret(mia, it.id).await?),
        (22, _, _, Some(it), _) if it.status.is_active() => {
            journal.test_integration(mia, it.id).await?;
        }
        (23, _, _, Some(it), _) => journal.delete_integration(mia, it.id).await?,
        (24, ..) => drop(journal.publish(mia, "a.type", json!(what)).await?),
        (25, .., Some(id)) => match journal.redeliver(mia, id).await {
            Err(JournalError::Conflict { .. }) => {}
            other => other?,
        },
        (26, .., Some(id)) => match journal.cancel_delivery(mia, id).await {
            Err(JournalError::Conflict { .. }) => {}
            other => other?,
        },
        (27, ..) => drop(
            journal
                .create_api_key(mia, name.as_str(), Role::Viewer)
                .await?,
        ),
        (28, ..) => {
            if let Some(key) = chosen(&keys, which) {
                journal.delete_api_key(mia, key.id).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// Ids that have been seen: what comes later is greater.
#[derive(Default)]
struct Seen {
    activities: BTreeSet<Uuid>,
    events: BTreeSet<Uuid>,
    deliveries: BTreeSet<Uuid>,
    /// Each delivery's integration: they go and are still known.
    subscribers: BTreeSet<Uuid>,
    feed_since: usize,
}

fn grows(seen: &mut BTreeSet<Uuid>, now: BTreeSet<Uuid>, step: &str) {
    assert!(seen.is_subset(&now), "something was taken away by {step}");
    if let (Some(last), Some(next)) = (seen.last(), now.difference(seen).next()) {
        assert!(next > last, "an id did not grow in {step}");
    }
    *seen = now;
}

async fn holds(house: &House, seen: &mut Seen, step: &str) {
    let team = house.mia.team;
    let mut tx = house.read().await;
    let filter = ActivityFilter::default();
    let activities = tx.activities().list(team, &filter, ALL).await.unwrap();
    let events = tx.events().list(team, None, ALL).await.unwrap().items;
    let filter = DeliveryFilter::default();
    let deliveries = tx.deliveries().list(team, &filter, ALL).await.unwrap();
    let filter = IntegrationFilter::default();
    let integrations = tx.integrations().list(team, &filter).await.unwrap();
    let ids = activities.items.iter().map(|it| it.id.0).collect();
    grows(&mut seen.activities, ids, step);
    grows(
        &mut seen.events,
        events.iter().map(|it| it.id.0).collect(),
        step,
    );
    let ids = deliveries.items.iter().map(|it| it.delivery.id.0);
    grows(&mut seen.deliveries, ids.collect(), step);

    // Each activity has its event for the team, and one for its collection where it has one.
    let kind = |kind| events.iter().filter(|it| it.kind == kind).count();
    let activities = activities.items.iter().rev().skip(seen.feed_since);
    let activities: Vec<_> = activities.collect();
    let in_collections = activities.iter().filter(|it| it.collection.is_some());
    assert_eq!(kind(EventKind::TeamActivity), activities.len(), "{step}");
    assert_eq!(
        kind(EventKind::CollectionActivity),
        in_collections.count(),
        "{step}"
    );

    // Each delivery belongs to an integration of this team that there is or was, and waits as that integration stands.
    let known: BTreeMap<Uuid, _> = integrations.iter().map(|it| (it.id.0, it)).collect();
    seen.subscribers.extend(known.keys());
    let event_ids: BTreeSet<Uuid> = events.iter().map(|it| it.id.0).collect();
    let mut keys = BTreeSet::new();
    for record in &deliveries.items {
        let it = &record.delivery;
        assert!(
            seen.subscribers.contains(&it.integration.0),
            "{step}: {it:?}"
        );
        assert!(event_ids.contains(&it.event.0), "{step}: {it:?}");
        if it.state.is_final() {
            continue;
        }
        let integration = known.get(&it.integration.0);
        let integration = integration.unwrap_or_else(|| panic!("{step}: {it:?} waits for nobody"));
        let scheduled = it.state.as_str() == "scheduled";
        assert_eq!(scheduled, integration.status.is_active(), "{step}: {it:?}");
        if let Some(key) = &it.coalesce_key {
            assert!(
                keys.insert((it.integration.0, key)),
                "{step}: two wait as the newest"
            );
        }
    }

    // Versions have no gaps, and the last is the collection's.
    let filter = CollectionFilter::default();
    for collection in tx.collections().list(team, &filter).await.unwrap() {
        let versions = tx.versions().list(team, collection.id, ALL).await.unwrap();
        let numbers: Vec<i64> = versions.items.iter().rev().map(|it| it.number).collect();
        assert_eq!(
            numbers,
            (1..=collection.version).collect::<Vec<_>>(),
            "{step}"
        );
        assert_eq!(versions.items[0].hash, collection.hash, "{step}");
    }

    // Nobody else hears of anything.
    let filter = DeliveryFilter::default();
    let others = tx
        .deliveries()
        .list(house.stranger.team, &filter, ALL)
        .await;
    assert_eq!(others.unwrap().items.len(), STRANGERS_DELIVERIES, "{step}");
}

async fn plays(house: &House, steps: &[Step]) {
    let mut seen = Seen::default();
    let mut tx = house.read().await;
    let filter = ActivityFilter::default();
    let before = tx.activities().list(house.mia.team, &filter, ALL).await;
    seen.feed_since = before.unwrap().items.len();
    drop(tx);
    house.subscribes("Log", EventKind::TeamActivity).await;
    house
        .subscribes("Feed", EventKind::CollectionActivity)
        .await;
    for step in steps {
        let told = format!("{step:?} of {steps:?}");
        if let Err(error) = does(house, *step).await {
            panic!("{told}: failed to {error}");
        }
        holds(house, &mut seen, &told).await;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_verbs_in_any_order_leave_a_feed_that_adds_up(
        steps in prop::collection::vec((0_u8..29, 0_usize..50, 0_usize..60), 1..30),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            for house in houses().await {
                plays(&house, &steps).await;
            }
        });
    }
}
