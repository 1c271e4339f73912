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

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    fn words_of(script: &str) -> (String, String) {
        let process = Command::new("/bin/sh")
            .args(["-c", script])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(100));
        let ending = Ending::of(process);
        let limits = ChildLimits {
            memory: 512 << 20,
            cpu_seconds: 7,
        };
        (ending.words(limits), ending.last_words)
    }

    #[test]
    fn each_end_has_its_words() {
        for (script, expected) in [
            ("kill -XCPU $$", "more than the 7 s of processor time"),
            ("kill -KILL $$", "killed from outside"),
            ("kill -SEGV $$", "crashed (signal 11)"),
            ("kill -ABRT $$", "crashed (signal 6)"),
            ("exit 1", "the server's log says how"),
            (
                "echo 'memory allocation of 5 bytes failed' >&2; kill -ABRT $$",
                "more than the 512 MiB of memory",
            ),
        ] {
            let (words, _) = words_of(script);
            assert!(words.contains(expected), "{script}: {words}");
        }
    }

    #[test]
    fn a_process_that_only_closes_its_line_is_ended_and_what_it_said_is_kept() {
        let (words, last_words) = words_of("echo oh no >&2; exec sleep 600");
        assert!(words.contains("killed"), "{words}");
        assert_eq!(last_words, "oh no");
    }
}
