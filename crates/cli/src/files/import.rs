//! `postern import`: what other tools keep, sent to the server.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use postern_collection::MAX_BYTES;
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::text;
use crate::client::ServerToAsk;
use crate::exit::Exit;
use crate::output;

/// What `postern import` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  export POSTERN_API_KEY=…
  postern import openapi.yaml                    OpenAPI 3.0, 3.1 or Swagger 2.0
  postern import insomnia.yaml --dry-run         what would come of it
  postern import ~/api/bruno-collection          a folder of Bruno's
  postern import dump.zip browser.har
  pbpaste | postern import -                     cURL commands from the clipboard

Reads Postman's exports and dumps, OpenAPI, cURL, HAR, Insomnia 4 and 5, and Bruno; what each file is, is told by its content. Each is taken in
whole or not at all.")]
pub(crate) struct ImportArgs {
    /// Files and folders; - is stdin
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The workspace that it is put into
    #[arg(long, value_name = "ID")]
    workspace: Option<String>,
    /// Only say what would come of it
    #[arg(long)]
    dry_run: bool,
    /// How an OpenAPI document's requests are put into folders
    #[arg(long, value_enum, default_value_t = FoldersBy::Paths)]
    folders: FoldersBy,
    #[command(flatten)]
    server: ServerToAsk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FoldersBy {
    /// By the parts of their paths
    Paths,
    /// By their first tags
    Tags,
}

pub(crate) async fn run(args: ImportArgs) -> anyhow::Result<Exit> {
    let client = args.server.client()?;
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("dryRun", if args.dry_run { "true" } else { "false" });
    let by = match args.folders {
        FoldersBy::Paths => "paths",
        FoldersBy::Tags => "tags",
    };
    query.append_pair("folders", by);
    if let Some(workspace) = &args.workspace {
        query.append_pair("workspace", workspace);
    }
    let path = format!("/imports?{}", query.finish());
    for file in &args.files {
        let name = file.display();
        let bytes = bytes_of(file)?;
        if bytes.len() > MAX_BYTES {
            bail!("import {name}: it has more than 30 MiB");
        }
        let answer = client.post_bytes(&path, bytes).await;
        let answer = answer.with_context(|| format!("import {name}"))?;
        if args.server.json {
            output::line(format_args!("{answer:#}"));
        } else {
            tell(&answer["import"], args.dry_run);
        }
    }
    Ok(Exit::Ok)
}

fn tell(import: &Value, planned: bool) {
    let verb = if planned { "would import" } else { "imported" };
    let format = text(import, "format");
    for (kind, key) in [
        ("collection", "collections"),
        ("environment", "environments"),
    ] {
        for it in import[key].as_array().into_iter().flatten() {
            let name = text(it, "name");
            match it["uid"].as_str() {
                Some(uid) => output::line(format_args!(
                    "{verb} the {kind} {name} from {format} ({uid})"
                )),
                None => output::line(format_args!("{verb} the {kind} {name} from {format}")),
            }
        }
    }
    match import["globals"].as_u64() {
        Some(0) | None => {}
        Some(count) => output::line(format_args!("{verb} {count} global variables")),
    }
    for note in import["notCarriedOver"].as_array().into_iter().flatten() {
        output::note(format_args!(
            "not carried over: {} ({} in all, first in {:?})",
            text(note, "what"),
            note["count"],
            text(note, "first")
        ));
    }
}

fn bytes_of(file: &Path) -> anyhow::Result<Vec<u8>> {
    let failed = || format!("read {}", file.display());
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        let mut stdin = std::io::stdin().lock();
        std::io::Read::read_to_end(&mut stdin, &mut bytes).context("read stdin")?;
        return Ok(bytes);
    }
    if file.is_dir() {
        return zipped(file).with_context(failed);
    }
    std::fs::read(file).with_context(failed)
}

/// The files of a folder as an archive, which the server reads as the folder.
fn zipped(folder: &Path) -> anyhow::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut pending = vec![folder.to_owned()];
    while let Some(inside) = pending.pop() {
        let mut entries = std::fs::read_dir(&inside)?.collect::<Result<Vec<_>, _>>()?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            // Not through links: a link to a folder above would never end.
            let kind = entry.file_type()?;
            if name.to_string_lossy().starts_with('.') || name == "node_modules" {
                continue;
            }
            if kind.is_dir() {
                pending.push(entry.path());
            } else if kind.is_file() {
                let path = entry.path();
                let within = path.strip_prefix(folder)?.to_string_lossy().into_owned();
                archive.start_file(within, SimpleFileOptions::default())?;
                archive.write_all(&std::fs::read(&path)?)?;
            }
        }
    }
    Ok(archive.finish()?.into_inner())
}
