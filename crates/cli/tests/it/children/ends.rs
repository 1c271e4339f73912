//! How processes for runs come and go: with the run, with the server, and when somebody kills them.

use postern_egress::testing::{Answer, Receiver};

use super::{
    are_gone, begin, collection, ended, first_failure, has_children, kill, monitor, place, run,
    status,
};
use crate::server::{PATIENCE, Place};

/// Never ends, and can't be interrupted.
const ENDLESS: &str = "const a = []; a[2 ** 32 - 2] = 1; a.sort();";

const GOOD: &str = "pm.test('is there', () => pm.response.to.have.status(200));";

#[tokio::test]
async fn a_run_whose_process_is_killed_says_so_and_the_next_is_fine() {
    let api = Receiver::start();
    let place = Place::new().with("POSTERN_MONITORS_READY_PROCESSES", "1");
    let server = place.serve();
    let ready = has_children(server.pid(), 1).await;
    let endless = monitor(&server, &collection(&api.url("/"), ENDLESS)).await;
    let good = monitor(&server, &collection(&api.url("/"), GOOD)).await;

    let under_way = begin(&server, &endless).await;
    api.wait_for(1, PATIENCE).await;
    // The one that stood ready plays, and another stands ready.
    has_children(server.pid(), 2).await;
    kill(ready[0]);
    let killed = ended(&server, &under_way).await;
    assert_eq!(status(&killed), "error");
    assert!(
        first_failure(&killed).contains("killed from outside"),
        "{killed}"
    );
    are_gone(&ready).await;
    let used = has_children(server.pid(), 1).await;
    assert_eq!(status(&run(&server, &good).await), "success");
    are_gone(&used).await;

    // And one that nobody used yet.
    let mut ready = has_children(server.pid(), 1).await;
    while !server.errors().contains("another takes its place") {
        // A process that is there need not be ready yet: one that is killed before is made anew too, with other words.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        ready = has_children(server.pid(), 1).await;
        kill(ready[0]);
        are_gone(&ready).await;
    }
    let next = has_children(server.pid(), 1).await;
    assert_ne!(next, ready);
    assert_eq!(status(&run(&server, &good).await), "success");
    server.stop();
}

#[tokio::test]
async fn a_process_serves_one_run() {
    let api = Receiver::start();
    let place = place().with("POSTERN_MONITORS_READY_PROCESSES", "1");
    let server = place.serve();
    let good = monitor(&server, &collection(&api.url("/"), GOOD)).await;
    for _ in 0..3 {
        let ready = has_children(server.pid(), 1).await;
        assert_eq!(status(&run(&server, &good).await), "success");
        are_gone(&ready).await;
    }
    server.stop();
}

#[tokio::test]
async fn without_processes_in_advance_runs_wait_for_theirs() {
    let api = Receiver::start();
    let place = place().with("POSTERN_MONITORS_READY_PROCESSES", "0");
    let server = place.serve();
    let good = monitor(&server, &collection(&api.url("/"), GOOD)).await;
    has_children(server.pid(), 0).await;
    assert_eq!(status(&run(&server, &good).await), "success");
    server.stop();
}

#[tokio::test]
async fn a_killed_server_leaves_no_process_behind() {
    let api = Receiver::start();
    let place = Place::new();
    let server = place.serve();
    let endless = monitor(&server, &collection(&api.url("/"), ENDLESS)).await;
    begin(&server, &endless).await;
    api.wait_for(1, PATIENCE).await;
    let processes = has_children(server.pid(), 3).await;
    server.kill();
    are_gone(&processes).await;
}

#[tokio::test]
async fn a_stop_ends_all_processes_and_what_was_under_way_runs_again() {
    let api = Receiver::start();
    api.answer(Answer::hang());
    let place = Place::new();
    let server = place.serve();
    let good = monitor(&server, &collection(&api.url("/"), GOOD)).await;
    let under_way = begin(&server, &good).await;
    api.wait_for(1, PATIENCE).await;
    let processes = has_children(server.pid(), 3).await;
    server.stop();
    are_gone(&processes).await;

    api.answer(Answer::status(200));
    let server = place.serve();
    assert_eq!(status(&ended(&server, &under_way).await), "success");
    server.stop();
}
