//! PostgreSQL falls under load and gets up again: one of its processes is killed, so that it ends all sessions and recovers
//! from its log, as after any crash.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use postern_egress::testing::{Answer, Receiver};
use tokio::time::sleep;

use super::ledger::Ledger;
use crate::postgres::is_there;
use crate::server::{Place, workspace};

/// A PostgreSQL of its own, for the others must not fall with it.
struct Own {
    keeper: Child,
    url: String,
    port: String,
}

impl Own {
    fn start() -> Self {
        let mut keeper = Command::new(workspace().join("scripts/with-postgres"))
            .args(["sh", "-c", "echo \"$POSTERN_TEST_POSTGRES_URL\"; cat"])
            .env_remove("POSTERN_TEST_POSTGRES_URL")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the script runs");
        let mut line = String::new();
        let out = keeper.stdout.as_mut().expect("its output");
        BufReader::new(out).read_line(&mut line).expect("its URL");
        let url = line.trim().to_owned();
        let port = url
            .rsplit(':')
            .next()
            .and_then(|rest| rest.split('/').next());
        Self {
            port: port.expect("a port").to_owned(),
            url,
            keeper,
        }
    }

    /// Kills a session's process.
    fn kill_one(&self) {
        let sessions =
            processes().filter(|(_, line)| line.starts_with("postgres: postern postgres"));
        let server = processes()
            .find(|(_, line)| {
                line.contains("postgres") && line.contains(&format!("-p\0{}", self.port))
            })
            .expect("the server's process");
        let ours = sessions
            .filter(|(id, _)| parent(*id) == Some(server.0))
            .map(|(id, _)| id)
            .next()
            .expect("a session's process");
        let killed = Command::new("kill")
            .args(["-9", &ours.to_string()])
            .status();
        assert!(killed.expect("kill runs").success());
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        drop(self.keeper.wait());
    }
}

fn processes() -> impl Iterator<Item = (u32, String)> {
    let entries = std::fs::read_dir("/proc").expect("the processes");
    entries.filter_map(|entry| {
        let entry = entry.ok()?;
        let id = entry.file_name().to_str()?.parse().ok()?;
        let line = std::fs::read(entry.path().join("cmdline")).ok()?;
        Some((id, String::from_utf8_lossy(&line).into_owned()))
    })
}

fn parent(id: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let rest = stat.rsplit(')').next()?;
    rest.split_whitespace().nth(1)?.parse().ok()
}

#[tokio::test]
async fn postgresql_crashes_under_load_and_nothing_that_was_accepted_is_lost() {
    if !is_there() {
        return;
    }
    let own = Own::start();
    let place = Place::new().with("POSTERN_DATABASE_URL", own.url.as_str());
    let server = place.serve();
    let receiver = Receiver::start();
    receiver.answer(Answer::status(204).delay(Duration::from_millis(5)));
    let mut ledger = Ledger::open(&server, receiver).await;
    ledger.begin(Duration::from_millis(5), 200);
    for _ in 0..3 {
        ledger.accepts_more(30).await;
        own.kill_one();
        ledger.accepts_more(30).await;
        ledger.delivers_more().await;
        sleep(Duration::from_millis(300)).await;
    }
    let found = ledger.check(&server).await;
    let others: Vec<_> = found
        .refused
        .values()
        .filter(|&&status| status != 503)
        .collect();
    assert!(
        others.is_empty(),
        "all that was refused was refused for now: {found:?}"
    );
    server.stop();
}
