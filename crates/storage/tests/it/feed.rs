//! Activities and events.

use postern_model::{Action, Activity, ActivityId, CollectionId, EventKind, Model};
use postern_storage::{ActivityFilter, PageRequest};

use crate::on_both_engines;
use crate::world::{NOW, World};

fn activity(world: &World, collection: Option<CollectionId>, name: &str) -> Activity {
    Activity {
        id: ActivityId(world.id()),
        team: world.team,
        workspace: Some(world.workspace),
        collection,
        collection_uid: "1-x".to_owned(),
        collection_name: "Petstore".to_owned(),
        user: world.user,
        user_name: "Mia".to_owned(),
        action: Action::Rename,
        model: Model::Request,
        model_name: name.to_owned(),
        model_uid: "1-y".to_owned(),
        message: format!("Mia renamed the request {name} in Petstore"),
        version: Some(2),
        detail: serde_json::json!([{"path": "/name", "old": "a", "new": name}]),
        created_at: NOW,
    }
}

on_both_engines! {
    async fn the_feed_is_read_newest_first_by_collection(store) {
        let world = World::settle(store, 1).await;
        let one = CollectionId(world.id());
        let activities = [
            activity(&world, Some(one), "first"),
            activity(&world, None, "second"),
            activity(&world, Some(one), "third"),
        ];
        let mut tx = store.begin().await.unwrap();
        tx.activities().insert_all(&activities).await.unwrap();

        let all = tx.activities().list(world.team, &ActivityFilter::default(), PageRequest::first(2)).await.unwrap();
        assert_eq!(all.items, [activities[2].clone(), activities[1].clone()]);
        let rest = PageRequest::after(all.next.unwrap(), 2);
        let rest = tx.activities().list(world.team, &ActivityFilter::default(), rest).await.unwrap();
        assert_eq!(rest.items, [activities[0].clone()]);
        assert_eq!(rest.next, None);

        let filter = ActivityFilter { collection: Some(one), workspace: Some(world.workspace) };
        let of_one = tx.activities().list(world.team, &filter, PageRequest::first(9)).await.unwrap();
        assert_eq!(of_one.items, [activities[2].clone(), activities[0].clone()]);
        assert_eq!(
            tx.activities().get(world.team, activities[1].id).await.unwrap().as_ref(),
            Some(&activities[1])
        );
    }

    async fn events_are_read_back_as_written(store) {
        let world = World::settle(store, 1).await;
        let mut tx = store.begin().await.unwrap();
        let body = tx.blobs().put(b"{}").await.unwrap();
        let backup = world.event(EventKind::CollectionBackup, body);
        let mut custom = world.event(EventKind::Custom, body);
        custom.custom_type = Some("build.finished".to_owned());
        custom.detailed_body = Some(body);
        custom.collection = Some(CollectionId(world.id()));
        tx.events().insert(&backup).await.unwrap();
        tx.events().insert(&custom).await.unwrap();
        assert_eq!(tx.events().get(world.team, custom.id).await.unwrap().as_ref(), Some(&custom));
        let all = tx.events().list(world.team, None, PageRequest::first(9)).await.unwrap();
        assert_eq!(all.items, [custom.clone(), backup]);
        let some = tx.events().list(world.team, Some(EventKind::Custom), PageRequest::first(9)).await.unwrap();
        assert_eq!(some.items, [custom]);
    }

    async fn an_event_without_its_body_is_refused(store) {
        let world = World::settle(store, 1).await;
        let event = world.event(EventKind::Custom, postern_model::ContentHash::of(b"never put"));
        let mut tx = store.begin().await.unwrap();
        assert!(tx.events().insert(&event).await.unwrap_err().is_conflict());
        drop(tx);
        assert_eq!(store.count("events").await, 0);
    }
}
