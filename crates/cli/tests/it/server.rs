//! The real program in a process of its own, spoken to over HTTP.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver as Lines, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use postern_egress::{AddressPolicy, Egress, EgressConfig, Exchange, Limits, Request};
use serde_json::Value;
use tempfile::TempDir;

/// How long anything may take.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// The admin's key in all tests.
pub(crate) const KEY: &str = "the-key-of-the-tests-0123456789abcdef";

/// A folder, and what the program is told there. Servers come and go in it.
pub(crate) struct Place {
    folder: TempDir,
    environment: BTreeMap<String, String>,
}

impl Place {
    /// An empty folder, with SQLite, whose server may send to this machine.
    pub(crate) fn new() -> Self {
        let mut environment = BTreeMap::new();
        for (name, value) in [
            ("POSTERN_LISTEN", "127.0.0.1:0"),
            ("POSTERN_BOOTSTRAP_API_KEY", KEY),
            ("POSTERN_EGRESS_WEBHOOKS_ALLOW", "127.0.0.0/8"),
            ("POSTERN_EGRESS_MONITORS_ALLOW", "127.0.0.0/8"),
        ] {
            environment.insert(name.to_owned(), value.to_owned());
        }
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            environment,
        }
    }

    /// The same with a variable set.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.environment.insert(name.to_owned(), value.into());
        self
    }

    /// The same with a variable not set.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.environment.remove(name);
        self
    }

    /// The same on this PostgreSQL.
    pub(crate) fn on(self, database: &crate::postgres::Database) -> Self {
        self.with("POSTERN_DATABASE_URL", database.url())
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program with these arguments, in this place and with nothing else in its environment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postern"));
        command
            .args(arguments)
            .current_dir(self.path())
            .env_clear()
            .envs(&self.environment)
            .stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    /// Starts a server and waits until it listens.
    pub(crate) fn serve(&self) -> Server {
        Server::start(self.command(&["serve"]))
    }
}

/// What a program that ended said, for assertions.
pub(crate) fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A server that runs; killed when this is dropped.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) url: String,
    errors: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
    egress: Egress,
}

impl Server {
    fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let (errors, reader) = collect(child.stderr.take().expect("its stderr"));
        let lines = lines(child.stdout.take().expect("its stdout"));
        let line = lines.recv_timeout(PATIENCE).unwrap_or_else(|_| {
            let _ = child.kill();
            panic!(
                "it did not say where it listens: {}",
                errors.lock().unwrap()
            )
        });
        let url = line
            .strip_prefix("listening on ")
            .unwrap_or_else(|| panic!("its first line is {line:?}"));
        let policy = AddressPolicy::anything();
        Self {
            child,
            url: url.to_owned(),
            errors,
            reader: Some(reader),
            egress: Egress::new(EgressConfig::new(policy)),
        }
    }

    /// What it has written to stderr.
    pub(crate) fn errors(&self) -> String {
        self.errors.lock().unwrap().clone()
    }

    /// Waits until it has said this on stderr, where it comes a moment later than what is said on stdout.
    pub(crate) fn tells(&self, text: &str) {
        for _ in 0..PATIENCE.as_millis() / 10 {
            if self.errors().contains(text) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it did not tell {text:?}: {}", self.errors());
    }

    /// Sends it a signal.
    #[expect(unsafe_code, reason = "signals are sent by a call of the system")]
    pub(crate) fn signal(&self, signal: i32) {
        let pid = i32::try_from(self.child.id()).expect("a pid");
        // SAFETY: no memory is involved, and the child has not been waited for, so that the pid is still its own.
        let sent = unsafe { libc::kill(pid, signal) };
        assert_eq!(sent, 0, "the signal was not sent");
    }

    /// Kills it with no time for anything (`kill -9`).
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ended");
    }

    /// Waits for its end.
    pub(crate) fn ended(mut self) -> (ExitStatus, String) {
        for _ in 0..PATIENCE.as_millis() / 20 {
            if let Some(status) = self.child.try_wait().expect("its status") {
                if let Some(reader) = self.reader.take() {
                    reader.join().expect("its stderr was read");
                }
                return (status, self.errors());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it did not end: {}", self.errors());
    }

    /// Stops it as a service manager does, and sees to it that it ended well.
    pub(crate) fn stop(self) {
        self.signal(libc::SIGTERM);
        let (status, errors) = self.ended();
        assert_eq!(status.code(), Some(0), "{errors}");
    }

    /// Makes a call with the admin's key and gives what came.
    pub(crate) async fn call(
        &self,
        method: &str,
        path: &str,
        body: Option<Vec<u8>>,
    ) -> Result<Exchange, postern_egress::Failure> {
        let url = format!("{}{path}", self.url).parse().expect("a URL");
        let mut request = Request::new(method, url).header("x-api-key", KEY);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body);
        }
        self.egress.send(request, &Limits::WHOLE).await
    }

    async fn ok(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let bytes = body.map(|body| body.to_string().into_bytes());
        let answer = self.call(method, path, bytes).await.expect("an answer");
        let text = said(&answer.body);
        assert!(
            answer.is_success(),
            "{method} {path}: {} {text}",
            answer.status
        );
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Reads.
    pub(crate) async fn get(&self, path: &str) -> Value {
        self.ok("GET", path, None).await
    }

    /// Makes or does something.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Value {
        self.ok("POST", path, Some(body)).await
    }

    /// Replaces something.
    pub(crate) async fn put(&self, path: &str, body: &Value) -> Value {
        self.ok("PUT", path, Some(body)).await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads lines on a thread, so that waiting for one can end.
fn lines(stream: impl Read + Send + 'static) -> Lines<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    receiver
}

/// Collects all that a stream says.
fn collect(stream: impl Read + Send + 'static) -> (Arc<Mutex<String>>, JoinHandle<()>) {
    let said = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&said);
    let reader = std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut kept = kept.lock().unwrap();
            kept.push_str(&line);
            kept.push('\n');
        }
    });
    (said, reader)
}

/// The folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
