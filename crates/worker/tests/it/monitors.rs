//! Monitors, from due to told, with real collections against a real API.

use std::time::Duration;

use postern_egress::testing::Answer;
use postern_model::{
    Collection, CollectionId, ContentHash, Environment, EnvironmentId, EventKind, Monitor,
    MonitorId, MonitorOptions, NodeId, Run, RunDetail, RunStatus, RunTrigger, Shard, Streak,
    Workspace, WorkspaceId, WorkspaceKind,
};
use postern_storage::{PageRequest, RunFilter};
use postern_worker::WorkerConfig;
use serde_json::{Value, json};

use crate::house::{House, PATIENCE, houses};

/// Two requests: the first one's test remembers something, the second sends it.
fn collection() -> Value {
    json!({
        "info": {
            "name": "Shop",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
        },
        "item": [
            {
                "name": "Log in",
                "request": {"method": "POST", "url": "{{base}}/login"},
                "event": [{"listen": "test", "script": {"exec": [
                    "console.log('answered', pm.response.code);",
                    "pm.test('is in', () => pm.expect(pm.response.code).to.equal(200));",
                    "pm.collectionVariables.set('token', pm.response.json().token);"
                ]}}]
            },
            {
                "name": "List orders",
                "request": {"method": "GET", "url": "{{base}}/orders", "header": [{"key": "X-Token", "value": "{{token}}"}]},
                "event": [{"listen": "test", "script": {"exec": [
                    "pm.test('has orders', () => pm.response.to.have.status(200));"
                ]}}]
            }
        ]
    })
}

