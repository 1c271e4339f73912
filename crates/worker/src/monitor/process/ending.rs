//! How a child's process ended, in words for the people whose run it was.

use std::io::Read as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, ExitStatus};
use std::time::Duration;

use super::child::ChildLimits;

/// How long a process that has closed its line may take to end, before it is killed.
const LAST_STEPS: u32 = 50;
const STEP: Duration = Duration::from_millis(10);
/// The most that is read of what it said on stderr.
const LAST_WORDS: u64 = 16 * 1024;

/// How a child ended.
#[derive(Debug)]
pub(crate) struct Ending {
    status: Option<ExitStatus>,
    /// What it said on stderr.
    pub(crate) last_words: String,
}

impl Ending {
    /// Waits for the end of a process that has closed its line. Blocks for half a second at most.
    pub(crate) fn of(mut process: Child) -> Self {
        for _ in 0..LAST_STEPS {
            if matches!(process.try_wait(), Ok(Some(_)) | Err(_)) {
                break;
            }
            std::thread::sleep(STEP);
        }
        // No harm to one that has ended; and without it, the wait might be long.
        drop(process.kill());
        let status = process.wait().ok();
        let mut last_words = Vec::new();
        if let Some(stderr) = process.stderr.take() {
            drop(stderr.take(LAST_WORDS).read_to_end(&mut last_words));
        }
        Self {
            status,
            last_words: String::from_utf8_lossy(&last_words).trim().to_owned(),
        }
    }

    /// Why the run has no end of its own.
    pub(crate) fn words(&self, limits: ChildLimits) -> String {
        let signal = self.status.and_then(|status| status.signal());
        match signal {
            Some(libc::SIGXCPU) => format!(
                "the run used more than the {} s of processor time that it may have: its process was killed",
                limits.cpu_seconds
            ),
            // How the standard library ends when the allocator has nothing left to give.
            Some(libc::SIGABRT) if self.last_words.contains("memory allocation of") => format!(
                "the run needed more than the {} MiB of memory that it may have: its process was killed",
                limits.memory >> 20
            ),
            Some(libc::SIGKILL) => {
                "the run's process was killed from outside: most likely the machine, or its \
                 container, had no memory left"
                    .to_owned()
            }
            Some(signal) => {
                format!("the run's process crashed (signal {signal}): the server's log says more")
            }
            None => "the runner failed: the server's log says how".to_owned(),
        }
    }
}
