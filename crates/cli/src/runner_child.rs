//! `postern runner-child` and `postern transform-child`: what strangers wrote, in processes of its own. The server starts them;
//! nobody else needs them.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use postern_worker::{
    ChildConfig, ChildLimits, RunIn, Transformer, run_child, run_transform_child,
};

use crate::args::RunnerChildArgs;
use crate::clock::SystemClock;
use crate::config::{self, MonitorSettings};
use crate::exit::Exit;

/// Plays the run that standard input orders.
pub(crate) fn run(args: RunnerChildArgs) -> anyhow::Result<Exit> {
    run_child(Arc::new(SystemClock), limits(args))?;
    Ok(Exit::Ok)
}

/// Runs the transforms that standard input orders.
pub(crate) fn transform(args: RunnerChildArgs) -> anyhow::Result<Exit> {
    run_transform_child(limits(args))?;
    Ok(Exit::Ok)
}

fn limits(args: RunnerChildArgs) -> ChildLimits {
    ChildLimits {
        memory: args.memory_mib << 20,
        cpu_seconds: args.cpu_seconds,
    }
}

/// How a server starts the first of the above.
pub(crate) fn children(settings: &MonitorSettings) -> anyhow::Result<RunIn> {
    Ok(RunIn::Process(config(settings, "runner-child")?))
}

/// How it starts the second.
pub(crate) fn transformer(settings: &MonitorSettings) -> anyhow::Result<Transformer> {
    Ok(Transformer::new(config(settings, "transform-child")?))
}

fn config(settings: &MonitorSettings, command: &str) -> anyhow::Result<ChildConfig> {
    let program = if cfg!(target_os = "linux") {
        // This very program, also when a newer one has taken its place in the file system.
        PathBuf::from("/proc/self/exe")
    } else {
        std::env::current_exe().context("find this program")?
    };
    Ok(ChildConfig {
        program,
        arguments: vec![OsString::from(command)],
        environment: config::time_zone(&config::environment()),
        ready: settings.ready_processes,
        memory_mib: settings.memory_mib,
    })
}
