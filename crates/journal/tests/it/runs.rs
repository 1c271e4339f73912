//! The verb that ends a run: its record, the monitor's streak, and who is told.

use postern_model::testing::SeededRandom;
use postern_model::{
    EventKind, MonitorId, NodeId, NotifyMode, PayloadForm, Run, RunDetail, RunStats, RunStatus,
};
use serde_json::json;

use crate::house::{House, houses, told_alike};
use crate::wishes::{environment, monitor, webhook};

const TTL: std::time::Duration = std::time::Duration::from_hours(1);

/// Begins a run as a worker does; the epoch that it began under.
async fn begins(house: &House, monitor: MonitorId) -> (Run, i64) {
    let (team, mia) = (house.mia.team, &house.mia);
    let run = house.journal.request_run(mia, monitor).await.unwrap();
    let mut tx = house.store.begin().await.unwrap();
    let now = tx.now().await.unwrap();
    // The same node each time; what nobody holds yet is taken.
    let node = NodeId::new(postern_model::Timestamp(1), &SeededRandom::seeded(9));
    tx.leases().acquire(node, TTL, 256).await.unwrap();
    let queued = tx.runs().queued(node, 10).await.unwrap();
    let claimed = queued.iter().find(|it| it.run.id == run.id).unwrap();
    let epoch = claimed.epoch;
    assert!(tx.runs().start(team, run.id, epoch, now).await.unwrap());
    tx.commit().await.unwrap();
    let run = Run {
        status: RunStatus::Running,
        started_at: Some(now),
        ..run
    };
    (run, epoch)
}

/// A run of a monitor, from its beginning to this end.
pub(crate) async fn ends(house: &House, monitor: MonitorId, status: RunStatus) {
    let (run, epoch) = begins(house, monitor).await;
    let ended = Run {
        status,
        finished_at: run.started_at,
        ..run
    };
    let detail = RunDetail::default();
    let finished = house.journal.finish_run(&ended, epoch, &detail).await;
    assert!(finished.unwrap());
}

#[tokio::test]
async fn a_run_ends_with_its_result_told_to_whoever_wants_it() {
    let story = told_alike(async |house: &mut House| {
        let (journal, mia) = (house.journal.clone(), house.mia.clone());
        let petstore = house.collection("Petstore", json!([])).await;
        let staging = environment("Staging", json!([]));
        let staging = journal.create_environment(&mia, house.main, staging).await;
        let mut nightly = monitor("Nightly", house.main, petstore.id);
        nightly.environment = Some(staging.unwrap().id);
        let nightly = journal.create_monitor(&mia, nightly).await.unwrap();
        house.subscribes("Results", EventKind::MonitorResults).await;
        let mut detailed = webhook("In detail", EventKind::MonitorResults);
        detailed.options.payload = PayloadForm::Detailed;
        house.subscribes_as(detailed).await;
        house.settle().await;

        let (run, epoch) = begins(house, nightly.id).await;
        house.tells("begin").await;
        let ended = Run {
            status: RunStatus::Failure,
            finished_at: run.started_at,
            stats: RunStats {
                assertions_total: 7,
                assertions_failed: 2,
                requests_total: 3,
                errors: 1,
                warnings: 4,
                response_latency_ms: 120,
                ..RunStats::default()
            },
            ..run
        };
        let detail = RunDetail {
            failures: vec![postern_model::Failure {
                execution: 2,
                item_name: "Get pet".to_owned(),
                name: "AssertionError".to_owned(),
                message: "expected 500 to equal 200".to_owned(),
                assertion: Some("is there".to_owned()),
            }],
            ..RunDetail::default()
        };
        let late = journal.finish_run(&ended, epoch + 1, &detail).await;
        assert!(!late.unwrap());
        house.tells("end under another epoch").await;
        assert!(journal.finish_run(&ended, epoch, &detail).await.unwrap());
        house.tells("end").await;
        assert!(!journal.finish_run(&ended, epoch, &detail).await.unwrap());
        house.tells("end again").await;

        let (run, epoch) = begins(house, nightly.id).await;
        journal.delete_monitor(&mia, nightly.id).await.unwrap();
        house.settle().await;
        let ended = Run {
            status: RunStatus::Abort,
            finished_at: run.started_at,
            ..run
        };
        assert!(journal.finish_run(&ended, epoch, &detail).await.unwrap());
        house.tells("end when the monitor is gone").await;
    });
    insta::assert_snapshot!(story.await);
}

/// Each policy beside a row of outcomes and a row of marks below the runs that are told.
#[tokio::test]
async fn each_policy_tells_the_runs_of_its_table() {
    let runs = "..F.FFFEA..F";
    let table = [
        ("every run", NotifyMode::EveryRun, 1, None, "^^^^^^^^^^^^"),
        (
            "every failure",
            NotifyMode::Failures,
            1,
            None,
            "  ^^^^^^^^ ^",
        ),
        (
            "from the third, one",
            NotifyMode::Failures,
            3,
            Some(1),
            "      ^  ^  ",
        ),
        (
            "the first three",
            NotifyMode::Failures,
            1,
            Some(3),
            "  ^^^^^  ^ ^",
        ),
        (
            "second and third",
            NotifyMode::Failures,
            2,
            Some(2),
            "     ^^  ^  ",
        ),
    ];
    for house in houses().await {
        let petstore = house.collection("Petstore", json!([])).await;
        let nightly = monitor("Nightly", house.main, petstore.id);
        let nightly = house.journal.create_monitor(&house.mia, nightly).await;
        let nightly = nightly.unwrap().id;
        let mut integrations = Vec::new();
        for (name, notify, from, limit, _) in table {
            let mut new = webhook(name, EventKind::MonitorResults);
            (new.options.notify, new.options.from, new.options.limit) = (notify, from, limit);
            integrations.push(house.subscribes_as(new).await);
        }
        let mut told = vec![String::new(); table.len()];
        for run in runs.chars() {
            let before = house.waiting(&integrations).await;
            let status = match run {
                '.' => RunStatus::Success,
                'F' => RunStatus::Failure,
                'E' => RunStatus::Error,
                _ => RunStatus::Abort,
            };
            ends(&house, nightly, status).await;
            let after = house.waiting(&integrations).await;
            for (told, (before, after)) in told.iter_mut().zip(before.iter().zip(&after)) {
                told.push(if after > before { '^' } else { ' ' });
            }
        }
        for ((name, _, _, _, expected), told) in table.iter().zip(&told) {
            assert_eq!(told, expected, "{name}\n{runs}");
        }
        let mut tx = house.read().await;
        let monitor = tx.monitors().get(house.mia.team, nightly).await.unwrap();
        assert_eq!(monitor.unwrap().streak.failures, 1);
    }
}
