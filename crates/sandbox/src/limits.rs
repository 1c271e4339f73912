//! What a script may use up.

use std::time::Duration;

use crate::watch::Watch;

/// The bounds of every script. They are always on: there is no value for "unlimited".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The time one script may take: its own work and its timers. While one of its calls (a request it
    /// sent, a look into the cookie jar) is under way the time does not run, for calls have deadlines
    /// of their own.
    pub script_timeout: Duration,
    /// The memory of the whole context in bytes: libraries, data and all that scripts leave behind.
    pub memory: usize,
    /// The stack of the engine in bytes. The thread that calls [`Sandbox`](crate::Sandbox) needs about
    /// 1 MiB more than this.
    pub stack: usize,
    /// The bytes of console lines, assertions and visualizer data that one script may produce; what is
    /// above is dropped with a warning.
    pub output: usize,
    /// Who is told of scripts that outlive their time; the engine can't end all of them.
    pub watch: Option<Watch>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            script_timeout: Duration::from_secs(30),
            memory: 128 << 20,
            stack: 512 << 10,
            output: 8 << 20,
            watch: None,
        }
    }
}
