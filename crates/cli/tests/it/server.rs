//! The real program in a process of its own, spoken to over HTTP.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output, Stdio};

use postern_egress::{AddressPolicy, Egress, EgressConfig, Exchange, Limits, Request};
use serde_json::Value;
use tempfile::TempDir;

pub(crate) use crate::program::{PATIENCE, Program, said};

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

    /// Runs a command with this on its stdin, to its end.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let mut stdin = child.stdin.take().expect("a stdin");
        stdin.write_all(input.as_bytes()).expect("it reads");
        drop(stdin);
        child.wait_with_output().expect("it ends")
    }

    /// Starts a server and waits until it listens.
    pub(crate) fn serve(&self) -> Server {
        Server::start(self.command(&["serve"]))
    }
}

/// A server that runs; killed when this is dropped.
pub(crate) struct Server {
    program: Program,
    /// Where it listens.
    pub(crate) url: String,
    egress: Egress,
}

impl Server {
    fn start(command: Command) -> Self {
        let program = Program::start(command);
        let line = program.says("listening on ");
        let url = line
            .strip_prefix("listening on ")
            .unwrap_or_else(|| panic!("its first line is {line:?}"));
        let policy = AddressPolicy::anything();
        Self {
            url: url.to_owned(),
            program,
            egress: Egress::new(EgressConfig::new(policy)),
        }
    }

    /// What it has written to stderr.
    pub(crate) fn errors(&self) -> String {
        self.program.errors()
    }

    /// Waits until it has said this on stderr, where it comes a moment later than what is said on stdout.
    pub(crate) fn tells(&self, text: &str) {
        self.program.tells(text);
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.program.id().unsigned_abs()
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: i32) {
        self.program.signal(signal);
    }

    /// Kills it with no time for anything (`kill -9`).
    pub(crate) fn kill(self) {
        self.program.kill();
    }

    /// Waits for its end.
    pub(crate) fn ended(self) -> (ExitStatus, String) {
        let output = self.program.ended();
        (output.status, said(&output.stderr))
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

/// The folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
