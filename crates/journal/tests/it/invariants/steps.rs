//! Verbs by number, on whatever is there.

use std::time::Duration;

use postern_journal::{JournalError, NewIntegration, NewReplay, NewSecret, Trouble};
use postern_model::{
    ApiKey, Collection, DeliveryId, Environment, EventKind, Integration, Monitor, Role, Selection,
    Workspace,
};
use postern_storage::{
    CollectionFilter, DeliveryFilter, EnvironmentFilter, IntegrationFilter, MonitorFilter,
};
use serde_json::{Value, json};

use super::ALL;
use crate::house::House;
use crate::wishes::{document, environment, monitor, request, webhook, workspace};

/// A verb, a number that chooses a thing, and one that chooses what becomes of it.
pub(super) type Step = (u8, usize, usize);

/// How many verbs there are.
pub(super) const VERBS: u8 = 33;

/// One of each kind, where there is one.
struct Chosen {
    workspaces: usize,
    workspace: Option<Workspace>,
    collection: Option<Collection>,
    environment: Option<Environment>,
    monitor: Option<Monitor>,
    integration: Option<Integration>,
    delivery: Option<DeliveryId>,
    key: Option<ApiKey>,
}

/// Does a verb on something that is there. What isn't there can't be done anything to; that is no fault.
pub(super) async fn does(house: &House, (verb, which, what): Step) -> Result<(), JournalError> {
    let it = choose(house, which).await;
    match verb {
        0..=2 => on_workspaces(house, verb, it, what).await,
        3..=9 => on_collections(house, verb, it, what).await,
        10..=15 => on_environments_and_monitors(house, verb, it, what).await,
        16..=23 => on_integrations(house, verb, it, what).await,
        24..=26 => on_deliveries(house, verb, it, what).await,
        29..=32 => on_many_deliveries(house, verb, it, what).await,
        _ => on_keys(house, verb, it, what).await,
    }
}

async fn choose(house: &House, which: usize) -> Chosen {
    let team = house.mia.team;
    let mut tx = house.read().await;
    let workspaces = tx.workspaces().list(team).await.unwrap();
    let filter = CollectionFilter::default();
    let collections = tx.collections().list(team, &filter).await.unwrap();
    let filter = EnvironmentFilter::default();
    let environments = tx.environments().list(team, &filter).await.unwrap();
    let filter = MonitorFilter::default();
    let monitors = tx.monitors().list(team, &filter).await.unwrap();
    let filter = IntegrationFilter::default();
    let integrations = tx.integrations().list(team, &filter).await.unwrap();
    let filter = DeliveryFilter::default();
    let deliveries = tx.deliveries().list(team, &filter, ALL).await;
    let keys = tx.api_keys().list(team).await.unwrap();
    Chosen {
        workspaces: workspaces.len(),
        workspace: one(&workspaces, which),
        collection: one(&collections, which),
        environment: one(&environments, which),
        monitor: one(&monitors, which),
        // The first two listen to the end.
        integration: one(&integrations[2..], which),
        delivery: one(&deliveries.unwrap().items, which).map(|it| it.delivery.id),
        key: one(&keys, which),
    }
}

/// The one of these that a number chooses.
fn one<T: Clone>(things: &[T], number: usize) -> Option<T> {
    let at = number.checked_rem(things.len())?;
    things.get(at).cloned()
}

fn name(what: usize) -> String {
    format!("Name {}", what % 3)
}

fn items(what: usize) -> Value {
    (0..what % 4)
        .map(|at| request(&format!("Request {at}"), &format!("https://x.test/{what}")))
        .collect()
}

async fn on_workspaces(
    house: &House,
    verb: u8,
    it: Chosen,
    what: usize,
) -> Result<(), JournalError> {
    let (journal, mia) = (&house.journal, &house.mia);
    let new = workspace(&name(what), "");
    match (verb, it.workspace) {
        (0, _) => drop(journal.create_workspace(mia, new).await?),
        (1, Some(old)) => drop(journal.update_workspace(mia, old.id, new).await?),
        (_, Some(old)) if it.workspaces > 1 => journal.delete_workspace(mia, old.id).await?,
        _ => {}
    }
    Ok(())
}

async fn on_collections(
    house: &House,
    verb: u8,
    it: Chosen,
    what: usize,
) -> Result<(), JournalError> {
    let (journal, mia) = (&house.journal, &house.mia);
    let new = document(&name(what), items(what));
    match (verb, it.workspace, it.collection) {
        (3 | 4, Some(place), _) => {
            journal.create_collection(mia, place.id, new).await?;
        }
        (5..=8, _, Some(old)) => {
            journal.replace_collection(mia, old.id, new, None).await?;
        }
        (9, _, Some(old)) => journal.delete_collection(mia, old.id).await?,
        _ => {}
    }
    Ok(())
}

