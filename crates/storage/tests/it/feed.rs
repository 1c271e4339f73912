//! Activities and events.

use postern_model::{
    Action, Activity, ActivityId, CollectionId, EventId, EventKind, Model, PayloadForm,
};
use postern_storage::{ActivityFilter, Packed, PageRequest, Says};

use crate::on_both_engines;
use crate::world::{NOW, World, says};

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

        let filter = ActivityFilter { collection: Some(one), workspace: Some(world.workspace), ..ActivityFilter::default() };
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
        let body = Packed::of(b"{}").await.unwrap();
        let backup = world.event(EventKind::CollectionBackup);
        let mut custom = world.event(EventKind::Custom);
        custom.custom_type = Some("build.finished".to_owned());
        custom.detailed = true;
        custom.collection = Some(CollectionId(world.id()));
        tx.events().insert(&backup, says(&body)).await.unwrap();
        let detailed = Says { standard: &body, detailed: Some(&body) };
        tx.events().insert(&custom, detailed).await.unwrap();
        assert_eq!(tx.events().get(world.team, custom.id).await.unwrap().as_ref(), Some(&custom));
        let all = tx.events().list(world.team, None, PageRequest::first(9)).await.unwrap();
        assert_eq!(all.items, [custom.clone(), backup]);
        let some = tx.events().list(world.team, Some(EventKind::Custom), PageRequest::first(9)).await.unwrap();
        assert_eq!(some.items, [custom]);
    }

    async fn bodies_are_read_back_wherever_they_lie(store) {
        let world = World::settle(store, 1).await;
        let mut noise = 1_u32;
        let mut incompressible = |size: usize| -> Vec<u8> {
            let next = || { noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223); (noise >> 24) as u8 };
            std::iter::repeat_with(next).take(size).collect()
        };
        let texts: Vec<Vec<u8>> = [0, 1, 2, 100, 4_095, 4_096, 4_097, 70_000]
            .into_iter()
            .flat_map(|size| [vec![b'x'; size], incompressible(size)])
            .chain([b"\0".to_vec(), b"\x01{}".to_vec()])
            .collect();
        let mut tx = store.begin().await.unwrap();
        let mut events = Vec::new();
        for (standard, detailed) in texts.iter().flat_map(|one| texts.iter().map(move |other| (one, Some(other))).chain([(one, None)])) {
            let mut event = world.event(EventKind::Custom);
            event.detailed = detailed.is_some();
            let packed = Packed::of(standard).await.unwrap();
            let other = Packed::of(detailed.unwrap_or(standard)).await.unwrap();
            let says = Says { standard: &packed, detailed: detailed.map(|_| &other) };
            tx.events().insert(&event, says).await.unwrap();
            events.push((event.id, standard, detailed));
        }
        let ids: Vec<_> = events.iter().map(|(id, ..)| (world.team, *id)).collect();
        let said = tx.events().bodies(&ids, 5_000).await.unwrap();
        for (id, standard, detailed) in events {
            let read = tx.events().body(world.team, id, PayloadForm::Standard).await.unwrap();
            assert!(read.as_ref() == Some(standard), "{} bytes", standard.len());
            let read = tx.events().body(world.team, id, PayloadForm::Detailed).await.unwrap();
            assert!(read.as_ref() == detailed.or(Some(standard)), "{} bytes", standard.len());
            let small = |body: &&Vec<u8>| body.len() <= 5_000;
            assert!(said[&id].standard.as_ref() == Some(standard).filter(small));
            assert!(said[&id].detailed.as_ref() == detailed.filter(small));
        }
        assert_eq!(tx.events().body(world.team, EventId(world.id()), PayloadForm::Standard).await.unwrap(), None);
    }

}
