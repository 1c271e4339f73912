//! The command line: what `postern` understands, and its help.

mod settings;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use postern_model::Role;

pub(crate) use settings::{ServerFlags, StorageFlags};

use crate::connectors::ConnectorsArgs;
use crate::deliveries::DeliveriesArgs;
use crate::demo::DemoArgs;
use crate::files::{ImportArgs, PullArgs, PushArgs, RestoreArgs};
use crate::run::RunArgs;
use crate::status::StatusArgs;
use crate::users::UsersArgs;
use crate::verify::VerifyArgs;

/// Backups of collections, their changes and their monitors' results, sent as webhooks: a server of your own.
#[derive(Debug, Parser)]
#[command(
    name = "postern",
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "Examples:
  postern demo                         a throw-away server that shows all of it
  postern run collection.json          run a collection, with newman's options
  postern serve                        listen on 127.0.0.1:7676, with the data in ./postern-data
  postern keys create --name ci        a new API key, shown once
  postern connectors list              what integrations can be made with
  postern deliveries list              what was delivered, and what waits
  postern config                       what is configured, and where each value comes from

`postern help <command>` tells more about each."
)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the server
    Serve(ServerFlags),
    /// Show all of it with a throw-away server; Ctrl-C ends it and leaves nothing behind
    Demo(DemoArgs),
    /// Run a collection as newman does
    Run(Box<RunArgs>),
    /// Print what is configured, and where each value comes from
    Config(ConfigArgs),
    /// Bring the database's schema up to date
    Migrate(MigrateArgs),
    /// Manage API keys, directly on the database
    Keys(KeysArgs),
    /// List, invite and let in people, directly on the database
    Users(UsersArgs),
    /// Show how a running server stands: what waits, and how large the database is and will be
    Status(StatusArgs),
    /// Send collections from files to a running server
    Push(PushArgs),
    /// Bring what other tools keep (Postman, OpenAPI, Insomnia, Bruno, cURL, HAR) to a running server
    Import(ImportArgs),
    /// Write collections of a running server into files
    Pull(PullArgs),
    /// Restore a collection from its backup, to a version, or after it was deleted
    Restore(RestoreArgs),
    /// Look at what is delivered, and have it delivered again
    Deliveries(DeliveriesArgs),
    /// Check the signature of a request that a receiver got
    Verify(VerifyArgs),
    /// List what integrations can be made with, show one, or test one that you write
    Connectors(ConnectorsArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Play one monitor's run: the server calls this itself
    #[command(hide = true)]
    RunnerChild(RunnerChildArgs),
    /// Run integrations' transforms: the server calls this itself
    #[command(hide = true)]
    TransformChild(RunnerChildArgs),
}

/// What `postern runner-child` and `postern transform-child` take.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct RunnerChildArgs {
    /// The most MiB of address space
    #[arg(long)]
    pub(crate) memory_mib: u64,
    /// The most seconds of processor time
    #[arg(long)]
    pub(crate) cpu_seconds: u64,
}

/// What `postern config` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern config
  postern config --default > postern.toml      begin a file of your own")]
pub(crate) struct ConfigArgs {
    /// Print the commented default file instead
    #[arg(long)]
    pub(crate) default: bool,
    #[command(flatten)]
    pub(crate) server: ServerFlags,
}

/// What `postern migrate` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern migrate
  postern migrate --database-url postgres://postern@db/postern

`postern serve` does the same when it starts, unless it is told --no-migrate.")]
pub(crate) struct MigrateArgs {
    #[command(flatten)]
    pub(crate) storage: StorageFlags,
}

/// What `postern keys` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern keys create --name ci --role editor")]
pub(crate) struct KeysArgs {
    /// What to do with keys.
    #[command(subcommand)]
    pub(crate) command: KeysCommand,
}

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Make an API key and print it, once
    Create(CreateKeyArgs),
}

/// What `postern keys create` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern keys create
  postern keys create --name ci --role editor
  KEY=$(postern keys create --name script)

The key is printed to stdout and is not kept: only its hash is. With SQLite the server must be stopped meanwhile, because
only one process may use the file; a server that is to have a key from its first start takes POSTERN_BOOTSTRAP_API_KEY.")]
pub(crate) struct CreateKeyArgs {
    /// What to call the key
    #[arg(long, default_value = "Made by postern keys create")]
    pub(crate) name: String,
    /// The most that it may do
    #[arg(long, value_enum, default_value_t = RoleWord::Admin)]
    pub(crate) role: RoleWord,
    #[command(flatten)]
    pub(crate) storage: StorageFlags,
}

/// A role, on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RoleWord {
    /// May read
    Viewer,
    /// May read and change
    Editor,
    /// May do everything
    Admin,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Viewer => Role::Viewer,
            RoleWord::Editor => Role::Editor,
            RoleWord::Admin => Role::Admin,
        }
    }
}

/// What `postern completions` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern completions bash > /etc/bash_completion.d/postern
  postern completions zsh > ~/.zfunc/_postern
  postern completions fish > ~/.config/fish/completions/postern.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
