//! Inboxes: how many, and what becomes of what comes to them.

use postern_journal::{Arrival, JournalError, NewInbox};
use postern_model::{EventKind, Inbox, InboxAnswer, SignatureVerdict, signature};
use postern_storage::PageRequest;

use crate::house::{House, houses, told_alike};
use crate::wishes::webhook;

fn new(name: &str) -> NewInbox {
    NewInbox {
        name: name.to_owned(),
        answer: InboxAnswer::default(),
    }
}

fn arrival(headers: &[(&str, &str)], body: &[u8]) -> Arrival {
    let headers = headers.iter();
    Arrival {
        method: "POST".to_owned(),
        path: "/".to_owned(),
        query: String::new(),
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.to_vec(),
    }
}

impl House {
    async fn inbox(&self, name: &str) -> Inbox {
        let made = self.journal.create_inbox(&self.mia, new(name));
        made.await.unwrap()
    }
}

#[tokio::test]
async fn an_inbox_is_told_and_what_comes_to_it_is_not() {
    let story = told_alike(async |house: &mut House| {
        house.subscribes("Log", EventKind::TeamActivity).await;
        house.settle().await;
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        let inbox = house.inbox("Try out").await;
        house.tells("create").await;
        let slow = NewInbox {
            answer: InboxAnswer {
                status: 503,
                ..InboxAnswer::default()
            },
            ..new("Slow")
        };
        let changed = journal.replace_inbox(&mia, inbox.id, slow).await.unwrap();
        assert_eq!(changed.token, inbox.token);
        house.tells("change").await;
        let (_, came) = journal
            .receive(&inbox.token, arrival(&[], b"{}"))
            .await
            .unwrap();
        assert_eq!(came.answered, 503);
        journal
            .delete_inbox_request(&mia, inbox.id, came.id)
            .await
            .unwrap();
        journal.empty_inbox(&mia, inbox.id).await.unwrap();
        house.tells("something comes and goes").await;
        journal.delete_inbox(&mia, inbox.id).await.unwrap();
        house.tells("delete").await;
    });
    insta::assert_snapshot!(story.await);
}

#[tokio::test]
async fn another_teams_inbox_is_not_there() {
    for house in houses().await {
        let inbox = house.inbox("Mine").await;
        let (journal, stan) = (&house.journal, &house.stranger);
        for refused in [
            journal
                .replace_inbox(stan, inbox.id, new("His"))
                .await
                .map(drop),
            journal.empty_inbox(stan, inbox.id).await,
            journal.delete_inbox(stan, inbox.id).await,
            journal.receive("in_0", arrival(&[], b"")).await.map(drop),
        ] {
            assert!(matches!(refused, Err(JournalError::NotFound { .. })));
        }
    }
}

#[tokio::test]
async fn a_team_has_so_many_inboxes_and_an_inbox_so_many_requests() {
    for house in houses().await {
        let inbox = house.inbox("0").await;
        for name in 1..20 {
            house.inbox(&name.to_string()).await;
        }
        let refused = house.journal.create_inbox(&house.mia, new("20")).await;
        assert!(matches!(refused, Err(JournalError::Conflict { .. })));
        let others = house.journal.create_inbox(&house.stranger, new("1"));
        others.await.unwrap();

        let mut last = None;
        for _ in 0..205 {
            let came = house.journal.receive(&inbox.token, arrival(&[], b"x"));
            last = Some(came.await.unwrap().1);
        }
        let mut tx = house.store.read().await.unwrap();
        let tally = tx.inbox_requests().tally(inbox.team, inbox.id).await;
        assert_eq!(tally.unwrap().requests, 200);
        let newest = PageRequest::first(1);
        let page = tx.inbox_requests().list(inbox.team, inbox.id, newest).await;
        assert_eq!(page.unwrap().items.pop(), last);
    }
}

#[tokio::test]
async fn the_oldest_go_when_the_bodies_are_too_large_together() {
    let house = House::sqlite().await;
    let inbox = house.inbox("Large").await;
    let large = vec![b'x'; 8 * 1024 * 1024];
    for _ in 0..9 {
        let came = house.journal.receive(&inbox.token, arrival(&[], &large));
        came.await.unwrap();
    }
    let mut tx = house.store.read().await.unwrap();
    let tally = tx.inbox_requests().tally(inbox.team, inbox.id).await;
    assert_eq!(tally.unwrap().requests, 8);
}

#[tokio::test]
async fn who_has_signed_is_told_by_the_integrations_that_send_there() {
    for house in houses().await {
        let (journal, mia) = (&house.journal, &house.mia);
        let inbox = house.inbox("Signed").await;
        let at = postern_model::Timestamp(1_700_000_000_000);
        let headers = |secret: &str| {
            [
                ("webhook-id".to_owned(), "id".to_owned()),
                ("webhook-timestamp".to_owned(), "1700000000".to_owned()),
                (
                    "webhook-signature".to_owned(),
                    signature::sign(secret, "id", at, b"{}").unwrap(),
                ),
            ]
        };
        let send = async |secret: &str| {
            let arrival = Arrival {
                headers: headers(secret).into(),
                ..arrival(&[], b"{}")
            };
            let (_, came) = journal.receive(&inbox.token, arrival).await.unwrap();
            (came.verdict, came.integration)
        };
        // Somebody else who sends to somewhere else.
        let elsewhere = journal.create_integration(mia, webhook("Log", EventKind::Custom));
        let elsewhere = elsewhere.await.unwrap();
        let secret = elsewhere.secrets[0].secret.clone();
        assert_eq!(send(&secret).await, (SignatureVerdict::Unknown, None));

        let mut here = webhook("Here", EventKind::Custom);
        here.config.url = format!("http://127.0.0.1:7676{}/more?x=1", inbox.path());
        let here = journal.create_integration(mia, here).await.unwrap();
        let own = here.secrets[0].secret.clone();
        assert_eq!(send(&secret).await, (SignatureVerdict::Invalid, None));
        assert_eq!(send(&own).await, (SignatureVerdict::Valid, Some(here.id)));
        let unsigned = journal.receive(&inbox.token, arrival(&[], b"{}"));
        let unsigned = unsigned.await.unwrap().1;
        assert_eq!(unsigned.verdict, SignatureVerdict::Unsigned);
    }
}

#[tokio::test]
async fn what_opens_something_is_not_kept_and_what_lists_show_is_short() {
    for house in houses().await {
        let inbox = house.inbox("Careful").await;
        let long = "x".repeat(1_000);
        let headers = [
            ("cookie", "postern_session=abc; theme=dark"),
            ("authorization", "Bearer abc"),
            ("authorization", "abc"),
            ("x-token", "abc"),
            ("postern-event", &long),
            ("webhook-attempt", "two"),
        ];
        let came = house.journal.receive(&inbox.token, arrival(&headers, b""));
        let came = came.await.unwrap().1;
        assert_eq!(came.event.map(|it| it.len()), Some(200));
        assert_eq!(came.attempt, None);
        let mut tx = house.store.read().await.unwrap();
        let read = tx.inbox_requests().get(inbox.team, inbox.id, came.id).await;
        let kept: Vec<String> = read
            .unwrap()
            .unwrap()
            .1
            .into_iter()
            .map(|it| it.1)
            .collect();
        assert_eq!(
            kept[..4],
            ["••••••••", "Bearer ••••••••", "••••••••", "abc"]
        );
    }
}
