//! What the system counts: memory, processor time, open files. And: a child doesn't outlive its parent.

use std::io;

use rustix::process::{Resource, Rlimit, setrlimit};

use crate::monitor::ChildLimits;

/// Open files: the line to the parent, the runtime's own few, and connections.
const FILES: u64 = 256;

/// Sets the limits of this process.
pub(crate) fn limit(limits: ChildLimits) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        // When the parent ends, however it ends. If it has ended already, the line to it is closed, which is seen next.
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
        rustix::thread::set_no_new_privs(true)?;
    }
    set(Resource::Core, 0, 0)?;
    set(Resource::Nofile, FILES, FILES)?;
    set(Resource::As, limits.memory, limits.memory)?;
    // The first is told apart from other ends by its signal, the second can't be survived.
    set(
        Resource::Cpu,
        limits.cpu_seconds,
        limits.cpu_seconds.saturating_add(1),
    )?;
    Ok(())
}

/// Lowers a limit; one that is lower already stays.
fn set(resource: Resource, soft: u64, hard: u64) -> io::Result<()> {
    let now = rustix::process::getrlimit(resource);
    let least = |wanted: u64, now: Option<u64>| now.map_or(wanted, |now| now.min(wanted));
    let hard = least(hard, now.maximum);
    setrlimit(
        resource,
        Rlimit {
            current: Some(least(soft, Some(hard))),
            maximum: Some(hard),
        },
    )?;
    Ok(())
}
