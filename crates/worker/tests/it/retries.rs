//! What follows a failure: the schedule, and what receivers ask for.

use std::time::Duration;

use postern_egress::testing::Answer;
use postern_model::{AttemptTrigger, Outcome};
use postern_storage::Redelivered;

use crate::house::{PATIENCE, START, houses};

#[tokio::test]
async fn each_way_to_fail_has_its_name_and_is_tried_again_after_about_five_seconds() {
    for mut house in houses().await {
        let free_port = postern_egress::testing::Receiver::start().address().port();
        let url = |path: &str| house.receiver.url(path);
        let table = [
            (
                url("/301"),
                Outcome::Redirect,
                "the receiver answered 301 Moved Permanently and says to go to https://example.com/new",
            ),
            (
                url("/404"),
                Outcome::Rejected,
                "the receiver answered 404 Not Found",
            ),
            (url("/410"), Outcome::Gone, "the receiver answered 410 Gone"),
            (
                url("/429"),
                Outcome::RateLimited,
                "the receiver answered 429 Too Many Requests",
            ),
            (
                url("/500"),
                Outcome::ServerError,
                "the receiver answered 500 Internal Server Error",
            ),
            (
                url("/999"),
                Outcome::UnexpectedStatus,
                "the receiver answered 999",
            ),
            (
                url("/reset"),
                Outcome::Reset,
                "the peer closed the connection before its answer was whole",
            ),
            (url("/ssh"), Outcome::ProtocolError, ""),
            (
                format!("http://127.0.0.1:{free_port}/"),
                Outcome::ConnectRefused,
                &format!("nothing listens at 127.0.0.1:{free_port}"),
            ),
            (
                "http://nowhere.test/".to_owned(),
                Outcome::DnsFailed,
                "nowhere.test has no address",
            ),
            (
                "ftp://127.0.0.1/".to_owned(),
                Outcome::InvalidUrl,
                "the URL's scheme is \"ftp\", and only http and https can be asked",
            ),
            (
                "http://10.0.0.1/".to_owned(),
                Outcome::AddressRefused,
                "10.0.0.1 is a private address (10.0.0.0/8); egress.webhooks.allow opens it, by address, network or host name",
            ),
            (
                house.receiver.url("/").replace("http:", "https:"),
                Outcome::TlsFailed,
                "",
            ),
        ];
        house.receiver.choose(|request| {
            let answer = match request.path() {
                "/reset" => Answer::reset(),
                "/ssh" => Answer::raw("SSH-2.0-OpenSSH_9.6\r\n"),
                "/301" => Answer::status(301).header("location", "https://example.com/new"),
                path => Answer::status(path.trim_start_matches('/').parse().ok()?),
            };
            Some(answer)
        });
        house.start();
        for (url, outcome, message) in table {
            let integration = house
                .integration(|integration| integration.config.url.clone_from(&url))
                .await;
            let delivery = house.owe(&integration, "{}").await;
            let attempt = house.attempted(delivery.id, 1).await.remove(0);
            assert_eq!(attempt.outcome, outcome, "{url}: {}", attempt.message);
            if !message.is_empty() {
                assert_eq!(attempt.message, message);
            }
            let due_in = house.due_in(delivery.id).await.as_secs_f64();
            assert!((4.5..=6.0).contains(&due_in), "{url}: {due_in}");
            assert_eq!(house.delivery(delivery.id).await.delivery.attempts, 1);
        }
        house.stop().await;
    }
}

#[tokio::test]
async fn a_failed_delivery_follows_its_schedule_to_the_end_and_can_be_sent_again_by_hand() {
    for mut house in houses().await {
        let integration = house
            .integration(|integration| integration.options.retries = Some(vec![60, 600]))
            .await;
        house.receiver.answer(Answer::status(500));
        house.start();
        let delivery = house.owe(&integration, "{}").await;
        house.attempted(delivery.id, 1).await;
        house.pass(Duration::from_secs(50));
        house.nothing_more_arrives().await;
        house.pass(Duration::from_secs(30));
        house.attempted(delivery.id, 2).await;
        house.pass(Duration::from_secs(800));
        house.attempted(delivery.id, 3).await;
        let ended = house.reached(delivery.id, "exhausted").await.delivery;
        assert_eq!(ended.attempts, 3);
        house.pass(Duration::from_hours(100));
        house.nothing_more_arrives().await;

        house.receiver.answer(Answer::status(200));
        let mut tx = house.tx().await;
        let wish = tx
            .deliveries()
            .redeliver(house.team, delivery.id, house.now())
            .await
            .unwrap();
        assert_eq!(wish, Redelivered::Scheduled);
        tx.commit().await.unwrap();
        house.ring();
        house.reached(delivery.id, "succeeded").await;
        let attempts = house.attempts(delivery.id).await;
        let last = attempts.last().unwrap();
        assert_eq!((last.number, last.trigger), (4, AttemptTrigger::Manual));
        let requests = house.receiver.requests();
        let ids: std::collections::HashSet<_> = requests
            .iter()
            .map(|request| request.header("webhook-id"))
            .collect();
        assert_eq!(ids.len(), 1, "the event's id is the same at each attempt");
        let numbers: Vec<_> = requests
            .iter()
            .filter_map(|request| request.header("webhook-attempt"))
            .collect();
        assert_eq!(numbers, ["1", "2", "3", "4"]);
        house.stop().await;
    }
}

