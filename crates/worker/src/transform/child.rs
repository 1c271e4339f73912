//! The child: raises its walls, says that it is ready, and runs one script after the other until its parent is gone.

use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;

use postern_sandbox::{TransformLimits, transform};

use super::line::{Done, Job, Ready, read, write};
use crate::monitor::{ChildError, ChildLimits};
use crate::walls;

/// Runs the scripts that come over standard input; returns when there come no more.
pub fn run_transform_child(limits: ChildLimits) -> Result<(), ChildError> {
    walls::close_inherited();
    walls::limit(limits)?;
    let stdin = io::stdin().as_fd().try_clone_to_owned()?;
    let mut line = UnixStream::from(stdin);
    if line.peer_addr().is_err() {
        return Err(ChildError::NoLine);
    }
    // Whatever the engine wants of the system once, it gets before the walls are up.
    drop(transform(
        "const handler = (it) => it",
        "{}",
        &TransformLimits::default(),
    ));
    let walls = [walls::close_files(), walls::close_calls()];
    let missing = walls.into_iter().filter_map(Result::err);
    let missing = missing.map(|missing| missing.to_string()).collect();
    write(&mut line, &Ready { missing })?;
    loop {
        let job: Job = match read(&mut line) {
            Ok(job) => job,
            // The parent has gone.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let done = Done::of(transform(
            &job.source,
            &job.input,
            &TransformLimits::default(),
        ));
        write(&mut line, &done)?;
    }
}
