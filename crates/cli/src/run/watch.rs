//! Runs again whenever a file changes.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::ensure;
use tokio_util::sync::CancellationToken;

use super::{RunArgs, run};
use crate::exit::Exit;
use crate::output;

/// How often the files are looked at. A look costs a few microseconds, and it sees changes on every file system.
const EVERY: Duration = Duration::from_millis(300);

/// Runs, and again after each change, until it is stopped.
pub(super) async fn run_again(args: &RunArgs, stop: CancellationToken) -> anyhow::Result<Exit> {
    let files = files(args);
    ensure!(
        !files.is_empty(),
        "watch anything: neither the collection nor what it is run with is a file"
    );
    loop {
        let before = times(&files);
        // What can't be read or run now may be mended by the next change.
        if let Err(error) = run(args, stop.child_token()).await {
            output::failure(&error);
        }
        output::note(format_args!("waiting for changes of {}", names(&files)));
        while times(&files) == before {
            let slept = stop.run_until_cancelled(tokio::time::sleep(EVERY)).await;
            if slept.is_none() {
                return Ok(Exit::Ok);
            }
        }
    }
}

fn files(args: &RunArgs) -> Vec<PathBuf> {
    let places = [
        Some(&args.collection),
        args.environment.as_ref(),
        args.globals.as_ref(),
        args.iteration_data.as_ref(),
    ];
    let paths = places.into_iter().flatten().map(PathBuf::from);
    paths.filter(|path| path.is_file()).collect()
}

/// When each was changed, and how large it is; nothing for one that is gone.
fn times(files: &[PathBuf]) -> Vec<Option<(SystemTime, u64)>> {
    let look = |path: &PathBuf| {
        let about = std::fs::metadata(path).ok()?;
        Some((about.modified().ok()?, about.len()))
    };
    files.iter().map(look).collect()
}

fn names(files: &[PathBuf]) -> String {
    let names = files.iter().map(|path| Path::display(path).to_string());
    names.collect::<Vec<_>>().join(", ")
}
