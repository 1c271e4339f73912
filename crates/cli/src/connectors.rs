//! `postern connectors`: the catalogue, and the tests of those who add to it.

mod contract;
mod page;
mod trial;

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use postern_catalogue::{Category, Connector};

use crate::exit::Exit;
use crate::output;

/// What `postern connectors` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern connectors list                    what integrations can be made with
  postern connectors show slack              what Slack's form asks for, and how to make an integration by the API
  postern connectors test connectors/slack   run a connector's golden files, without a server")]
pub(crate) struct ConnectorsArgs {
    /// What to do with connectors.
    #[command(subcommand)]
    command: ConnectorsCommand,
}

#[derive(Debug, Subcommand)]
enum ConnectorsCommand {
    /// List what integrations can be made with
    List(ListArgs),
    /// Tell all about a connector: what it sends, what to do at the service, and its form
    Show(ShowArgs),
    /// Run the golden files of connectors in folders, for those who write one
    Test(TestArgs),
}

/// What `postern connectors list` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern connectors list
  postern connectors list --category chat")]
struct ListArgs {
    /// Only those of this category: chat, alerting, metrics, backup, automation or email
    #[arg(long, value_parser = category)]
    category: Option<Category>,
}

fn category(word: &str) -> Result<Category, String> {
    let found = Category::ALL.into_iter().find(|it| it.as_str() == word);
    found.ok_or_else(|| {
        let words = Category::ALL.map(Category::as_str).join(", ");
        format!("expected one of {words}")
    })
}

/// What `postern connectors show` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern connectors show pagerduty")]
struct ShowArgs {
    /// The connector's id, as the list has it
    id: String,
}

/// What `postern connectors test` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern connectors test                            all of ./connectors
  postern connectors test connectors/slack --bless   write its golden files anew; read what has changed

Exits with 0 if each request that comes out is what the golden file says and fits contract.json, and with 1 if not.")]
struct TestArgs {
    /// The folder of one connector, or of all
    #[arg(default_value = "connectors")]
    folder: PathBuf,
    /// Write the golden files anew
    #[arg(long)]
    bless: bool,
}

pub(crate) fn run(args: &ConnectorsArgs) -> anyhow::Result<Exit> {
    match &args.command {
        ConnectorsCommand::List(args) => list(args.category),
        ConnectorsCommand::Show(args) => show(&args.id)?,
        ConnectorsCommand::Test(args) => return trial::all(&args.folder, args.bless),
    }
    Ok(Exit::Ok)
}

fn list(only: Option<Category>) {
    let categories = Category::ALL.into_iter();
    for category in categories.filter(|it| only.is_none_or(|only| only == *it)) {
        let mut some = postern_catalogue::all()
            .iter()
            .filter(|connector| connector.category() == category)
            .peekable();
        if some.peek().is_none() {
            continue;
        }
        output::line(format!("{}:", page::title(category)));
        for connector in some {
            let (id, name) = (connector.id(), connector.name());
            output::line(format!("  {id:<24} {name:<24} {}", connector.summary()));
        }
    }
}

fn show(id: &str) -> anyhow::Result<()> {
    let connector = named(id)?;
    output::line(page::page(connector).trim_end());
    Ok(())
}

fn named(id: &str) -> anyhow::Result<&'static Connector> {
    if let Some(connector) = postern_catalogue::find(id) {
        return Ok(connector);
    }
    let near = postern_catalogue::all()
        .iter()
        .find(|it| it.name().eq_ignore_ascii_case(id) || it.id().contains(&id.to_lowercase()));
    match near {
        Some(near) => bail!("find the connector {id:?}: did you mean {}?", near.id()),
        None => None.with_context(|| {
            format!("find the connector {id:?}: `postern connectors list` has them all")
        }),
    }
}
