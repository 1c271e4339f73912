//! What `postern run` takes: newman's options, with newman's meaning.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum, value_parser};

/// What `postern run` takes.
#[derive(Debug, Clone, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch that newman has"
)]
#[command(after_help = "\
Examples:
  postern run collection.json
  postern run collection.json -e staging.json -d rows.csv --folder \"Smoke tests\" --bail
  postern run \"http://127.0.0.1:7676/api/collections/<uid>?apikey=<key>\" --reporters cli,json --reporter-json-export result.json
  cat collection.json | postern run -

The exit status is 0 when everything passed, 1 when a test, a script or a request failed or a file could not be read, and 2 when the command line is wrong.")]
pub(crate) struct RunArgs {
    /// The collection: a file, a URL, or - for standard input.
    pub(super) collection: String,
    /// The environment: a file or a URL.
    #[arg(short, long, value_name = "FILE|URL")]
    pub(super) environment: Option<String>,
    /// The globals: a file or a URL.
    #[arg(short, long, value_name = "FILE|URL")]
    pub(super) globals: Option<String>,
    /// Rows of data, one for each iteration: JSON or CSV, a file or a URL.
    #[arg(short = 'd', long, value_name = "FILE|URL")]
    pub(super) iteration_data: Option<String>,
    /// How many iterations [default: one for each row of data, or 1].
    #[arg(short = 'n', long, value_name = "N", value_parser = value_parser!(u32).range(1..))]
    pub(super) iteration_count: Option<u32>,
    /// Run only this folder or request, by name or id; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub(super) folder: Vec<String>,
    /// Set a variable of the environment; may be given several times.
    #[arg(long, value_name = "KEY=VALUE", value_parser = Setting::parse)]
    pub(super) env_var: Vec<Setting>,
    /// Set a global variable; may be given several times.
    #[arg(long, value_name = "KEY=VALUE", value_parser = Setting::parse)]
    pub(super) global_var: Vec<Setting>,
    /// End the run at the first failure.
    #[arg(long)]
    pub(super) bail: bool,
    /// The longest that the whole run may take, in milliseconds.
    #[arg(long, value_name = "MS")]
    timeout: Option<u64>,
    /// The longest that one request may take, in milliseconds.
    #[arg(long, value_name = "MS")]
    timeout_request: Option<u64>,
    /// The longest that one script may take, in milliseconds.
    #[arg(long, value_name = "MS")]
    timeout_script: Option<u64>,
    /// The pause between two requests, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 0)]
    delay_request: u64,
    /// Don't verify certificates.
    #[arg(short = 'k', long)]
    pub(super) insecure: bool,
    /// Don't follow redirects.
    #[arg(long)]
    pub(super) ignore_redirects: bool,
    /// Who reports: cli, json, or both.
    #[arg(
        short,
        long,
        value_delimiter = ',',
        value_name = "NAME,…",
        default_value = "cli"
    )]
    pub(super) reporters: Vec<ReporterName>,
    /// Where the JSON report goes: a file, or a folder in which it gets a name [default: newman].
    #[arg(long, value_name = "FILE|FOLDER")]
    pub(super) reporter_json_export: Option<PathBuf>,
    /// Print nothing.
    #[arg(long)]
    pub(super) silent: bool,
    /// When to use colours.
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    /// End with status 0 whatever failed, as newman does: also where a file could not be read.
    #[arg(short = 'x', long)]
    pub(super) suppress_exit_code: bool,
}

impl RunArgs {
    pub(super) fn timeout(&self) -> Option<Duration> {
        positive(self.timeout)
    }

    pub(super) fn timeout_request(&self) -> Option<Duration> {
        positive(self.timeout_request)
    }

    pub(super) fn timeout_script(&self) -> Option<Duration> {
        positive(self.timeout_script)
    }

    pub(super) fn delay(&self) -> Duration {
        Duration::from_millis(self.delay_request)
    }
}

/// newman takes 0 for "no limit".
fn positive(millis: Option<u64>) -> Option<Duration> {
    millis
        .filter(|&millis| millis > 0)
        .map(Duration::from_millis)
}

/// A reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReporterName {
    /// For people, in the terminal.
    Cli,
    /// newman's summary, in a file.
    Json,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// Always.
    On,
    /// Never.
    Off,
    /// On a terminal.
    Auto,
}

impl Color {
    pub(super) fn is_on(self, terminal: bool) -> bool {
        match self {
            Self::On => true,
            Self::Off => false,
            Self::Auto => terminal,
        }
    }
}

/// A variable that the command line sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(super) key: String,
    pub(super) value: String,
}

impl Setting {
    /// The value may hold further equals signs.
    fn parse(text: &str) -> Result<Self, &'static str> {
        match text.split_once('=') {
            Some((key, value)) if !key.is_empty() => Ok(Self {
                key: key.to_owned(),
                value: value.to_owned(),
            }),
            _ => Err("expected KEY=VALUE"),
        }
    }
}
