//! `postern runner-child`: one run of a monitor, in a process of its own. The server starts it; nobody else needs it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use postern_worker::{ChildConfig, ChildLimits, RunIn, run_child};

use crate::args::RunnerChildArgs;
use crate::clock::SystemClock;
use crate::config::{self, MonitorSettings};
use crate::exit::Exit;

/// Plays the run that standard input orders.
pub(crate) fn run(args: RunnerChildArgs) -> anyhow::Result<Exit> {
    let limits = ChildLimits {
        memory: args.memory_mib << 20,
        cpu_seconds: args.cpu_seconds,
    };
    run_child(Arc::new(SystemClock), limits)?;
    Ok(Exit::Ok)
}

/// How a server starts the above.
pub(crate) fn children(settings: &MonitorSettings) -> anyhow::Result<RunIn> {
    let program = if cfg!(target_os = "linux") {
        // This very program, also when a newer one has taken its place in the file system.
        PathBuf::from("/proc/self/exe")
    } else {
        std::env::current_exe().context("find this program")?
    };
    Ok(RunIn::Process(ChildConfig {
        program,
        arguments: vec![OsString::from("runner-child")],
        environment: config::time_zone(&config::environment()),
        ready: settings.ready_processes,
        memory_mib: settings.memory_mib,
    }))
}
