//! What a process for a run has, and what it may reach.

use std::fs;
use std::time::Duration;

use postern_egress::testing::Receiver;

use super::{collection, first_failure, has_children, monitor, place, run, status};
use crate::server::{PATIENCE, Place, said};

#[tokio::test]
async fn a_process_that_stands_ready_has_no_environment_no_files_and_its_walls() {
    let place = place().with("A_SECRET", "hunter2");
    let server = place.serve();
    for pid in has_children(server.pid(), 2).await {
        let about = |name: &str| fs::read_to_string(format!("/proc/{pid}/{name}")).unwrap();
        // The list of calls is the last of its walls.
        for _ in 0..PATIENCE.as_millis() / 10 {
            if about("status").contains("Seccomp:\t2\n") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(about("environ"), "");
        let status = about("status");
        for stands in ["NoNewPrivs:\t1\n", "Seccomp:\t2\n", "Threads:\t2\n"] {
            assert!(status.contains(stands), "{stands:?} in {status}");
        }
        let limits = about("limits");
        let limit = |name: &str| {
            let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
            line[name.len()..]
                .split_whitespace()
                .next()
                .unwrap()
                .to_owned()
        };
        assert_eq!(limit("Max address space"), (1024_u64 << 20).to_string());
        assert_eq!(limit("Max core file size"), "0");
        assert_eq!(
            limit("Max cpu time"),
            "4",
            "two seconds more than the deadline"
        );
        let open: Vec<String> = fs::read_dir(format!("/proc/{pid}/fd"))
            .unwrap()
            .map(|entry| fs::read_link(entry.unwrap().path()).unwrap())
            .map(|path| path.to_string_lossy().into_owned())
            .collect();
        for one in &open {
            let known = ["socket:", "anon_inode:", "pipe:", "/dev/null"];
            assert!(known.iter().any(|known| one.starts_with(known)), "{open:?}");
        }
    }
    server.stop();
}

#[tokio::test]
async fn a_run_reaches_only_what_the_servers_policy_allows() {
    let api = Receiver::start();
    let place = place().without("POSTERN_EGRESS_MONITORS_ALLOW");
    let server = place.serve();
    let path = monitor(&server, &collection(&api.url("/"), "")).await;
    let refused = run(&server, &path).await;
    assert_eq!(status(&refused), "error");
    let why = first_failure(&refused);
    assert!(why.contains("egress.monitors.allow"), "{why}");
    assert!(api.requests().is_empty());
    server.stop();
}

#[tokio::test]
async fn connections_are_kept_within_a_run() {
    let api = Receiver::start();
    let place = place();
    let server = place.serve();
    let script = "for (let i = 0; i < 20; i++) await pm.sendRequest(pm.request.url.toString()); pm.test('all', () => {});";
    let path = monitor(&server, &collection(&api.url("/"), script)).await;
    assert_eq!(status(&run(&server, &path).await), "success");
    assert_eq!(api.requests().len(), 21);
    server.stop();
}

#[test]
fn the_command_is_not_for_people() {
    let output = Place::new().run(&["runner-child", "--memory-mib", "512", "--cpu-seconds", "5"]);
    assert_eq!(output.status.code(), Some(1));
    let errors = said(&output.stderr);
    assert!(errors.contains("not a line to one"), "{errors}");
    let help = said(&Place::new().run(&["--help"]).stdout);
    assert!(!help.contains("runner-child"), "{help}");
}
