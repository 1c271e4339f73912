//! `postern run`: newman's command line over the runner.

mod args;
mod source;

use std::fs::File;
use std::io::{BufWriter, Stdout, Write as _, stdout};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use postern_collection::{Document, EnvironmentDocument};
use postern_egress::{AddressPolicy, Egress, EgressConfig};
use postern_model::{Clock as _, Random as _};
use postern_runner::report::{CliReporter, JsonReporter};
use postern_runner::{Observer, Options, Plan, RunEvent};
use serde_json::json;
use tokio_util::sync::CancellationToken;

pub(crate) use self::args::RunArgs;
use self::args::{ReporterName, Setting};
use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::output::{self, Stream};
use crate::random::OsRandom;
use crate::signals::until_stopped;

/// The stack that scripts want, and as much again.
const STACK: usize = 16 * 1024 * 1024;

/// Runs a collection on a thread with the stack that scripts want.
pub(crate) fn on_its_own_thread(args: RunArgs) -> anyhow::Result<Exit> {
    let suppress = args.suppress_exit_code;
    let thread = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .context("start the runtime")?;
            runtime.block_on(until_stopped(|stop| run(&args, stop)))
        });
    let ended = thread.context("start a thread")?.join();
    let exit =
        ended.unwrap_or_else(|_| bail!("run the collection: the runner broke; please report it"));
    match exit {
        Ok(Exit::Failed) if suppress => Ok(Exit::Ok),
        Err(error) if suppress => {
            output::failure(&error);
            Ok(Exit::Ok)
        }
        exit => exit,
    }
}

/// Runs a collection and reports. The future isn't `Send`: scripts aren't.
async fn run(args: &RunArgs, stop: CancellationToken) -> anyhow::Result<Exit> {
    let egress = Egress::new(EgressConfig::new(AddressPolicy::anything()));
    let planned = stop.run_until_cancelled(plan(args, &egress, stop.clone()));
    let plan = planned
        .await
        .ok_or_else(|| anyhow!("run the collection: it was stopped before it began"))??;
    let mut reporters = Reporters::new(args);
    let summary = postern_runner::run(&plan, &egress, &mut reporters).await?;
    reporters.finish(args)?;
    Ok(if summary.failed() {
        Exit::Failed
    } else {
        Exit::Ok
    })
}

async fn plan(args: &RunArgs, egress: &Egress, stop: CancellationToken) -> anyhow::Result<Plan> {
    let bytes = source::read(&args.collection, egress).await?;
    let document = Document::parse(&bytes)
        .with_context(|| format!("read the collection {}", source::named(&args.collection)))?;
    let environment = variables(
        args.environment.as_deref(),
        &args.env_var,
        "environment",
        egress,
    )
    .await?;
    let globals = variables(args.globals.as_deref(), &args.global_var, "globals", egress).await?;
    let data = match &args.iteration_data {
        Some(place) => {
            let bytes = source::read(place, egress).await?;
            postern_runner::read_data(&bytes)
                .with_context(|| format!("read the data {}", source::named(place)))?
        }
        None => Vec::new(),
    };
    let options = Options {
        iterations: args.iteration_count,
        folders: args.folder.clone(),
        bail: args.bail,
        request_timeout: args.timeout_request(),
        script_timeout: args
            .timeout_script()
            .unwrap_or(Options::default().script_timeout),
        timeout: args.timeout(),
        delay: args.delay(),
        insecure: args.insecure,
        follow_redirects: !args.ignore_redirects,
        ..Options::default()
    };
    Ok(Plan {
        document,
        environment,
        globals,
        data,
        options,
        now: Arc::new(|| SystemClock.now().0),
        seed: OsRandom.u64(),
        stop,
    })
}

/// The environment of a file or URL, with the variables of the command line on top.
async fn variables(
    place: Option<&str>,
    set: &[Setting],
    what: &str,
    egress: &Egress,
) -> anyhow::Result<Option<EnvironmentDocument>> {
    if place.is_none() && set.is_empty() {
        return Ok(None);
    }
    let mut document = match place {
        Some(place) => {
            let bytes = source::read(place, egress).await?;
            let document = EnvironmentDocument::parse(&bytes)
                .with_context(|| format!("read the {what} {}", source::named(place)))?;
            document.into_value()
        }
        None => json!({"name": what, "values": []}),
    };
    for Setting { key, value } in set {
        if let Some(values) = document["values"].as_array_mut() {
            values.retain(|entry| entry["key"] != *key);
            values.push(json!({"key": key, "value": value, "enabled": true}));
        }
    }
    Ok(Some(EnvironmentDocument::from_value(document)?))
}

/// The reporters that were asked for.
struct Reporters {
    cli: Option<CliReporter<Stdout>>,
    json: Option<JsonReporter>,
}

impl Reporters {
    fn new(args: &RunArgs) -> Self {
        let wants = |name| args.reporters.contains(&name);
        let color = args.color.is_on(Stream::Out.is_coloured());
        Self {
            // Not buffered any further: people watch a run while it goes on.
            cli: (wants(ReporterName::Cli) && !args.silent)
                .then(|| CliReporter::new(stdout(), color)),
            json: wants(ReporterName::Json).then(JsonReporter::new),
        }
    }

    /// Writes what goes to files.
    fn finish(self, args: &RunArgs) -> anyhow::Result<()> {
        let Some(json) = self.json else { return Ok(()) };
        let path = match &args.reporter_json_export {
            Some(path) if !path.is_dir() => path.clone(),
            Some(folder) => folder.join(report_name()),
            None => PathBuf::from("newman").join(report_name()),
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("make the folder {}", folder.display()))?;
        }
        let file =
            File::create(&path).with_context(|| format!("write the report {}", path.display()))?;
        let mut out = BufWriter::new(file);
        serde_json::to_writer_pretty(&mut out, &json.into_report())
            .map_err(anyhow::Error::from)
            .and_then(|()| Ok(out.flush()?))
            .with_context(|| format!("write the report {}", path.display()))
    }
}

/// newman's name for a report of now.
fn report_name() -> String {
    let now = SystemClock.now().to_utc().format("%Y-%m-%d-%H-%M-%S-%3f");
    format!("newman-run-report-{now}-0.json")
}

impl Observer for Reporters {
    fn on(&mut self, event: &RunEvent<'_>) {
        if let Some(cli) = &mut self.cli {
            cli.on(event);
        }
        if let Some(json) = &mut self.json {
            json.on(event);
        }
    }
}
