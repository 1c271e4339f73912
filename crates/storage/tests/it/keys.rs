//! API keys and idempotency keys.

use postern_model::{ApiKey, ApiKeyId, ContentHash, Role, Timestamp};
use postern_storage::{Claim, IdempotencyKey, StoredAnswer};

use crate::on_both_engines;
use crate::world::{NOW, World};

on_both_engines! {
    async fn a_key_is_found_by_its_hash_and_notes_its_use_to_the_minute(store) {
        let world = World::settle(store, 1).await;
        let mut key = ApiKey {
            id: ApiKeyId(world.id()),
            team: world.team,
            user: world.user,
            name: "CI".to_owned(),
            role: Role::Editor,
            hash: ContentHash::of(b"PMAK-x"),
            prefix: "PMAK-".to_owned(),
            created_at: NOW,
            last_used_at: None,
            expires_at: Some(Timestamp(9_000_000_000_000)),
            workspaces: vec![],
        };
        let mut tx = store.begin().await.unwrap();
        tx.api_keys().insert(&key).await.unwrap();
        assert_eq!(tx.api_keys().find_by_hash(key.hash).await.unwrap().as_ref(), Some(&key));
        assert_eq!(tx.api_keys().find_by_hash(ContentHash::of(b"other")).await.unwrap(), None);

        for (at, noted) in [(0, 0), (59_999, 0), (60_000, 60_000)] {
            tx.api_keys().touch(world.team, key.id, Timestamp(NOW.0 + at)).await.unwrap();
            key.last_used_at = Some(Timestamp(NOW.0 + noted));
            assert_eq!(tx.api_keys().list(world.team).await.unwrap(), [key.clone()]);
        }
        assert!(tx.api_keys().delete(world.team, key.id).await.unwrap());
        assert_eq!(tx.api_keys().find_by_hash(key.hash).await.unwrap(), None);
    }

    async fn the_same_request_is_answered_twice_and_done_once(store) {
        let world = World::settle(store, 1).await;
        let key = IdempotencyKey {
            team: world.team,
            key: "k".to_owned(),
            route: "POST /api/events".to_owned(),
            request: ContentHash::of(b"{}"),
            created_at: NOW,
        };
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.idempotency_keys().claim(&key).await.unwrap(), Claim::New);
        assert_eq!(tx.idempotency_keys().claim(&key).await.unwrap(), Claim::UnderWay);
        let answer = StoredAnswer { status: 201, body: b"{\"id\":1}".to_vec() };
        tx.idempotency_keys().answer(world.team, "k", &answer).await.unwrap();
        assert_eq!(tx.idempotency_keys().claim(&key).await.unwrap(), Claim::Answered(answer));

        let other_body = IdempotencyKey { request: ContentHash::of(b"[]"), ..key.clone() };
        assert_eq!(tx.idempotency_keys().claim(&other_body).await.unwrap(), Claim::OtherRequest);
        let other_route = IdempotencyKey { route: "POST /api/monitors".to_owned(), ..key.clone() };
        assert_eq!(tx.idempotency_keys().claim(&other_route).await.unwrap(), Claim::OtherRequest);
        let other_key = IdempotencyKey { key: "l".to_owned(), ..key };
        assert_eq!(tx.idempotency_keys().claim(&other_key).await.unwrap(), Claim::New);
        tx.idempotency_keys().forget(world.team, "l").await.unwrap();
        assert_eq!(tx.idempotency_keys().claim(&other_key).await.unwrap(), Claim::New);
    }
}
