//! `postern deliveries replay`: asks for it, and watches.

use std::time::Duration;

use serde_json::{Map, Value, json};
use tokio::time::sleep;

use super::args::ReplayArgs;
use super::{show, since, tell};
use crate::client::Client;
use crate::exit::Exit;
use crate::output::{self, Stream};

/// How often it looks how far it has come.
const EVERY: Duration = Duration::from_millis(500);

pub(super) async fn run(client: &Client, args: ReplayArgs, json: bool) -> anyhow::Result<Exit> {
    let mut wanted = Map::new();
    wanted.insert("rate".to_owned(), args.rate.into());
    wanted.insert("states".to_owned(), args.states.into());
    wanted.insert("types".to_owned(), args.types.into());
    for (name, value) in [("integration", args.integration), ("event", args.event)] {
        wanted.extend(value.map(|value| (name.to_owned(), Value::from(value))));
    }
    for (name, flag, value) in [
        ("since", "--since", args.since),
        ("until", "--until", args.until),
    ] {
        if let Some(text) = value {
            let time = since::time(flag, &text)?;
            wanted.insert(name.to_owned(), time.into());
        }
    }
    let body = json!({ "replay": wanted });
    if args.dry_run {
        let told = client.post("/replays?dryRun=true", &body).await?;
        tell(json, &told, |told| {
            let (total, rate) = (&told["replay"]["total"], args.rate);
            format!("{total} deliveries would be made again, {rate} a second.")
        });
        return Ok(Exit::Ok);
    }
    let mut told = client.post("/replays", &body).await?;
    if !args.detach {
        told = watch(client, told).await?;
    }
    tell(json, &told, |told| show::replay(&told["replay"]));
    Ok(Exit::Ok)
}

async fn watch(client: &Client, mut told: Value) -> anyhow::Result<Value> {
    let id = told["replay"]["id"].as_str().unwrap_or_default().to_owned();
    let mut last = Value::Null;
    while told["replay"]["state"] == "running" {
        let replay = &told["replay"];
        if replay["done"] != last && Stream::Err.is_terminal() {
            last = replay["done"].clone();
            let (done, total) = (&replay["done"], &replay["total"]);
            output::note(format_args!("{done} of {total} are due again"));
        }
        sleep(EVERY).await;
        told = client.get(&format!("/replays/{id}")).await?;
    }
    Ok(told)
}
