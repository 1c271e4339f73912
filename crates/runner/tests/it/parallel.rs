//! Iterations on several workers, told in order.

use postern_runner::report::JsonReporter;
use postern_runner::{Options, RunEvent};
use serde_json::{Value, json};

use crate::echo;
use crate::played::{plan, play, play_parallel, rows};

fn collection() -> Value {
    json!({"info": {"name": "Many"}, "variable": [{"key": "count", "value": 0}], "item": [
        {
            "name": "First", "id": "first", "request": "{{base}}/echo?row={{row}}",
            "event": [{"listen": "test", "script": {"exec": [
                "pm.collectionVariables.set('count', pm.collectionVariables.get('count') + 1);",
                "pm.test('row ' + pm.iterationData.get('row'), () => pm.expect(pm.info.iteration).to.equal(pm.iterationData.get('row')));",
                "pm.test('alone', () => pm.expect(pm.collectionVariables.get('count')).to.equal(1));",
            ]}}],
        },
        {
            "name": "Second", "id": "second", "request": "{{base}}/status/{{$randomInt}}",
            "event": [{"listen": "test", "script": {"exec": ["pm.test('odd', () => pm.expect(pm.info.iteration % 2).to.equal(1))"]}}],
        },
    ]})
}

fn data(count: u32) -> Value {
    (0..count).map(|row| json!({"row": row})).collect()
}

/// What a summary tells of a run but for its times and random values.
fn told(report: &Value) -> Vec<String> {
    let executions = report["run"]["executions"].as_array().unwrap();
    let executions = executions.iter().map(|it| {
        format!(
            "{} {} {} {}",
            it["cursor"]["ref"], it["cursor"]["iteration"], it["item"]["name"], it["assertions"]
        )
    });
    let failures = report["run"]["failures"].as_array().unwrap();
    let failures = failures
        .iter()
        .map(|it| format!("{} {}", it["cursor"]["iteration"], it["error"]["message"]));
    executions
        .chain(failures)
        .chain([report["run"]["stats"].to_string()])
        .collect()
}

#[test]
fn what_workers_do_is_told_as_if_one_had_done_it() {
    let server = echo::server();
    let mut plan = plan(collection(), &server, Options::default());
    plan.data = rows(&data(40));
    let mut reporter = JsonReporter::new();
    let summary = play_parallel(&plan, 4, &mut reporter);
    let many = reporter.into_report();
    let mut reporter = JsonReporter::new();
    play_parallel(&plan, 1, &mut reporter);
    let one = reporter.into_report();
    assert_eq!(told(&many), told(&one));
    assert_eq!(
        (summary.iterations.total, summary.assertions.failed),
        (40, 20)
    );
    assert!(!summary.aborted);
    assert_eq!(server.requests().len(), 160);
}

#[test]
fn bail_ends_all_workers_and_tells_nothing_of_later_iterations() {
    let server = echo::server();
    let options = Options {
        iterations: Some(1000),
        bail: true,
        ..Options::default()
    };
    let mut plan = plan(collection(), &server, options);
    plan.data = rows(&data(1000));
    let mut seen = Vec::new();
    let summary = play_parallel(&plan, 3, &mut |event: &RunEvent<'_>| {
        if let RunEvent::Iteration { number } = event {
            seen.push(*number);
        }
    });
    // The second test of iteration 0 is the first that fails.
    assert_eq!(seen, [0]);
    assert_eq!(summary.failures.len(), 1);
    assert!(server.requests().len() < 400, "the others went on");
}

#[test]
fn a_stopped_run_ends_and_says_so() {
    let server = echo::server();
    let options = Options {
        iterations: Some(100_000),
        ..Options::default()
    };
    let plan = plan(collection(), &server, options);
    let stop = plan.stop.clone();
    let summary = play_parallel(&plan, 2, &mut |event: &RunEvent<'_>| {
        if matches!(event, RunEvent::Iteration { number: 5 }) {
            stop.cancel();
        }
    });
    assert!(summary.aborted);
    assert!(summary.iterations.total < 1000);
}

#[test]
fn a_seed_shuffles_the_requests_and_always_in_the_same_way() {
    let server = echo::server();
    let items: Vec<Value> = (0..8)
        .map(|number| json!({"name": format!("{number}"), "request": "{{base}}/echo"}))
        .collect();
    let document = json!({"info": {"name": "Shuffled"}, "item": items});
    let order = |seed| {
        let options = Options {
            iterations: Some(2),
            shuffle: seed,
            ..Options::default()
        };
        let mut names = String::new();
        play(
            &plan(document.clone(), &server, options),
            &mut |event: &RunEvent<'_>| {
                if let RunEvent::Step {
                    location: [.., name],
                } = event
                {
                    names.push_str(name);
                }
            },
        );
        names
    };
    assert_eq!(order(None), "0123456701234567");
    let shuffled = order(Some(7));
    assert_eq!(shuffled, order(Some(7)));
    assert_ne!(shuffled, order(Some(8)));
    assert_ne!(
        shuffled[..8],
        shuffled[8..],
        "each iteration has an order of its own"
    );
    let mut sorted: Vec<char> = shuffled[..8].chars().collect();
    sorted.sort_unstable();
    assert_eq!(sorted.into_iter().collect::<String>(), "01234567");
}
