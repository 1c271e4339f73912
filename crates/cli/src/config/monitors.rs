//! How monitors run.

use std::ffi::OsString;
use std::time::Duration;

use super::{ConfigError, Environment, Layers};

/// The least memory that a run's process can do anything with.
const LEAST_MIB: u64 = 256;

/// How monitors run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MonitorSettings {
    /// How many at once.
    pub(crate) runs_at_once: usize,
    /// How long a run may take.
    pub(crate) deadline: Duration,
    /// How many processes stand ready.
    pub(crate) ready_processes: usize,
    /// The most memory of one of them.
    pub(crate) memory_mib: u64,
}

impl Default for MonitorSettings {
    /// What the default file says, for a server that reads none.
    fn default() -> Self {
        Self {
            runs_at_once: 8,
            deadline: Duration::from_mins(5),
            ready_processes: 2,
            memory_mib: 1024,
        }
    }
}

impl MonitorSettings {
    pub(super) fn of(layers: &Layers) -> Result<Self, ConfigError> {
        let runs_at_once: u16 = layers.value("monitors.runs_at_once", "a number of runs")?;
        if runs_at_once == 0 {
            let problem = "a server that may run nothing can't have monitors: expected 1 or more";
            return Err(layers.wrong("monitors.runs_at_once", problem.to_owned()));
        }
        let deadline: u32 = layers.value("monitors.deadline_seconds", "a number of seconds")?;
        if deadline == 0 {
            let problem = "no run ends in no time: expected 1 or more".to_owned();
            return Err(layers.wrong("monitors.deadline_seconds", problem));
        }
        let ready: u16 = layers.value("monitors.ready_processes", "a number of processes")?;
        let memory_mib: u64 = layers.value("monitors.memory_mib", "a number of mebibytes")?;
        if memory_mib < LEAST_MIB {
            let problem = format!("a run needs {LEAST_MIB} MiB or more");
            return Err(layers.wrong("monitors.memory_mib", problem));
        }
        Ok(Self {
            runs_at_once: runs_at_once.into(),
            deadline: Duration::from_secs(deadline.into()),
            // More than can be wanted at once would never be used.
            ready_processes: ready.min(runs_at_once).into(),
            memory_mib,
        })
    }
}

/// All that a run's process inherits of this environment: the time zone, by which its scripts tell dates.
pub(crate) fn time_zone(environment: &Environment) -> Vec<(OsString, OsString)> {
    let zone = environment.get("TZ").cloned();
    zone.map(|zone| (OsString::from("TZ"), zone))
        .into_iter()
        .collect()
}
