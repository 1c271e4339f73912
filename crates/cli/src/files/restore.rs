//! `postern restore`: a collection from its backup, or as it was.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use serde_json::{Value, json};

use super::{read, text};
use crate::client::ServerToAsk;
use crate::exit::Exit;
use crate::output;

/// What `postern restore` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  export POSTERN_API_KEY=…
  postern restore backup.json                           a backup as a webhook brought it: whole, ids included
  postern restore --collection 4711-019b8d62-… --to-version 3
  postern restore --collection 4711-019b8d62-… --to-version 3 --request 0192b3c4-…
  postern restore --deleted 4711-019b8d62-…             what was deleted within the last 30 days, with its versions

A backup of a collection that is still there makes its next version.")]
pub(crate) struct RestoreArgs {
    /// The backup's file
    #[arg(required_unless_present_any = ["collection", "deleted"])]
    backup: Option<PathBuf>,
    /// The collection that is to be as it was, by its uid or id
    #[arg(
        long,
        value_name = "UID",
        requires = "to_version",
        conflicts_with = "backup"
    )]
    collection: Option<String>,
    /// The number of the version
    #[arg(long, value_name = "NUMBER", requires = "collection")]
    to_version: Option<i64>,
    /// Only this folder, with all that lies in it
    #[arg(long, value_name = "ID", requires = "collection")]
    folder: Option<String>,
    /// Only this request
    #[arg(
        long,
        value_name = "ID",
        requires = "collection",
        conflicts_with = "folder"
    )]
    request: Option<String>,
    /// The collection that was deleted, by its uid or id
    #[arg(long, value_name = "UID", conflicts_with_all = ["backup", "collection"])]
    deleted: Option<String>,
    /// The workspace that it is put into, if it isn't there any more
    #[arg(long, value_name = "ID")]
    workspace: Option<String>,
    #[command(flatten)]
    server: ServerToAsk,
}

pub(crate) async fn run(args: RestoreArgs) -> anyhow::Result<Exit> {
    let client = args.server.client()?;
    let place = args.workspace.as_deref();
    let place = place.map_or_else(String::new, |id| format!("?workspace={id}"));
    let answer: Value = if let Some(uid) = &args.deleted {
        let path = format!("/deleted-collections/{uid}/restore{place}");
        client.post(&path, &json!({})).await?
    } else if let Some(uid) = &args.collection {
        let mut restore = json!({ "version": args.to_version });
        for (key, id) in [("folder", &args.folder), ("request", &args.request)] {
            if let Some(id) = id {
                restore[key] = id.clone().into();
            }
        }
        let path = format!("/collections/{uid}/restore");
        client.post(&path, &json!({ "restore": restore })).await?
    } else if let Some(file) = &args.backup {
        let document = read(file)?;
        let all = super::collections(&client, None).await?;
        let own = document.info_id();
        let there = all.iter().find(|it| Some(text(it, "id")) == own);
        let there = there.map(|it| text(it, "uid").to_owned());
        let body = json!({ "collection": document.into_value() });
        match there {
            Some(uid) => client.put(&format!("/collections/{uid}"), &body).await?,
            None => client.post(&format!("/collections{place}"), &body).await?,
        }
    } else {
        bail!("know what to restore: name a backup's file, --collection or --deleted");
    };
    if args.server.json {
        output::line(format_args!("{answer:#}"));
    } else {
        let it = &answer["collection"];
        output::line(format_args!(
            "restored   {} ({})",
            text(it, "name"),
            text(it, "uid")
        ));
    }
    Ok(Exit::Ok)
}
