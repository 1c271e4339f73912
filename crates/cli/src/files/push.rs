//! `postern push`: from files to the server.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use postern_collection::Document;
use serde_json::{Value, json};

use super::{collections, read, text, version};
use crate::client::{Client, ServerToAsk};
use crate::exit::Exit;
use crate::output;

/// What `postern push` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  export POSTERN_API_KEY=…
  postern push petstore.json
  postern push collections/                     every *.json in the folder, and in those inside it
  postern push petstore.json --to 4711-019b8d62-…

A document goes to the collection of its own id (info._postman_id), or else to the only one of its name; where there is none, one is made. What is
equal to what is there makes no new version.")]
pub(crate) struct PushArgs {
    /// Files, and folders of files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The collection that it goes to, by its uid or id; for a single file
    #[arg(long, value_name = "UID")]
    to: Option<String>,
    /// The workspace of new collections, and in which names are looked for
    #[arg(long, value_name = "ID")]
    workspace: Option<String>,
    #[command(flatten)]
    server: ServerToAsk,
}

pub(crate) async fn run(args: PushArgs) -> anyhow::Result<Exit> {
    let client = args.server.client()?;
    let mut files = Vec::new();
    for given in &args.files {
        if given.is_dir() {
            let before = files.len();
            gather(given, &mut files)?;
            if files.len() == before {
                bail!("push {}: no file in it ends with .json", given.display());
            }
        } else {
            files.push(given.clone());
        }
    }
    if args.to.is_some() && files.len() != 1 {
        bail!(
            "push {} files to one collection: --to is for a single file",
            files.len()
        );
    }
    // All are read before the first is sent: a file that can't be read leaves nothing half done.
    let documents = files
        .into_iter()
        .map(|file| Ok((read(&file)?, file)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let mut there = There::of(&client, args.workspace.as_deref()).await?;
    let mut told = Vec::new();
    for (document, file) in documents {
        let pushed = push(&client, &args, &mut there, document)
            .await
            .with_context(|| format!("push {}", file.display()))?;
        if !args.server.json {
            let (result, name, uid) = (
                text(&pushed, "result"),
                text(&pushed, "name"),
                text(&pushed, "uid"),
            );
            output::line(format_args!("{result:<10} {name} ({uid})"));
        }
        told.push(pushed);
    }
    if args.server.json {
        output::line(format_args!("{:#}", json!({ "collections": told })));
    }
    Ok(Exit::Ok)
}

/// The collections that are there: all of the team, known by their ids, and those whose names are looked for.
struct There {
    all: Vec<Value>,
    named: Vec<Value>,
}

impl There {
    async fn of(client: &Client, workspace: Option<&str>) -> anyhow::Result<Self> {
        let all = collections(client, None).await?;
        let named = match workspace {
            Some(id) => collections(client, Some(id)).await?,
            None => all.clone(),
        };
        Ok(Self { all, named })
    }
}

async fn push(
    client: &Client,
    args: &PushArgs,
    there: &mut There,
    document: Document,
) -> anyhow::Result<Value> {
    let target = match &args.to {
        Some(uid) => Some(uid.clone()),
        None => target(there, &document)?,
    };
    let name = document.name().to_owned();
    let body = json!({ "collection": document.into_value() });
    let (result, answer) = if let Some(uid) = target {
        let before = version(client, &uid).await?;
        let answer = client.put(&format!("/collections/{uid}"), &body).await?;
        let same = version(client, &uid).await? == before;
        (if same { "unchanged" } else { "updated" }, answer)
    } else {
        let place = args.workspace.as_deref();
        let place = place.map_or_else(String::new, |id| format!("?workspace={id}"));
        let answer = client.post(&format!("/collections{place}"), &body).await?;
        // The next file may be of the same collection.
        there.all.push(answer["collection"].clone());
        there.named.push(answer["collection"].clone());
        ("created", answer)
    };
    let uid = text(&answer["collection"], "uid");
    Ok(json!({"result": result, "name": name, "uid": uid}))
}

/// The uid of the collection that a document is of.
fn target(there: &There, document: &Document) -> anyhow::Result<Option<String>> {
    let own = document.info_id();
    if let Some(it) = there.all.iter().find(|it| Some(text(it, "id")) == own) {
        return Ok(Some(text(it, "uid").to_owned()));
    }
    let same: Vec<&Value> = there
        .named
        .iter()
        .filter(|it| text(it, "name") == document.name())
        .collect();
    match same.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(text(one, "uid").to_owned())),
        many => {
            let uids: Vec<&str> = many.iter().map(|it| text(it, "uid")).collect();
            bail!(
                "know which collection {:?} is: {} have that name ({}); name one with --to",
                document.name(),
                many.len(),
                uids.join(", ")
            )
        }
    }
}

/// The files of a folder that end with `.json`, by name; those that begin with a dot are left out.
fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let failed = || format!("read the folder {}", folder.display());
    let mut entries = std::fs::read_dir(folder)
        .with_context(failed)?
        .collect::<Result<Vec<_>, _>>()
        .with_context(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        // Not through links: a link to a folder above would never end.
        let kind = entry.file_type().with_context(failed)?;
        if kind.is_dir() {
            gather(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|it| it.eq_ignore_ascii_case("json"))
        {
            files.push(path);
        }
    }
    Ok(())
}
