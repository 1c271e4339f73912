//! A program that runs: what it says, the signals that it gets, its end.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, sleep};
use std::time::Duration;

/// How long anything may take.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);
/// How often we look.
const A_MOMENT: Duration = Duration::from_millis(10);

/// What a program that ended said, for assertions.
pub(crate) fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A program that runs; killed when this is dropped.
pub(crate) struct Program {
    child: Child,
    out: Heard,
    errors: Heard,
}

impl Program {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        Self {
            out: Heard::of(child.stdout.take().expect("its stdout")),
            errors: Heard::of(child.stderr.take().expect("its stderr")),
            child,
        }
    }

    /// What it has written to stdout.
    pub(crate) fn out(&self) -> String {
        self.out.so_far()
    }

    /// What it has written to stderr.
    pub(crate) fn errors(&self) -> String {
        self.errors.so_far()
    }

    /// Waits until it has said this on stdout; the line.
    pub(crate) fn says(&self, text: &str) -> String {
        let line = self.out.wait_for(text);
        line.unwrap_or_else(|| {
            let (out, errors) = (self.out(), self.errors());
            panic!("it did not say {text:?}: {out}{errors}")
        })
    }

    /// Waits until it has said this on stderr; the line.
    pub(crate) fn tells(&self, text: &str) -> String {
        let line = self.errors.wait_for(text);
        line.unwrap_or_else(|| panic!("it did not tell {text:?}: {}", self.errors()))
    }

    /// Gives it this on stdin, and then the end of it.
    pub(crate) fn hears(&mut self, text: &str) {
        let mut stdin = self.child.stdin.take().expect("its stdin is a pipe");
        stdin.write_all(text.as_bytes()).expect("it reads");
    }

    /// Its id, which is that of its group too where it began one.
    pub(crate) fn id(&self) -> i32 {
        i32::try_from(self.child.id()).expect("a pid")
    }

    /// Sends it a signal.
    #[expect(unsafe_code, reason = "signals are sent by a call of the system")]
    pub(crate) fn signal(&self, signal: i32) {
        // SAFETY: no memory is involved, and the child has not been waited for, so that the pid is still its own.
        let sent = unsafe { libc::kill(self.id(), signal) };
        assert_eq!(sent, 0, "the signal was not sent");
    }

    /// Whether it has ended.
    pub(crate) fn is_over(&mut self) -> bool {
        self.child.try_wait().expect("its status").is_some()
    }

    /// Kills it with no time for anything (`kill -9`).
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ended");
    }

    /// Waits for its end; all that it said.
    pub(crate) fn ended(mut self) -> Output {
        let status = self.status();
        Output {
            status,
            stdout: self.out.whole(),
            stderr: self.errors.whole(),
        }
    }

    fn status(&mut self) -> ExitStatus {
        for _ in 0..PATIENCE.as_millis() / A_MOMENT.as_millis() {
            if let Some(status) = self.child.try_wait().expect("its status") {
                return status;
            }
            sleep(A_MOMENT);
        }
        panic!("it did not end: {}{}", self.out(), self.errors());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a stream says, read on a thread, so that waiting for it can end.
struct Heard {
    text: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Heard {
    fn of(stream: impl Read + Send + 'static) -> Self {
        let text = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&text);
        let reader = std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let mut kept = kept.lock().unwrap();
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        Self {
            text,
            reader: Some(reader),
        }
    }

    fn so_far(&self) -> String {
        self.text.lock().unwrap().clone()
    }

    /// Waits for a line that holds this; `None` when the stream has ended without it, or it takes too long.
    fn wait_for(&self, text: &str) -> Option<String> {
        for _ in 0..PATIENCE.as_millis() / A_MOMENT.as_millis() {
            // Asked before we look: what was said last is seen.
            let is_over = self.reader.as_ref().is_none_or(JoinHandle::is_finished);
            let so_far = self.so_far();
            let line = so_far.lines().find(|line| line.contains(text));
            if line.is_some() || is_over {
                return line.map(str::to_owned);
            }
            sleep(A_MOMENT);
        }
        None
    }

    fn whole(&mut self) -> Vec<u8> {
        if let Some(reader) = self.reader.take() {
            reader.join().expect("the stream was read");
        }
        self.so_far().into_bytes()
    }
}
