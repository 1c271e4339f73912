//! Monitors' runs are in processes of their own, and whatever happens there stays there.

mod ends;
mod hostile;
mod walled;

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use crate::server::{PATIENCE, Place, Server};

/// The deadline of runs in these tests, in seconds.
const DEADLINE: u32 = 2;

/// A server whose monitors have two seconds, and may reach this machine.
fn place() -> Place {
    Place::new().with("POSTERN_MONITORS_DEADLINE_SECONDS", DEADLINE.to_string())
}

/// A collection of one request to this URL, with a test script.
fn collection(url: &str, script: &str) -> Value {
    json!({
        "info": {
            "name": "One request",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [{
            "name": "Ask",
            "request": {"method": "GET", "url": url},
            "event": [{"listen": "test", "script": {"exec": [script]}}],
        }],
    })
}

/// A monitor of that collection: the path that runs it.
async fn monitor(server: &Server, collection: &Value) -> String {
    let made = server
        .post("/api/collections", &json!({"collection": collection}))
        .await;
    let monitor = json!({"monitor": {
        "name": "Watch",
        "collection": made["collection"]["uid"],
        "schedule": {"cron": "0 0 1 1 *", "timezone": "UTC"},
    }});
    let made = server.post("/api/monitors", &monitor).await;
    format!(
        "/api/monitors/{}/run",
        made["monitor"]["uid"].as_str().unwrap()
    )
}

/// Runs a monitor to its end; the whole run.
async fn run(server: &Server, path: &str) -> Value {
    let ended = server.post(path, &Value::Null).await;
    let id = ended["run"]["info"]["jobId"].as_str().unwrap();
    server.get(&format!("/api/runs/{id}")).await["run"].clone()
}

/// Begins a run and doesn't wait; the path that shows it.
async fn begin(server: &Server, path: &str) -> String {
    let begun = server
        .post(&format!("{path}?async=true"), &Value::Null)
        .await;
    format!(
        "/api/runs/{}",
        begun["run"]["info"]["jobId"].as_str().unwrap()
    )
}

/// Waits until a run that was begun is over.
async fn ended(server: &Server, run: &str) -> Value {
    for _ in 0..PATIENCE.as_millis() / 20 {
        let shown = server.get(run).await["run"].clone();
        if shown["info"]["finishedAt"].is_string() {
            return shown;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the run did not end");
}

fn status(run: &Value) -> &str {
    run["info"]["status"].as_str().unwrap()
}

/// What is told first of why a run failed.
fn first_failure(run: &Value) -> String {
    run["failures"][0].to_string()
}

/// The processes for runs that this server has now.
fn children(server: u32) -> Vec<u32> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        let command = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let status = fs::read_to_string(entry.path().join("status")).unwrap_or_default();
        if String::from_utf8_lossy(&command).contains("runner-child")
            && status.contains(&format!("PPid:\t{server}\n"))
        {
            found.push(pid);
        }
    }
    found
}

/// Waits until the server has so many processes for runs.
async fn has_children(server: u32, count: usize) -> Vec<u32> {
    for _ in 0..PATIENCE.as_millis() / 20 {
        let children = children(server);
        if children.len() == count {
            return children;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{count} processes were expected: {:?}", children(server));
}

/// Whether these processes are gone, or are about to be.
async fn are_gone(processes: &[u32]) {
    let alive = |pid: &&u32| {
        // A process that has ended but was not waited for has no command line.
        fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|command| !command.is_empty())
    };
    for _ in 0..PATIENCE.as_millis() / 20 {
        if !processes.iter().any(|pid| alive(&pid)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let left: Vec<&u32> = processes.iter().filter(alive).collect();
    panic!("still there: {left:?}");
}

/// Sends a signal to a process of the server.
#[expect(unsafe_code, reason = "signals are sent by a call of the system")]
fn kill(pid: u32) {
    let pid = i32::try_from(pid).unwrap();
    // SAFETY: no memory is involved. The server waits for its children's end, so a pid that was just seen is theirs.
    let sent = unsafe { libc::kill(pid, libc::SIGKILL) };
    assert_eq!(sent, 0, "the signal was not sent");
}
