//! What `postern run` takes: newman's options, with newman's meaning, and a few of our own.

mod network;
mod report;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum, value_parser};

pub(super) use self::network::NetworkArgs;
pub(super) use self::report::{ReportArgs, ReporterName};

/// What `postern run` takes.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  postern run collection.json
  postern run collection.json -e staging.json -d rows.csv --folder \"Smoke tests\" --bail
  postern run collection.json -n 1000 --parallel 4 --quiet
  postern run collection.json -r cli,junit,html --reporter-junit-export junit.xml --reporter-html-export run.html
  postern run \"http://127.0.0.1:7676/api/collections/<uid>?apikey=<key>\" -r json --reporter-json-export result.json
  cat collection.json | postern run -

The exit status is 0 when everything passed, 1 when a test, a script or a request failed or the run could not begin, and 2 when the
command line is wrong.")]
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
    /// The key that is sent when the collection or environment comes from the Postman API, or from another Postern.
    #[arg(
        long,
        value_name = "KEY",
        env = "POSTMAN_API_KEY",
        hide_env_values = true
    )]
    pub(super) postman_api_key: Option<String>,

    /// End the run at the first failed test, request or script; with `folder`, also when a folder is not there.
    #[arg(
        long,
        value_name = "folder|failure",
        num_args = 0..=1,
        require_equals = false,
        default_missing_value = "failure",
        value_delimiter = ',',
        help_heading = "How it goes"
    )]
    pub(super) bail: Vec<Bail>,
    /// The longest that the whole run may take, in milliseconds; 0 for no limit.
    #[arg(long, value_name = "MS", help_heading = "How it goes")]
    timeout: Option<u64>,
    /// The longest that one request may take, in milliseconds; 0 for no limit.
    #[arg(long, value_name = "MS", help_heading = "How it goes")]
    timeout_request: Option<u64>,
    /// The longest that one script may take, in milliseconds [default: one minute].
    #[arg(long, value_name = "MS", help_heading = "How it goes")]
    timeout_script: Option<u64>,
    /// The pause between two requests, in milliseconds.
    #[arg(
        long,
        value_name = "MS",
        default_value_t = 0,
        help_heading = "How it goes"
    )]
    delay_request: u64,
    /// Spread the iterations over this many workers; what they report comes in the order of the iterations. Each iteration then begins
    /// with the variables and cookies of the start, not with what the one before left.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = value_parser!(u16).range(1..=256), help_heading = "How it goes")]
    pub(super) parallel: u16,
    /// Shuffle the requests of each iteration, in an order that this number gives.
    #[arg(long, value_name = "SEED", help_heading = "How it goes")]
    pub(super) shuffle_seed: Option<u64>,
    /// Run again whenever the collection's file, or one that it is run with, changes.
    #[arg(long, help_heading = "How it goes")]
    pub(super) watch: bool,
    /// End with status 0 whatever failed, as newman does: also where a file could not be read.
    #[arg(short = 'x', long, help_heading = "How it goes")]
    pub(super) suppress_exit_code: bool,

    /// Write the environment to this file at the end.
    #[arg(long, value_name = "FILE", help_heading = "What is left")]
    pub(super) export_environment: Option<PathBuf>,
    /// Write the globals to this file at the end.
    #[arg(long, value_name = "FILE", help_heading = "What is left")]
    pub(super) export_globals: Option<PathBuf>,
    /// Write the collection to this file at the end, with its variables as they are then.
    #[arg(long, value_name = "FILE", help_heading = "What is left")]
    pub(super) export_collection: Option<PathBuf>,

    #[command(flatten)]
    pub(super) network: NetworkArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
}

/// What ends a run early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Bail {
    /// A folder that isn't there.
    Folder,
    /// The first failure.
    Failure,
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
