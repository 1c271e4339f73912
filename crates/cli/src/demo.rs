//! `postern demo`: a throw-away server that shows all of it.
//!
//! ```text
//! bookshop ◀── monitor ──┐                        ┌──▶ inbox: verifies, and tells the terminal
//!                        house (server, worker) ──┘
//! edits, "run now" ──▶ public API
//! ```
//!
//! Everything lives in a temporary folder and on free loopback ports, and is gone afterwards.

mod bookshop;
mod edit;
mod furnish;
mod inbox;
mod server;
mod tell;

use std::collections::BTreeSet;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use postern_model::Random;
use postern_storage::StoreConfig;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, interval_at, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use self::bookshop::Bookshop;
use self::furnish::{Furnished, furnish};
use self::inbox::{Arrival, Inbox};
use self::tell::Teller;
use crate::client::Client;
use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::house::{House, HouseConfig};
use crate::output::Stream;
use crate::random::SecureRandom;

/// How long `--once` waits for all four kinds.
const ONCE_WITHIN: Duration = Duration::from_mins(1);
/// How often the demo edits its collection.
const EDIT_EVERY: Duration = Duration::from_secs(7);
/// How often the demo runs its monitor by hand, besides the schedule.
const RUN_EVERY: Duration = Duration::from_secs(9);
/// The four kinds that must arrive.
const KINDS: [&str; 4] = [
    "collection_backup",
    "collection_activity",
    "monitor_results",
    "team_activity",
];

/// What `postern demo` takes.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:
  postern demo             until Ctrl-C
  postern demo --once      until all four kinds have arrived: a quick check that all works here")]
pub(crate) struct DemoArgs {
    /// End by itself after each of the four kinds of webhooks has arrived and verified; fail after 60 s.
    #[arg(long)]
    once: bool,
}

/// Runs the demo until Ctrl-C, or until all has been seen.
pub(crate) async fn demo(args: &DemoArgs, stop: CancellationToken) -> anyhow::Result<Exit> {
    let folder = Folder::new()?;
    let (tasks, ended) = (TaskTracker::new(), CancellationToken::new());
    let (arrivals, arriving) = unbounded_channel();
    let inbox = Arc::new(Inbox::new(arrivals, Arc::new(SystemClock)));
    let bookshop = Arc::new(Bookshop::new());

    let at_bookshop = server::serve(
        Arc::new(move |request| bookshop.answer(&request)),
        &tasks,
        ended.clone(),
    )
    .await?;
    let taking = Arc::clone(&inbox);
    let at_inbox = server::serve(
        Arc::new(move |request| taking.answer(&request)),
        &tasks,
        ended.clone(),
    )
    .await?;

    let key = format!("demo-{}-{}", SecureRandom.uuid_v4(), SecureRandom.uuid_v4());
    let house = House::start(house_config(folder.path(), &key)?).await?;
    let mut teller = Teller::new(std::io::stdout(), Stream::Out.is_coloured());
    let base = format!("http://{}", house.address());
    let caller = Client::new(base.clone(), key.clone());
    // All is set up already: the link leads to where something moves.
    let link = house.first_link().unwrap_or_else(|| base.clone());
    let link = link.replace("/welcome#", "/welcome?return=/deliveries#");
    welcome(&mut teller, &base, &link, &key);

    let told = async {
        let made = furnish(
            &caller,
            &inbox,
            &format!("http://{at_bookshop}"),
            &format!("http://{at_inbox}"),
        )
        .await?;
        let (stage, actions) = unbounded_channel();
        tasks.spawn(play(caller.clone(), made, stage, ended.clone()));
        watch(args.once, &mut teller, arriving, actions).await
    };
    let seen = stop.run_until_cancelled(told).await;
    ended.cancel();
    tasks.close();
    house.stop().await;
    // The bookshop and the inbox have been told to end; who still talks to them is cut off.
    let _ = timeout(Duration::from_secs(2), tasks.wait()).await;
    folder.remove()?;
    match seen {
        None => {
            teller.say("\nStopped; nothing is left behind.");
            Ok(Exit::Ok)
        }
        Some(missing) => finish(&mut teller, &missing?),
    }
}

