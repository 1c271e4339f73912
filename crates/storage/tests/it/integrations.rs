//! Integrations: what they hold, and which of them an event concerns.

use postern_model::{CollectionId, EventKind, IntegrationStatus, MonitorId, Timestamp};
use postern_storage::{IntegrationFilter, SendState, Subject};

use crate::on_both_engines;
use crate::world::{NOW, World};

on_both_engines! {
    async fn an_integration_lives_and_dies(store) {
        let world = World::settle(store, 1).await;
        let mut integration = world.has_integration(store, "Backup to Box").await;
        let mut tx = store.begin().await.unwrap();
        let (team, id) = (world.team, integration.id);
        assert_eq!(tx.integrations().get(team, id).await.unwrap().as_ref(), Some(&integration));

        "Backup to S3".clone_into(&mut integration.name);
        "https://example.com/other".clone_into(&mut integration.config.url);
        integration.secrets.insert(0, integration.secrets[0].clone());
        integration.secrets[1].not_after = Some(NOW);
        integration.updated_at = Timestamp(NOW.0 + 1);
        assert!(tx.integrations().update(&integration).await.unwrap());
        assert_eq!(tx.integrations().get_for_update(team, id).await.unwrap().as_ref(), Some(&integration));

        integration.status = IntegrationStatus::Disabled { reason: "gone twice".to_owned() };
        assert!(tx.integrations().set_status(team, id, &integration.status, integration.updated_at).await.unwrap());
        let state = SendState {
            first_gone_at: Some(NOW),
            failing_since: Some(Timestamp(NOW.0 - 5)),
            failed_attempts: 7,
            not_before: Some(Timestamp(NOW.0 + 60_000)),
            noticed: 0,
        };
        tx.integrations().set_send_state(team, id, &state).await.unwrap();
        integration.first_gone_at = state.first_gone_at;
        integration.failing_since = state.failing_since;
        integration.failed_attempts = state.failed_attempts;
        integration.not_before = state.not_before;
        assert_eq!(tx.integrations().get(team, id).await.unwrap().as_ref(), Some(&integration));

        assert!(tx.integrations().delete(team, id).await.unwrap());
        assert!(!tx.integrations().delete(team, id).await.unwrap());
    }

    async fn url_headers_and_secrets_are_sealed_in_the_table(store) {
        let world = World::settle(store, 1).await;
        world.has_integration(store, "Backup to Box").await;
        for column in ["sealed_config", "sealed_secrets"] {
            let open = store
                .execute_raw(&format!(
                    "DELETE FROM integrations WHERE CAST({column} AS TEXT) LIKE '%hush%' OR CAST({column} AS TEXT) LIKE '%example%'"
                ))
                .await;
            assert_eq!(open, 0, "{column} holds an open secret");
        }
    }

    async fn a_secret_that_was_moved_to_another_row_does_not_open(store) {
        let world = World::settle(store, 1).await;
        let one = world.has_integration(store, "one").await;
        world.has_integration(store, "other").await;
        store
            .execute_raw("UPDATE integrations SET sealed_config = (SELECT sealed_config FROM integrations WHERE name = 'other')")
            .await;
        let mut tx = store.read().await.unwrap();
        let error = tx.integrations().get(world.team, one.id).await.unwrap_err();
        assert_eq!(error.to_string(), format!("open integrations.config of {}", one.id));
    }

    async fn an_event_finds_those_whose_filter_it_meets(store) {
        let world = World::settle(store, 1).await;
        let (collection, monitor) = (CollectionId(world.id()), MonitorId(world.id()));
        let mut named = Vec::new();
        for (name, kind, workspace, in_collection, of_monitor) in [
            ("everything", EventKind::CollectionBackup, None, None, None),
            ("the workspace", EventKind::CollectionBackup, Some(world.workspace), None, None),
            ("the collection", EventKind::CollectionBackup, None, Some(collection), None),
            ("another collection", EventKind::CollectionBackup, None, Some(CollectionId(world.id())), None),
            ("a monitor", EventKind::CollectionBackup, None, None, Some(monitor)),
            ("another kind", EventKind::TeamActivity, None, None, None),
        ] {
            let mut integration = world.integration(name, kind);
            integration.workspace = workspace;
            integration.collection = in_collection;
            integration.monitor = of_monitor;
            if name == "the workspace" {
                integration.status = IntegrationStatus::Paused;
            }
            let mut tx = store.begin().await.unwrap();
            tx.integrations().insert(&integration).await.unwrap();
            tx.commit().await.unwrap();
            named.push((integration.id, name));
        }
        let mut tx = store.begin().await.unwrap();
        let mut found = async |subject: Subject| -> Vec<&str> {
            let known = tx.integrations().subscribers(world.team).await.unwrap();
            let subscribers: Vec<_> = known.matching(&subject).into_iter().cloned().collect();
            subscribers
                .iter()
                .map(|subscriber| named.iter().find(|(id, _)| *id == subscriber.id).unwrap().1)
                .collect()
        };
        let backup = Subject {
            kind: EventKind::CollectionBackup,
            workspace: Some(world.workspace),
            collection: Some(collection),
            monitor: None,
            closed: false,
        };
        assert_eq!(found(Subject { closed: true, ..backup }).await, ["the workspace", "the collection"]);
        assert_eq!(found(backup).await, ["everything", "the workspace", "the collection"]);
        assert_eq!(found(Subject { workspace: None, collection: None, ..backup }).await, ["everything"]);
        assert_eq!(found(Subject { collection: None, monitor: Some(monitor), ..backup }).await, ["everything", "the workspace", "a monitor"]);
        assert_eq!(found(Subject { kind: EventKind::TeamActivity, ..backup }).await, ["another kind"]);
        assert!(found(Subject { kind: EventKind::Custom, ..backup }).await.is_empty());

        let known = tx.integrations().subscribers(world.team).await.unwrap();
        let subscribers: Vec<_> = known.matching(&backup).into_iter().cloned().collect();
        assert_eq!(subscribers[1].status, IntegrationStatus::Paused);
        let filter = IntegrationFilter { collection: Some(collection), ..IntegrationFilter::default() };
        assert_eq!(tx.integrations().list(world.team, &filter).await.unwrap().len(), 1);
        assert_eq!(tx.integrations().list(world.team, &IntegrationFilter::default()).await.unwrap().len(), 6);
    }

    // What is kept in memory is what is stored, whatever was changed, and whether it was kept or undone.
    async fn who_wants_to_hear_is_never_what_it_was(store) {
        let world = World::settle(store, 1).await;
        let subject = Subject { kind: EventKind::Custom, workspace: None, collection: None, monitor: None, closed: false };
        let mut known: Vec<postern_model::Integration> = Vec::new();
        let mut dice = 1_u64;
        for step in 0..120 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let chosen = usize::try_from(dice >> 33).unwrap();
            let mut tx = store.begin().await.unwrap();
            let mut after = known.clone();
            match (chosen % 4, known.len()) {
                (0, _) | (_, 0) => {
                    let mut new = world.integration("new", EventKind::Custom);
                    new.options.types = match chosen % 3 {
                        0 => vec![],
                        1 => vec!["a.b".to_owned(), "c".to_owned()],
                        _ => vec!["a.*".to_owned()],
                    };
                    tx.integrations().insert(&new).await.unwrap();
                    after.push(new);
                }
                (1, many) => {
                    let it = &mut after[chosen / 7 % many];
                    it.options.types = vec![format!("type.{step}")];
                    tx.integrations().update(it).await.unwrap();
                }
                (2, many) => {
                    let it = &mut after[chosen / 7 % many];
                    it.status = if it.status.is_active() { IntegrationStatus::Paused } else { IntegrationStatus::Active };
                    tx.integrations().set_status(world.team, it.id, &it.status, NOW).await.unwrap();
                }
                (_, many) => {
                    let it = after.remove(chosen / 7 % many);
                    tx.integrations().delete(world.team, it.id).await.unwrap();
                }
            }
            let mine = tx.integrations().subscribers(world.team).await.unwrap();
            assert_eq!(mine.matching(&subject).len(), after.len(), "{step}: it sees what it has changed");
            if chosen % 5 == 0 {
                drop(tx);
            } else {
                tx.commit().await.unwrap();
                known = after;
            }
            let mut tx = store.read().await.unwrap();
            let told = tx.integrations().subscribers(world.team).await.unwrap();
            let mut told: Vec<_> = told.matching(&subject).into_iter().map(|it| (it.id, it.status.clone(), it.options.types.clone())).collect();
            let mut real: Vec<_> = known.iter().map(|it| (it.id, it.status.clone(), it.options.types.clone())).collect();
            told.sort_by_key(|it| it.0);
            real.sort_by_key(|it| it.0);
            assert_eq!(told, real, "{step}");
            let told = tx.integrations().subscribers(world.team).await.unwrap();
            for kind in ["a.b", "c", "other"] {
                let fits = |types: &Vec<String>| types.is_empty() || types.iter().any(|it| postern_model::fits_pattern(it, kind));
                let some = told.of_type(kind);
                let count = some.iter().filter(|it| fits(&it.options.types)).count();
                assert_eq!(count, known.iter().filter(|it| fits(&it.options.types)).count(), "{step}: {kind}");
            }
        }
    }

    async fn an_integration_with_open_deliveries_can_not_be_removed(store) {
        let world = World::settle(store, 1).await;
        let delivery = world.has_delivery(store).await;
        let mut tx = store.begin().await.unwrap();
        let error = tx.integrations().delete(world.team, delivery.integration).await.unwrap_err();
        assert!(error.is_conflict(), "{error}");
        drop(tx);

        let mut tx = store.begin().await.unwrap();
        let ended = tx.deliveries().cancel_some(world.team, delivery.integration, "Mia", NOW).await.unwrap();
        assert_eq!(ended, 1);
        assert!(tx.integrations().delete(world.team, delivery.integration).await.unwrap());
        let record = tx.deliveries().get(world.team, delivery.id).await.unwrap().unwrap();
        assert_eq!(record.integration_name, "");
    }
}
