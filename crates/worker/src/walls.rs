//! The walls around a child: what the system lets it have, and what it lets it do.
//!
//! A script can reach nothing but what `pm` hands it. These walls are for the day when one breaks out of the script
//! engine: then it is in a process that can open no file, start no program and no thread, open no socket and signal
//! nobody, and whose memory and time are counted. What it can do is compute, and talk over what it was given.
//!
//! All of it works without privileges. Where a kernel, or the seccomp profile of a container, lacks a wall, the others
//! stand, and the server's log says which one is missing.

mod inherited;
mod limits;
#[cfg(target_os = "linux")]
mod no_calls;
#[cfg(target_os = "linux")]
mod no_files;

pub(crate) use inherited::close_inherited;
pub(crate) use limits::limit;

/// A wall that couldn't be raised: which, and why.
#[derive(Debug, thiserror::Error)]
#[error("{wall} ({why})")]
pub(crate) struct Missing {
    wall: &'static str,
    why: String,
}

impl Missing {
    fn new(wall: &'static str, why: impl Into<String>) -> Self {
        Self {
            wall,
            why: why.into(),
        }
    }
}

/// No file system, no new TCP connections, no signals to others: for this thread and those that it starts.
#[cfg(target_os = "linux")]
pub(crate) fn close_files() -> Result<(), Missing> {
    no_files::close().map_err(|why| Missing::new("landlock", why))
}

/// Only the system calls that a run needs: for every thread of the process.
#[cfg(target_os = "linux")]
pub(crate) fn close_calls() -> Result<(), Missing> {
    no_calls::close().map_err(|why| Missing::new("seccomp", why))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn close_files() -> Result<(), Missing> {
    Err(Missing::new("landlock", "only Linux has it"))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn close_calls() -> Result<(), Missing> {
    Err(Missing::new("seccomp", "only Linux has it"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