#[tokio::test]
async fn retry_after_holds_the_whole_integration_and_spends_no_attempt() {
    for mut house in houses().await {
        for header in ["120", "Mon, 06 Jan 2031 09:02:00 GMT"] {
            house.clock().set(START);
            let integration = house.integration(|_| ()).await;
            let sent = house.receiver.requests().len();
            house
                .receiver
                .queue([Answer::status(503).header("Retry-After", header)]);
            if sent == 0 {
                house.start();
            }
            let first = house.owe(&integration, "{\"n\":1}").await;
            let attempt = house.attempted(first.id, 1).await.remove(0);
            assert_eq!(attempt.outcome, Outcome::ServerError);
            assert_eq!(attempt.retry_after_ms, Some(120_000), "{header}");
            assert_eq!(house.due_in(first.id).await, Duration::from_mins(2));
            assert_eq!(
                house.delivery(first.id).await.delivery.attempts,
                0,
                "none is spent"
            );

            let second = house.owe(&integration, "{\"n\":2}").await;
            house.pass(Duration::from_secs(119));
            house.nothing_more_arrives().await;
            house.pass(Duration::from_secs(1));
            house.reached(first.id, "succeeded").await;
            house.reached(second.id, "succeeded").await;
            let attempts = house.attempts(first.id).await;
            let numbers: Vec<_> = attempts.iter().map(|attempt| attempt.number).collect();
            assert_eq!(numbers, [1, 2]);
            assert_eq!(
                house.integration_now(integration.id).await.failing_since,
                None
            );
        }
        house.stop().await;
    }
}

#[tokio::test]
async fn retry_after_counts_only_where_it_means_something() {
    for mut house in houses().await {
        house.start();
        for (status, header) in [
            (500, "120"),
            (404, "120"),
            (429, "0"),
            (503, "soon"),
            (503, "-1"),
        ] {
            let integration = house.integration(|_| ()).await;
            house
                .receiver
                .queue([Answer::status(status).header("Retry-After", header)]);
            let delivery = house.owe(&integration, "{}").await;
            house.attempted(delivery.id, 1).await;
            assert!(
                house.due_in(delivery.id).await <= Duration::from_secs(6),
                "{status} {header}"
            );
            assert_eq!(house.delivery(delivery.id).await.delivery.attempts, 1);
        }
        let integration = house.integration(|_| ()).await;
        house
            .receiver
            .queue([Answer::status(429).header("Retry-After", "1000000000")]);
        let delivery = house.owe(&integration, "{}").await;
        house.attempted(delivery.id, 1).await;
        assert_eq!(house.due_in(delivery.id).await, Duration::from_hours(24));
        house.stop().await;
    }
}

#[tokio::test]
async fn the_deadline_includes_the_answers_body() {
    for mut house in houses().await {
        let integration = house
            .integration(|integration| integration.options.timeout = 1)
            .await;
        let drip = Answer::status(200)
            .body(vec![b'x'; 1000])
            .drip(Duration::from_millis(50));
        house.receiver.queue([drip, Answer::hang()]);
        house.start();
        let delivery = house.owe(&integration, "{}").await;
        let attempt = house.attempted(delivery.id, 1).await.remove(0);
        assert_eq!(
            (attempt.outcome, attempt.status),
            (Outcome::Timeout, Some(200))
        );
        assert_eq!(
            attempt.message,
            "the deadline of 1 s passed while the answer's body was read"
        );
        assert!(
            (1000..2000).contains(&attempt.times.total_ms),
            "{:?}",
            attempt.times
        );
        house.pass(Duration::from_secs(6));
        let attempt = house.attempted(delivery.id, 2).await.remove(1);
        assert_eq!((attempt.outcome, attempt.status), (Outcome::Timeout, None));
        house.stop().await;
    }
}

#[tokio::test]
async fn an_edited_url_and_rotated_secrets_hold_from_the_next_attempt_on() {
    for mut house in houses().await {
        let mut integration = house.integration(|_| ()).await;
        house.receiver.queue([Answer::status(500)]);
        house.start();
        let delivery = house.owe(&integration, "{}").await;
        house.attempted(delivery.id, 1).await;
        integration.config.url = house.receiver.url("/moved");
        let mut tx = house.tx().await;
        assert!(tx.integrations().update(&integration).await.unwrap());
        tx.commit().await.unwrap();
        house.pass(Duration::from_secs(6));
        let requests = house.receiver.wait_for(2, PATIENCE).await;
        assert_eq!(requests[1].path(), "/moved");
        house.reached(delivery.id, "succeeded").await;
        house.stop().await;
    }
}
