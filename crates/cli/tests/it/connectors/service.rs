//! A service of others in a process of its own, on a free port of this machine.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use postern_egress::{AddressPolicy, Egress, EgressConfig, Exchange, Limits, Request};
use tokio::time::sleep;

use crate::server::{PATIENCE, Program};

/// How often we look.
const A_MOMENT: Duration = Duration::from_millis(20);
/// How many ports are tried, as another program may take one between the look and the start.
const PORTS: usize = 5;

type Start = Box<dyn Fn(u16) -> Command>;

/// A service that runs; killed when this is dropped, also while it is stopped.
pub(super) struct Service {
    program: Option<Program>,
    start: Start,
    port: u16,
}

impl Service {
    /// Starts what this command starts on a port, and waits until it answers there.
    pub(super) async fn start(start: impl Fn(u16) -> Command + 'static) -> Self {
        let mut service = Self {
            program: None,
            start: Box::new(start),
            port: 0,
        };
        let mut said = String::new();
        for _ in 0..PORTS {
            service.port = free_port();
            match service.begin().await {
                Ok(()) => return service,
                Err(errors) => said = errors,
            }
        }
        panic!("the service did not start: {said}");
    }

    /// Runs until it answers; what it said if it ended before.
    async fn begin(&mut self) -> Result<(), String> {
        let mut command = (self.start)(self.port);
        command.stdin(Stdio::null());
        let mut program = Program::start(command);
        for _ in 0..PATIENCE.as_millis() / A_MOMENT.as_millis() {
            if program.is_over() {
                return Err(format!("{}{}", program.out(), program.errors()));
            }
            let request = Request::new("GET", self.url("/").parse().expect("a URL"));
            let limits = Limits::WHOLE.with_deadline(Duration::from_secs(2));
            if egress().send(request, &limits).await.is_ok() {
                self.program = Some(program);
                return Ok(());
            }
            sleep(A_MOMENT).await;
        }
        panic!("it does not answer: {}{}", program.out(), program.errors());
    }

    /// An address at it.
    pub(super) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Its port.
    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Asks it something by GET; the body of a good answer.
    pub(super) async fn get(&self, path: &str) -> String {
        let request = Request::new("GET", self.url(path).parse().expect("a URL"));
        let answer = self.ask(request).await;
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(answer.is_success(), "{path}: {} {body}", answer.status);
        body
    }

    /// Asks it something.
    pub(super) async fn ask(&self, request: Request) -> Exchange {
        let answer = egress().send(request, &Limits::WHOLE).await;
        answer.expect("the service answers")
    }

    /// It stands still, and connections to it hang (`SIGSTOP`).
    pub(super) fn stand_still(&self) {
        self.program().signal(libc::SIGSTOP);
    }

    /// It goes on.
    pub(super) fn go_on(&self) {
        self.program().signal(libc::SIGCONT);
    }

    /// Kills it with no time for anything (`kill -9`).
    pub(super) fn kill(&mut self) {
        self.program.take().expect("it runs").kill();
    }

    /// Starts it again at the same port, with what it has kept.
    pub(super) async fn come_back(&mut self) {
        self.begin().await.expect("it starts again");
    }

    fn program(&self) -> &Program {
        self.program.as_ref().expect("it runs")
    }
}

/// All files below a folder with their content, by their paths, in order.
pub(super) fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("a text");
                found.push((path.strip_prefix(folder).unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    found
}

fn egress() -> Egress {
    Egress::new(EgressConfig::new(AddressPolicy::anything()))
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its address").port()
}