fn house_config(folder: &Path, key: &str) -> anyhow::Result<HouseConfig> {
    let mut secret_key = [0; 32];
    SecureRandom.fill(&mut secret_key);
    let mut config = HouseConfig::new(
        StoreConfig::sqlite(folder.join("postern.sqlite")),
        secret_key,
    );
    let loopback = || "127.0.0.0/8".parse().context("read the loopback range");
    config.webhooks_allow = vec![loopback()?];
    config.monitors_allow = vec![loopback()?];
    "Demo team".clone_into(&mut config.first_start.team);
    "Mia".clone_into(&mut config.first_start.admin);
    config.first_start.key = Some(key.to_owned());
    config.grace = Duration::from_secs(5);
    Ok(config)
}

fn welcome<W: Write>(teller: &mut Teller<W>, base: &str, link: &str, key: &str) {
    teller.say(format!(
        "Postern demo: a sample API, a collection, a monitor, five integrations and an inbox, all on this machine.\n\
         Open {link}\n\
         API {base}/api   key {key}\n\
         Try: curl -H 'X-Api-Key: {key}' {base}/api/deliveries\n\
         Ctrl-C ends it and leaves nothing behind.\n"
    ));
}

/// Edits and runs, over and over, and says so.
async fn play(
    caller: Client,
    made: Furnished,
    stage: tokio::sync::mpsc::UnboundedSender<String>,
    ended: CancellationToken,
) {
    let start = Instant::now();
    let mut edits = interval_at(start + Duration::from_secs(3), EDIT_EVERY);
    let mut runs = interval_at(start + Duration::from_secs(1), RUN_EVERY);
    let mut number = 0;
    let run = format!("/api/monitors/{}/run", made.monitor);
    loop {
        let done = tokio::select! {
            () = ended.cancelled() => return,
            _ = edits.tick() => {
                number += 1;
                let said = "the demo edits its collection";
                edit::edit(&caller, &made.collection, number - 1).await.map(|()| said)
            }
            _ = runs.tick() => caller.post(&format!("{run}?async=true"), &serde_json::json!({})).await.map(|_| "the demo runs its monitor"),
        };
        let said = done.map_or_else(
            |error| format!("the demo could not go on: {error:#}"),
            str::to_owned,
        );
        if ended.is_cancelled() || stage.send(said).is_err() {
            return;
        }
    }
}

/// Tells what arrives. Only with `once` it ends: when all four kinds have come, or too late, with the kinds that are missing.
async fn watch<W: Write>(
    once: bool,
    teller: &mut Teller<W>,
    mut arriving: UnboundedReceiver<Arrival>,
    mut actions: UnboundedReceiver<String>,
) -> anyhow::Result<Vec<&'static str>> {
    let mut missing: BTreeSet<&'static str> = KINDS.into_iter().collect();
    let deadline = Instant::now() + ONCE_WITHIN;
    loop {
        tokio::select! {
            Some(arrival) = arriving.recv() => {
                teller.arrived(&arrival);
                if arrival.verified {
                    missing.remove(arrival.kind.as_str());
                }
            }
            Some(said) = actions.recv() => teller.does(&said),
            () = sleep_until(deadline), if once => return Ok(missing.into_iter().collect()),
        }
        if once && missing.is_empty() {
            return Ok(Vec::new());
        }
    }
}

fn finish<W: Write>(teller: &mut Teller<W>, missing: &[&str]) -> anyhow::Result<Exit> {
    if missing.is_empty() {
        teller.say("\nAll four kinds have arrived and verified; nothing is left behind.");
        return Ok(Exit::Ok);
    }
    anyhow::bail!(
        "see every kind of webhook within {} s: missing {}",
        ONCE_WITHIN.as_secs(),
        missing.join(", ")
    )
}

/// A temporary folder of its owner alone, that goes when this goes.
struct Folder(PathBuf);

impl Folder {
    fn new() -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("postern-demo-{}", SecureRandom.uuid_v4()));
        std::fs::DirBuilder::new()
            .mode(0o700)
            .create(&path)
            .with_context(|| format!("make the folder {}", path.display()))?;
        Ok(Self(path))
    }

    fn path(&self) -> &Path {
        &self.0
    }

    /// Removes it now: that nothing is left behind may only be said when it is so.
    fn remove(self) -> anyhow::Result<()> {
        std::fs::remove_dir_all(&self.0)
            .with_context(|| format!("remove the folder {}", self.0.display()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Still there only where the demo failed, which is told already.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
