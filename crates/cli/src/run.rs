//! `postern run`: newman's command line over the runner.

mod args;
mod export;
mod reporters;
mod source;
mod watch;
mod watchdog;
mod ways;

use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use postern_collection::{Document, EnvironmentDocument};
use postern_egress::{AddressPolicy, Egress, EgressConfig};
use postern_model::{Clock as _, Random as _};
use postern_runner::{Files, Jar, Options, Plan, Summary};
use postern_sandbox::Watch;
use serde_json::json;
use tokio_util::sync::CancellationToken;

pub(crate) use self::args::RunArgs;
use self::args::{Bail, NetworkArgs, Setting};
use self::reporters::Reporters;
use self::source::Sources;
use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::output;
use crate::random::SecureRandom;
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
            runtime.block_on(until_stopped(|stop| async move {
                if args.watch {
                    watch::run_again(&args, stop).await
                } else {
                    run(&args, stop).await
                }
            }))
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
    let planned = stop.run_until_cancelled(plan(args, stop.clone())).await;
    let mut plan =
        planned.ok_or_else(|| anyhow!("run the collection: it was stopped before it began"))??;
    let scripts = Watch::default();
    let _while_it_runs = watchdog::start(scripts.clone(), plan.options.script_timeout)
        .context("start the watchdog")?;
    plan.options.script_watch = Some(scripts);
    let (summary, reporters) = play(args.parallel, &plan, Reporters::new(args)).await?;
    reporters.finish(&args.report)?;
    export::variables(args, &plan, &summary)?;
    Ok(if summary.failed() {
        Exit::Failed
    } else {
        Exit::Ok
    })
}

async fn play(
    workers: u16,
    plan: &Plan,
    mut reporters: Reporters,
) -> anyhow::Result<(Summary, Reporters)> {
    if workers == 1 {
        let summary = postern_runner::run(plan, &egress(), &mut reporters).await?;
        return Ok((summary, reporters));
    }
    // Workers have runtimes of their own; this one goes on listening to signals.
    let plan = plan.clone();
    let played = tokio::task::spawn_blocking(move || {
        let summary = postern_runner::run_parallel(&plan, &egress, workers, &mut reporters);
        (summary, reporters)
    });
    let (summary, reporters) = played.await.context("wait for the workers")?;
    Ok((summary?, reporters))
}

/// On one's own machine a request may go anywhere.
fn egress() -> Egress {
    Egress::new(EgressConfig::new(AddressPolicy::anything()))
}

async fn plan(args: &RunArgs, stop: CancellationToken) -> anyhow::Result<Plan> {
    let sources = Sources::new(egress(), args.postman_api_key.clone());
    let bytes = sources.collection(&args.collection).await?;
    let document = postern_runner::text_of(&bytes)
        .map_err(anyhow::Error::new)
        .and_then(|text| Ok(Document::parse(text.as_bytes())?))
        .with_context(|| format!("read the collection {}", source::named(&args.collection)))?;
    let environment = args.environment.as_deref();
    let environment = variables(environment, &args.env_var, "environment", &sources).await?;
    let globals = variables(
        args.globals.as_deref(),
        &args.global_var,
        "globals",
        &sources,
    )
    .await?;
    let data = match &args.iteration_data {
        Some(place) => {
            let bytes = sources.read(place).await?;
            postern_runner::read_data(&bytes)
                .with_context(|| format!("read the data {}", source::named(place)))?
        }
        None => Vec::new(),
    };
    Ok(Plan {
        document,
        environment,
        globals,
        data,
        options: options(args)?,
        now: Arc::new(|| SystemClock.now().0),
        seed: SecureRandom.u64(),
        stop,
    })
}

fn options(args: &RunArgs) -> anyhow::Result<Options> {
    let usual = Options::default();
    Ok(Options {
        iterations: args.iteration_count,
        folders: args.folder.clone(),
        shuffle: args.shuffle_seed,
        bail: args.bail.contains(&Bail::Failure),
        request_timeout: args.timeout_request(),
        script_timeout: args.timeout_script().unwrap_or(usual.script_timeout),
        timeout: args.timeout(),
        delay: args.delay(),
        ways: ways::of(&args.network)?,
        insecure: args.network.insecure,
        follow_redirects: !args.network.ignore_redirects,
        files: Files::Local {
            working_dir: args.network.working_dir.clone(),
            insecure_file_read: !args.network.no_insecure_file_read,
        },
        cookies: cookies(&args.network)?,
        ..usual
    })
}

/// The cookies that the run begins with.
fn cookies(args: &NetworkArgs) -> anyhow::Result<Jar> {
    let Some(path) = &args.cookie_jar else {
        return Ok(Jar::default());
    };
    let read = || anyhow::Ok(Jar::import(&std::fs::read(path)?)?);
    read().with_context(|| format!("read the cookie jar {}", path.display()))
}

/// The environment of a file or URL, with the variables of the command line on top.
async fn variables(
    place: Option<&str>,
    set: &[Setting],
    what: &str,
    sources: &Sources,
) -> anyhow::Result<Option<EnvironmentDocument>> {
    if place.is_none() && set.is_empty() {
        return Ok(None);
    }
    let mut document = match place {
        Some(place) => {
            let bytes = sources.environment(place).await?;
            let document = postern_runner::text_of(&bytes)
                .map_err(anyhow::Error::new)
                .and_then(|text| Ok(EnvironmentDocument::parse(text.as_bytes())?))
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
