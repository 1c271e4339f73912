//! `postern deliveries`: what was delivered and what waits, asked of a running server.

mod args;
mod replay;
mod show;
mod since;

pub(crate) use self::args::DeliveriesArgs;

use serde_json::{Value, json};

use self::args::{DeliveriesCommand, ListArgs};
use crate::client::Client;
use crate::exit::Exit;
use crate::output;

pub(crate) async fn run(args: DeliveriesArgs) -> anyhow::Result<Exit> {
    let client = args.server.client()?;
    let json = args.server.json;
    match args.command {
        DeliveriesCommand::List(wanted) => list(&client, &wanted, json).await,
        DeliveriesCommand::Show { id } => {
            let told = client.get(&format!("/deliveries/{id}")).await?;
            tell(json, &told, show::whole);
            Ok(Exit::Ok)
        }
        DeliveriesCommand::Redeliver { ids } => each(&client, &ids, "redeliver", json).await,
        DeliveriesCommand::Release { ids } => each(&client, &ids, "release", json).await,
        DeliveriesCommand::Cancel { ids } => each(&client, &ids, "cancel", json).await,
        DeliveriesCommand::Test { integration } => {
            let path = format!("/integrations/{integration}/test");
            let told = client.post(&path, &json!({})).await?;
            tell(json, &told, show::whole);
            let succeeded = told["delivery"]["status"] == "succeeded";
            Ok(if succeeded { Exit::Ok } else { Exit::Failed })
        }
        DeliveriesCommand::Hold { integration } => {
            switch(&client, &integration, "pause", &json!({}), json).await
        }
        DeliveriesCommand::Resume { integration, since } => {
            let body = match since {
                Some(text) => json!({"since": since::time("--since", &text)?}),
                None => json!({}),
            };
            switch(&client, &integration, "resume", &body, json).await
        }
        DeliveriesCommand::Discard {
            integration,
            before,
        } => {
            let body = match before {
                Some(text) => json!({"before": since::time("--before", &text)?}),
                None => json!({}),
            };
            let path = format!("/integrations/{integration}/discard");
            let told = client.post(&path, &body).await?;
            tell(json, &told, |told| {
                format!("{} held deliveries are discarded.", told["discarded"])
            });
            Ok(Exit::Ok)
        }
        DeliveriesCommand::Replay(wanted) => replay::run(&client, wanted, json).await,
        DeliveriesCommand::Replays => {
            let told = client.get("/replays").await?;
            tell(json, &told, show::replays);
            Ok(Exit::Ok)
        }
        DeliveriesCommand::CancelReplay { id } => {
            let path = format!("/replays/{id}/cancel");
            let told = client.post(&path, &json!({})).await?;
            tell(json, &told, |told| show::replay(&told["replay"]));
            Ok(Exit::Ok)
        }
    }
}

fn tell(json: bool, told: &Value, words: impl Fn(&Value) -> String) {
    if json {
        output::line(format_args!("{told:#}"));
    } else {
        output::line(words(told).trim_end());
    }
}

async fn list(client: &Client, wanted: &ListArgs, json: bool) -> anyhow::Result<Exit> {
    let path = match &wanted.integration {
        Some(id) => format!("/integrations/{id}/deliveries"),
        None => "/deliveries".to_owned(),
    };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("limit", &wanted.limit.to_string());
    for (name, value) in [
        ("status", &wanted.status),
        ("event", &wanted.event),
        ("cursor", &wanted.cursor),
    ] {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    let told = client.get(&format!("{path}?{}", query.finish())).await?;
    tell(json, &told, show::list);
    if let Some(cursor) = told["meta"]["nextCursor"].as_str().filter(|_| !json) {
        output::note(format_args!("There are more: --cursor {cursor}"));
    }
    Ok(Exit::Ok)
}

async fn each(client: &Client, ids: &[String], verb: &str, json: bool) -> anyhow::Result<Exit> {
    for id in ids {
        let path = format!("/deliveries/{id}/{verb}");
        let told = client.post(&path, &json!({})).await?;
        tell(json, &told, |told| show::line(&told["delivery"]));
    }
    Ok(Exit::Ok)
}

async fn switch(
    client: &Client,
    integration: &str,
    verb: &str,
    body: &Value,
    json: bool,
) -> anyhow::Result<Exit> {
    let path = format!("/integrations/{integration}/{verb}");
    let told = client.post(&path, body).await?;
    tell(json, &told, |told| {
        let it = &told["integration"];
        format!(
            "{} is {}.",
            it["name"].as_str().unwrap_or("The integration"),
            it["status"].as_str().unwrap_or("changed")
        )
    });
    Ok(Exit::Ok)
}