/// A monitor of that collection whose API is the receiver, changed as wanted.
async fn monitor(house: &House, change: impl FnOnce(&mut Monitor)) -> Monitor {
    let (now, random) = (house.now(), house.random.as_ref());
    let workspace = WorkspaceId::new(now, random);
    let document = serde_json::to_vec(&collection()).expect("the database to answer");
    let mut tx = house.tx().await;
    tx.workspaces()
        .insert(&Workspace {
            id: workspace,
            team: house.team,
            name: "Workspace".to_owned(),
            kind: WorkspaceKind::Team,
            description: String::new(),
            created_by: house.owner,
            created_at: now,
            updated_at: now,
        })
        .await
        .expect("the database to answer");
    let hash: ContentHash = tx
        .blobs()
        .put(&document)
        .await
        .expect("the database to answer");
    let collection = Collection {
        id: CollectionId::new(now, random),
        team: house.team,
        workspace,
        owner: house.owner,
        name: "Shop".to_owned(),
        version: 1,
        hash,
        created_at: now,
        updated_at: now,
    };
    tx.collections()
        .insert(&collection)
        .await
        .expect("the database to answer");
    let environment = Environment {
        id: EnvironmentId::new(now, random),
        team: house.team,
        workspace,
        owner: house.owner,
        name: "Here".to_owned(),
        document: json!({"name": "Here", "values": [
            {"key": "base", "value": house.receiver.url("/api"), "enabled": true}
        ]}),
        created_at: now,
        updated_at: now,
    };
    tx.environments()
        .insert(&environment)
        .await
        .expect("the database to answer");
    let id = MonitorId::new(now, random);
    let mut monitor = Monitor {
        id,
        team: house.team,
        workspace,
        owner: house.owner,
        name: "Shop every minute".to_owned(),
        collection: collection.id,
        environment: Some(environment.id),
        active: true,
        cron: "* * * * *".to_owned(),
        timezone: "UTC".to_owned(),
        options: MonitorOptions::default(),
        shard: Shard::of(id.0).0,
        next_due_at: Some(now + Duration::from_mins(1)),
        streak: Streak::default(),
        created_at: now,
        updated_at: now,
    };
    change(&mut monitor);
    tx.monitors()
        .insert(&monitor)
        .await
        .expect("the database to answer");
    tx.commit().await.expect("the database to answer");
    house.receiver.choose(|request| {
        (request.path() == "/api/login").then(|| Answer::status(200).body(r#"{"token": "t-1"}"#))
    });
    monitor
}

async fn runs(house: &House, monitor: &Monitor) -> Vec<Run> {
    let filter = RunFilter {
        monitor: Some(monitor.id),
        ..RunFilter::default()
    };
    let mut tx = house.read().await.expect("the database to answer");
    let page = tx
        .runs()
        .list(house.team, &filter, PageRequest::first(50))
        .await
        .expect("the database to answer");
    page.items.into_iter().rev().collect()
}

/// Waits until so many runs of the monitor are over, and gives all.
async fn ended(house: &House, monitor: &Monitor, count: usize) -> Vec<Run> {
    let mut last = Vec::new();
    for _ in 0..PATIENCE.as_millis() / 20 {
        last = runs(house, monitor).await;
        if last.iter().filter(|run| run.status.is_final()).count() >= count {
            return last;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{count} runs were to end: {last:?}");
}

async fn detail(house: &House, run: &Run) -> RunDetail {
    let mut tx = house.read().await.expect("the database to answer");
    tx.runs()
        .detail(house.team, run.id)
        .await
        .expect("the database to answer")
        .expect("the detail")
}

async fn monitor_now(house: &House, monitor: &Monitor) -> Monitor {
    let mut tx = house.read().await.expect("the database to answer");
    tx.monitors()
        .get(house.team, monitor.id)
        .await
        .expect("the database to answer")
        .expect("the monitor")
}

#[tokio::test]
async fn a_monitor_that_falls_due_runs_and_its_result_is_told() {
    for mut house in houses().await {
        let monitor = monitor(&house, |_| ()).await;
        house
            .integration(|integration| integration.event = EventKind::MonitorResults)
            .await;
        house.start();
        house.nothing_more_arrives().await;
        house.pass(Duration::from_mins(1));
        let run = ended(&house, &monitor, 1).await.remove(0);

        assert_eq!(
            (run.status, run.trigger),
            (RunStatus::Success, RunTrigger::Schedule)
        );
        assert_eq!(
            (run.stats.requests_total, run.stats.assertions_total),
            (2, 2)
        );
        assert_eq!(
            (
                run.stats.assertions_failed,
                run.stats.errors,
                run.stats.run_count
            ),
            (0, 0, 1)
        );
        let detail = detail(&house, &run).await;
        let names: Vec<_> = detail
            .executions
            .iter()
            .map(|made| made.item_name.as_str())
            .collect();
        assert_eq!(names, ["Log in", "List orders"]);
        assert_eq!(
            detail.executions[0].assertions,
            [("is in".to_owned(), None)]
        );
        assert_eq!(detail.executions[0].status, Some(200));
        assert_eq!(detail.executions[0].url, house.receiver.url("/api/login"));
        assert_eq!(
            detail.executions[0].response_body, None,
            "bodies are kept only where it is wanted"
        );
        assert_eq!(detail.console[0].text, "answered 200");
        assert!(detail.failures.is_empty());
        let next = monitor_now(&house, &monitor).await.next_due_at.unwrap();
        assert!(next > house.now(), "{next}");

        let requests = house.receiver.wait_for(3, PATIENCE).await;
        assert_eq!(requests[1].header("x-token"), Some("t-1"));
        let told: Value = serde_json::from_slice(&requests[2].body).unwrap();
        assert_eq!(told["monitor_name"], "Shop every minute");
        assert_eq!(told["metrics"]["passedTests"], 2);
        assert_eq!(requests[2].header("postern-event"), Some("monitor_results"));
        house.stop().await;
    }
}

#[tokio::test]
async fn a_failing_test_makes_a_failed_run_and_a_streak() {
    for mut house in houses().await {
        let monitor = monitor(&house, |_| ()).await;
        house.receiver.answer(Answer::status(503));
        house.start();
        house.pass(Duration::from_mins(1));
        let run = ended(&house, &monitor, 1).await.remove(0);
        assert_eq!(run.status, RunStatus::Failure);
        let detail = detail(&house, &run).await;
        assert_eq!(detail.failures.len(), 1);
        assert_eq!(detail.failures[0].assertion.as_deref(), Some("has orders"));
        assert_eq!(detail.failures[0].name, "AssertionError");
        assert!(detail.executions[1].assertions[0].1.is_some());
        assert_eq!(monitor_now(&house, &monitor).await.streak.failures, 1);
        house.stop().await;
    }
}

#[tokio::test]
async fn a_failed_run_is_tried_again_before_it_counts() {
    for mut house in houses().await {
        let monitor = monitor(&house, |monitor| monitor.options.retry_attempts = 2).await;
        let answers = [200, 500, 200, 500, 200, 200];
        house
            .receiver
            .queue(answers.map(|status| Answer::status(status).body(r#"{"token": "t"}"#)));
        house.start();
        house.pass(Duration::from_mins(1));
        let run = ended(&house, &monitor, 1).await.remove(0);
        assert_eq!((run.status, run.stats.run_count), (RunStatus::Success, 3));
        assert_eq!(monitor_now(&house, &monitor).await.streak.failures, 0);
        house.stop().await;
    }
}

#[tokio::test]
async fn times_that_were_missed_are_one_run() {
    for mut house in houses().await {
        let days = Duration::from_hours(24 * 10);
        let monitor = monitor(&house, |monitor| {
            monitor.next_due_at = Some(monitor.created_at - days);
        })
        .await;
        house.start();
        let run = ended(&house, &monitor, 1).await.remove(0);
        assert_eq!(run.due_at, monitor.next_due_at.unwrap());
        house.nothing_more_arrives().await;
        assert_eq!(runs(&house, &monitor).await.len(), 1);
        let next = monitor_now(&house, &monitor).await.next_due_at.unwrap();
        assert_eq!(next.since(house.now()), Duration::from_mins(1));
        house.stop().await;
    }
}

#[tokio::test]
async fn a_run_that_is_asked_for_begins_at_once_also_of_a_paused_monitor() {
    for mut house in houses().await {
        let monitor = monitor(&house, |monitor| {
            monitor.active = false;
            monitor.next_due_at = None;
        })
        .await;
        house.start();
        tokio::time::sleep(Duration::from_millis(200)).await;
        let asked = house
            .journal()
            .request_run(&house.mia(), monitor.id)
            .await
            .unwrap();
        let run = ended(&house, &monitor, 1).await.remove(0);
        assert_eq!((run.id, run.status), (asked.id, RunStatus::Success));
        assert_eq!(
            (run.trigger, run.requested_by),
            (RunTrigger::Manual, Some(house.owner))
        );
        house.stop().await;
    }
}

#[tokio::test]
async fn a_monitor_never_runs_twice_at_once() {
    for mut house in houses().await {
        let monitor = monitor(&house, |_| ()).await;
        let slow = Duration::from_millis(300);
        house
            .receiver
            .choose(move |_| Some(Answer::status(200).body(r#"{"token": "t"}"#).delay(slow)));
        house.start();
        house
            .journal()
            .request_run(&house.mia(), monitor.id)
            .await
            .unwrap();
        house.receiver.wait_for(1, PATIENCE).await;
        house
            .journal()
            .request_run(&house.mia(), monitor.id)
            .await
            .unwrap();
        house.pass(Duration::from_mins(1));
        ended(&house, &monitor, 2).await;
        let requests = house.receiver.requests();
        for pair in requests.windows(2) {
            let apart = pair[1].at - pair[0].at;
            assert!(apart >= slow, "two requests {apart:?} apart");
        }
        house.stop().await;
    }
}

#[tokio::test]
async fn a_run_that_takes_too_long_is_aborted() {
    for mut house in houses().await {
        let monitor = monitor(&house, |monitor| monitor.options.retry_attempts = 2).await;
        house.receiver.choose(|_| Some(Answer::hang()));
        let mut config = WorkerConfig::new(house.node, "test");
        config.run_deadline = Duration::from_secs(1);
        house.start_with(config);
        house.pass(Duration::from_mins(1));
        let run = ended(&house, &monitor, 1).await.remove(0);
        assert_eq!(run.status, RunStatus::Abort);
        assert_eq!(
            house.receiver.requests().len(),
            1,
            "an abort is not tried again"
        );
        house.stop().await;
    }
}

#[tokio::test]
async fn a_run_that_a_stop_or_a_crash_interrupts_is_run_again() {
    for mut house in houses().await {
        let monitor = monitor(&house, |_| ()).await;
        house.receiver.choose(|_| Some(Answer::hang()));
        house.start();
        house.pass(Duration::from_mins(1));
        house.receiver.wait_for(1, PATIENCE).await;
        house.stop().await;
        assert_eq!(runs(&house, &monitor).await[0].status, RunStatus::Queued);

        // Now a process takes it and vanishes.
        let gone = NodeId::new(house.now(), house.random.as_ref());
        let mut tx = house.tx().await;
        tx.leases()
            .acquire(gone, Duration::from_secs(1), 256)
            .await
            .unwrap();
        let claimed = tx.runs().queued(gone, 1).await.unwrap().remove(0);
        assert!(
            tx.runs()
                .start(house.team, claimed.run.id, claimed.epoch, house.now())
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();

        house
            .receiver
            .choose(|_| Some(Answer::status(200).body(r#"{"token": "t"}"#)));
        house.node = NodeId::new(house.now(), house.random.as_ref());
        house.start();
        let run = ended(&house, &monitor, 1).await.remove(0);
        assert_eq!((run.id, run.status), (claimed.run.id, RunStatus::Success));
        house.stop().await;
    }
}

#[tokio::test]
async fn a_monitor_reaches_no_address_that_its_policy_refuses() {
    for mut house in houses().await {
        let monitor = monitor(&house, |_| ()).await;
        house.start_with_monitors_of(House::closed_egress());
        house.pass(Duration::from_mins(1));
        let run = ended(&house, &monitor, 1).await.remove(0);
        assert_eq!(run.status, RunStatus::Error);
        let detail = detail(&house, &run).await;
        let message = &detail.failures[0].message;
        assert!(
            message.contains("127.0.0.1") && message.contains("egress.monitors.allow"),
            "{message}"
        );
        assert!(house.receiver.requests().is_empty());
        house.stop().await;
    }
}

#[tokio::test]
async fn a_clock_that_is_put_back_keeps_no_monitor_that_runs_often_waiting() {
    let mut house = House::on_sqlite().await;
    let often = monitor(&house, |_| {}).await;
    let nightly = monitor(&house, |monitor| {
        monitor.cron = "0 3 * * *".to_owned();
        monitor.next_due_at = Some(monitor.created_at + Duration::from_hours(40));
    })
    .await;
    house.start();
    house.pass(Duration::from_mins(1));
    ended(&house, &often, 1).await;
    house.clock().step(-3_600_000);
    house.nothing_more_arrives().await;
    house.pass(Duration::from_mins(1));
    ended(&house, &often, 2).await;
    let next = monitor_now(&house, &often).await.next_due_at.unwrap();
    assert!(next.since(house.now()) <= Duration::from_mins(1));
    let kept = monitor_now(&house, &nightly).await.next_due_at;
    assert_eq!(kept, nightly.next_due_at);
    house.stop().await;
}
