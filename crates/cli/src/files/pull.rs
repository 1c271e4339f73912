//! `postern pull`: from the server into a folder.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::{Value, json};

use super::names::Names;
use super::{collections, text};
use crate::client::ServerToAsk;
use crate::exit::Exit;
use crate::output;

/// What `postern pull` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  export POSTERN_API_KEY=…
  postern pull                                  all collections, into ./collections
  postern pull Petstore --out api/              one, by its name, its uid or its id
  postern pull --workspace 019b8d62-… && git add collections

A file that says the same already is left alone. Nothing is deleted.")]
pub(crate) struct PullArgs {
    /// Names, uids or ids of collections; without any, all
    collections: Vec<String>,
    /// Only those of this workspace
    #[arg(long, value_name = "ID")]
    workspace: Option<String>,
    /// The folder that they are written into
    #[arg(long, short, default_value = "collections", value_name = "FOLDER")]
    out: PathBuf,
    #[command(flatten)]
    server: ServerToAsk,
}

pub(crate) async fn run(args: PullArgs) -> anyhow::Result<Exit> {
    let client = args.server.client()?;
    let all = collections(&client, args.workspace.as_deref()).await?;
    let is = |it: &Value, wanted: &str| {
        ["name", "uid", "id"]
            .iter()
            .any(|key| text(it, key) == wanted)
    };
    for wanted in &args.collections {
        if !all.iter().any(|it| is(it, wanted)) {
            bail!("find the collection {wanted:?}: the server has none of that name, uid or id");
        }
    }
    std::fs::create_dir_all(&args.out)
        .with_context(|| format!("make the folder {}", args.out.display()))?;
    let (mut names, mut told) = (Names::default(), Vec::new());
    for it in &all {
        // Of all, so that a file has the same name whichever are asked for.
        let file = names.of(text(it, "name"), text(it, "id"));
        let wanted = &args.collections;
        if !wanted.is_empty() && !wanted.iter().any(|wanted| is(it, wanted)) {
            continue;
        }
        let uid = text(it, "uid");
        let answer = client.get(&format!("/collections/{uid}")).await?;
        let path = args.out.join(file);
        let what = if write(&path, &answer["collection"])? {
            "written"
        } else {
            "unchanged"
        };
        if !args.server.json {
            output::line(format_args!("{what:<10} {}", path.display()));
        }
        told.push(json!({"uid": uid, "name": text(it, "name"), "file": path, "result": what}));
    }
    if args.server.json {
        output::line(format_args!("{:#}", json!({ "collections": told })));
    }
    Ok(Exit::Ok)
}

/// Writes a document, in one step, unless the file says the same; whether it was written.
fn write(path: &Path, document: &Value) -> anyhow::Result<bool> {
    let known = std::fs::read(path).ok();
    let same = known.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    if same.as_ref() == Some(document) {
        return Ok(false);
    }
    let beside = path.with_extension("part");
    std::fs::write(&beside, format!("{document:#}\n"))
        .and_then(|()| std::fs::rename(&beside, path))
        .with_context(|| format!("write {}", path.display()))?;
    Ok(true)
}
