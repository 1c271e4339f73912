//! Inboxes, and what comes to them.

use postern_model::{
    Inbox, InboxAnswer, InboxId, InboxRequest, InboxRequestId, IntegrationId, SignatureVerdict,
    Timestamp,
};
use postern_storage::{PageRequest, Tally};

use crate::on_both_engines;
use crate::world::{NOW, World};

fn inbox(world: &World, token: &str) -> Inbox {
    Inbox {
        id: InboxId(world.id()),
        team: world.team,
        name: "Try out".to_owned(),
        token: token.to_owned(),
        answer: InboxAnswer::default(),
        created_by: world.user,
        created_at: NOW,
    }
}

fn request(world: &World, inbox: &Inbox, bytes: usize, after: i64) -> InboxRequest {
    InboxRequest {
        id: InboxRequestId(world.id()),
        team: inbox.team,
        inbox: inbox.id,
        received_at: Timestamp(NOW.0 + after),
        method: "POST".to_owned(),
        path: "/".to_owned(),
        query: "a=b".to_owned(),
        bytes: i64::try_from(bytes).unwrap(),
        content_type: Some("application/json".to_owned()),
        event: None,
        webhook_id: Some("id".to_owned()),
        attempt: Some(2),
        verdict: SignatureVerdict::Valid,
        integration: Some(IntegrationId(world.id())),
        answered: 503,
    }
}

on_both_engines! {
    async fn an_inbox_is_made_found_changed_and_deleted_with_what_is_in_it(store) {
        let (world, other) = (World::settle(store, 1).await, World::settle(store, 2).await);
        let mut made = inbox(&world, "in_one");
        let mut tx = store.begin().await.unwrap();
        tx.inboxes().insert(&made).await.unwrap();
        tx.inboxes().insert(&inbox(&other, "in_two")).await.unwrap();
        assert!(!tx.inboxes().update(&inbox(&other, "in_one")).await.unwrap());
        "Slow".clone_into(&mut made.name);
        made.answer = InboxAnswer {
            status: 503,
            delay_ms: 30_000,
            body: "{}".to_owned(),
            content_type: "application/json".to_owned(),
        };
        assert!(tx.inboxes().update(&made).await.unwrap());
        tx.commit().await.unwrap();

        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.inboxes().get(world.team, made.id).await.unwrap().as_ref(), Some(&made));
        assert_eq!(tx.inboxes().get(other.team, made.id).await.unwrap(), None);
        assert_eq!(tx.inboxes().find("in_one").await.unwrap().as_ref(), Some(&made));
        assert_eq!(tx.inboxes().find_for_update("in_one").await.unwrap().as_ref(), Some(&made));
        assert_eq!(tx.inboxes().find("in_three").await.unwrap(), None);
        assert_eq!(tx.inboxes().list(world.team).await.unwrap(), [made.clone()]);
        let came = request(&world, &made, 2, 0);
        tx.inbox_requests().insert(&came, &[], b"{}").await.unwrap();
        assert!(!tx.inboxes().delete(other.team, made.id).await.unwrap());
        assert!(tx.inboxes().delete(world.team, made.id).await.unwrap());
        assert_eq!(tx.inbox_requests().get(world.team, made.id, came.id).await.unwrap(), None);
    }

    async fn what_comes_is_kept_as_it_came_and_read_the_newest_first(store) {
        let world = World::settle(store, 1).await;
        let inbox = inbox(&world, "in_one");
        let mut tx = store.begin().await.unwrap();
        tx.inboxes().insert(&inbox).await.unwrap();
        assert_eq!(tx.inbox_requests().tally(world.team, inbox.id).await.unwrap(), Tally::default());
        let headers = [("x-b", "1"), ("x-a", "2"), ("x-b", "hush-hush")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut came = Vec::new();
        for after in 0..3 {
            let request = request(&world, &inbox, 3, after);
            tx.inbox_requests().insert(&request, &headers, b"\0\xff{").await.unwrap();
            came.insert(0, request);
        }
        tx.commit().await.unwrap();

        let mut tx = store.begin().await.unwrap();
        let mut requests = tx.inbox_requests();
        let (team, id) = (world.team, inbox.id);
        let page = requests.list(team, id, PageRequest::first(2)).await.unwrap();
        assert_eq!(page.items, came[..2]);
        let rest = PageRequest::after(page.next.unwrap(), 2);
        assert_eq!(requests.list(team, id, rest).await.unwrap().items, came[2..]);
        let read = requests.get(team, id, came[0].id).await.unwrap().unwrap();
        assert_eq!(read, (came[0].clone(), headers.to_vec()));
        let body = requests.body(team, id, came[0].id).await.unwrap();
        assert_eq!(body.as_deref(), Some(b"\0\xff{".as_slice()));
        let tally = Tally { requests: 3, last_at: Some(Timestamp(NOW.0 + 2)) };
        assert_eq!(requests.tally(team, id).await.unwrap(), tally);
        assert_eq!(requests.tallies(team).await.unwrap(), [(id, tally)].into());
        assert!(requests.delete(team, id, came[0].id).await.unwrap());
        assert!(!requests.delete(team, id, came[0].id).await.unwrap());
        requests.empty(team, id).await.unwrap();
        assert_eq!(requests.tallies(team).await.unwrap(), [].into());
    }

    async fn the_oldest_go_when_there_are_too_many_or_too_much(store) {
        let world = World::settle(store, 1).await;
        let inbox = inbox(&world, "in_one");
        let mut tx = store.begin().await.unwrap();
        tx.inboxes().insert(&inbox).await.unwrap();
        let (team, id) = (world.team, inbox.id);
        for _ in 0..5 {
            let request = request(&world, &inbox, 10, 0);
            tx.inbox_requests().insert(&request, &[], &[0; 10]).await.unwrap();
        }
        for (most, most_bytes, left) in [(5, 50, 5), (4, 50, 4), (4, 39, 3), (4, 20, 2), (0, 0, 1)] {
            let mut requests = tx.inbox_requests();
            requests.trim(team, id, most, most_bytes).await.unwrap();
            assert_eq!(requests.tally(team, id).await.unwrap().requests, left, "{most} {most_bytes}");
        }
    }

    async fn what_is_too_old_goes(store) {
        let world = World::settle(store, 1).await;
        let inbox = inbox(&world, "in_one");
        let mut tx = store.begin().await.unwrap();
        tx.inboxes().insert(&inbox).await.unwrap();
        for after in [0, 1, 2] {
            let request = request(&world, &inbox, 0, after);
            tx.inbox_requests().insert(&request, &[], b"").await.unwrap();
        }
        assert_eq!(tx.purge().inbox_requests(NOW, 10).await.unwrap(), 0);
        assert_eq!(tx.purge().inbox_requests(Timestamp(NOW.0 + 2), 1).await.unwrap(), 1);
        assert_eq!(tx.purge().inbox_requests(Timestamp(NOW.0 + 2), 10).await.unwrap(), 1);
        assert_eq!(tx.inbox_requests().tally(world.team, inbox.id).await.unwrap().requests, 1);
    }
}