async fn on_environments_and_monitors(
    house: &House,
    verb: u8,
    it: Chosen,
    what: usize,
) -> Result<(), JournalError> {
    let (journal, mia) = (&house.journal, &house.mia);
    let variables = environment(&name(what), json!([{"key": "k", "value": what}]));
    match (
        verb,
        it.workspace,
        it.collection,
        it.environment,
        it.monitor,
    ) {
        (10, Some(place), ..) => {
            journal.create_environment(mia, place.id, variables).await?;
        }
        (11, _, _, Some(old), _) => {
            journal.replace_environment(mia, old.id, variables).await?;
        }
        (12, _, _, Some(old), _) => journal.delete_environment(mia, old.id).await?,
        (13, Some(place), Some(runs), with, _) => {
            let mut new = monitor(&name(what), place.id, runs.id);
            new.environment = with.map(|it| it.id);
            journal.create_monitor(mia, new).await?;
        }
        (14, _, Some(runs), _, Some(old)) => {
            let mut new = monitor(&name(what), old.workspace, runs.id);
            new.active = what.is_multiple_of(2);
            journal.replace_monitor(mia, old.id, new).await?;
        }
        (15, _, _, _, Some(old)) => {
            journal.request_run(mia, old.id).await?;
            if what.is_multiple_of(2) {
                journal.delete_monitor(mia, old.id).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

async fn on_integrations(
    house: &House,
    verb: u8,
    it: Chosen,
    what: usize,
) -> Result<(), JournalError> {
    let (journal, mia) = (&house.journal, &house.mia);
    match (verb, &it.integration) {
        (16 | 17, _) => {
            journal.create_integration(mia, listener(&it, what)).await?;
        }
        (18, Some(old)) => {
            let mut new = webhook(&name(what), old.event);
            new.config.url = format!("https://example.com/{}", what % 2);
            journal.replace_integration(mia, old.id, new).await?;
        }
        (19, Some(old)) => drop(journal.pause_integration(mia, old.id).await?),
        (20, Some(old)) => drop(journal.resume_integration(mia, old.id, None).await?),
        (21, Some(old)) => drop(
            journal
                .rotate_secret(mia, old.id, NewSecret::default())
                .await?,
        ),
        (22, Some(old)) if old.status.is_active() => {
            journal.test_integration(mia, old.id).await?;
        }
        (23, Some(old)) => journal.delete_integration(mia, old.id).await?,
        _ => {}
    }
    Ok(())
}

/// An integration of any event, of the whole team, of a workspace or of a collection.
fn listener(it: &Chosen, what: usize) -> NewIntegration {
    let mut new = webhook(&name(what), EventKind::ALL[what % 5]);
    match what % 3 {
        _ if new.event == EventKind::Custom => {}
        0 => new.collection = it.collection.as_ref().map(|it| it.id),
        1 => new.workspace = it.workspace.as_ref().map(|it| it.id),
        _ => {}
    }
    new
}

async fn on_deliveries(
    house: &House,
    verb: u8,
    it: Chosen,
    what: usize,
) -> Result<(), JournalError> {
    let (journal, mia) = (&house.journal, &house.mia);
    let result = match (verb, it.delivery) {
        (24, _) => journal.publish(mia, "a.type", json!(what)).await.map(drop),
        (25, Some(id)) => journal.redeliver(mia, id).await,
        (_, Some(id)) => journal.cancel_delivery(mia, id).await,
        _ => Ok(()),
    };
    match result {
        // It has ended, or its integration is gone.
        Err(JournalError::Conflict { .. }) => Ok(()),
        other => other,
    }
}

/// What people do to many deliveries at once.
async fn on_many_deliveries(
    house: &House,
    verb: u8,
    it: Chosen,
    what: usize,
) -> Result<(), JournalError> {
    let (journal, mia) = (&house.journal, &house.mia);
    let Some(old) = it.integration else {
        return Ok(());
    };
    let mut tx = house.read().await;
    let now = tx.now().await.unwrap();
    drop(tx);
    match verb {
        29 => drop(journal.resume_integration(mia, old.id, Some(now)).await?),
        30 => drop(journal.discard_held(mia, old.id, None).await?),
        31 => {
            let tx = house.store.begin().await.unwrap();
            let trouble = match what % 2 {
                0 => Trouble::Disabled {
                    reason: "its receiver is gone".to_owned(),
                },
                _ => Trouble::Failing {
                    since: now,
                    lasts: Duration::from_hours(1),
                    attempts: 3,
                    last: "the receiver answered 500".to_owned(),
                },
            };
            if old.status.is_active() {
                journal
                    .integrations_in_trouble(tx, &[(old, trouble)])
                    .await?;
            }
        }
        _ => {
            let all = NewReplay {
                selection: Selection::default(),
                rate: 1_000,
            };
            let replay = journal.create_replay(mia, all).await?;
            while journal.step_replay(mia.team, replay.id, 2).await?.is_some() {}
        }
    }
    Ok(())
}

async fn on_keys(house: &House, verb: u8, it: Chosen, what: usize) -> Result<(), JournalError> {
    let (journal, mia) = (&house.journal, &house.mia);
    match (verb, it.key) {
        (27, _) => drop(
            journal
                .create_api_key(mia, postern_journal::NewKey::new(name(what), Role::Viewer))
                .await?,
        ),
        (_, Some(old)) => journal.delete_api_key(mia, old.id).await?,
        _ => {}
    }
    Ok(())
}
