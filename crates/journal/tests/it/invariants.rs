//! What holds after any verbs in any order.

mod steps;

use std::collections::{BTreeMap, BTreeSet};

use postern_model::EventKind;
use postern_storage::{
    ActivityFilter, CollectionFilter, DeliveryFilter, IntegrationFilter, PageRequest,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::house::{House, houses};
use steps::{Step, VERBS, does};

const ALL: PageRequest = PageRequest {
    after: None,
    limit: 100_000,
};

/// What the stranger's seven integrations heard of each other's making: the one for all that happens is the fourth.
const STRANGERS_DELIVERIES: usize = 4;

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
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn any_verbs_in_any_order_leave_a_feed_that_adds_up(
        steps in prop::collection::vec((0..VERBS, 0_usize..50, 0_usize..60), 1..30),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            for house in houses().await {
                plays(&house, &steps).await;
            }
        });
    }
}
