//! Ends the program when a script can't be interrupted: here scripts share its process, so there is no other way.

use std::thread;
use std::time::Duration;

use anyhow::anyhow;
use postern_sandbox::Watch;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::exit::Exit;
use crate::output;

/// How long past its time a script may be: what the engine needs to notice, where it does.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it looks.
const PERIOD: Duration = Duration::from_millis(100);

/// Watches from a thread of its own until what is returned is dropped.
pub(super) fn start(watch: Watch, script_timeout: Duration) -> std::io::Result<DropGuard> {
    let over = CancellationToken::new();
    let guard = over.clone().drop_guard();
    let look = move || {
        while !over.is_cancelled() {
            thread::sleep(PERIOD);
            if watch.overdue().is_some_and(|late| late > PATIENCE) {
                output::failure(&anyhow!(
                    "run the collection: a script could not be interrupted at its limit of {} ms (--timeout-script), so the \
                     run ends here; what was to be written to files is not written",
                    script_timeout.as_millis()
                ));
                Exit::Failed.now();
            }
        }
    };
    thread::Builder::new()
        .name("postern-watchdog".to_owned())
        .spawn(look)?;
    Ok(guard)
}
