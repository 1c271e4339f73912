//! What is told of a run, and where.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What is told of a run, and where.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch that newman has"
)]
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "What is told")]
pub(crate) struct ReportArgs {
    /// Who reports; several may be given, with commas between them.
    #[arg(
        short,
        long,
        value_delimiter = ',',
        value_name = "NAME,…",
        default_value = "cli"
    )]
    pub(in crate::run) reporters: Vec<ReporterName>,
    /// Where the JSON report goes [default: newman/newman-run-report-TIME.json].
    #[arg(long, value_name = "FILE")]
    pub(in crate::run) reporter_json_export: Option<PathBuf>,
    /// Where the JUnit report goes [default: newman/newman-run-report-TIME.xml].
    #[arg(long, value_name = "FILE")]
    pub(in crate::run) reporter_junit_export: Option<PathBuf>,
    /// Where the page goes [default: newman/newman-run-report-TIME.html].
    #[arg(long, value_name = "FILE")]
    pub(in crate::run) reporter_html_export: Option<PathBuf>,
    /// What the page is called [default: the collection's name].
    #[arg(long, value_name = "TEXT")]
    pub(in crate::run) reporter_html_title: Option<String>,
    /// In the terminal: no name of the program.
    #[arg(long)]
    pub(in crate::run) reporter_cli_no_banner: bool,
    /// In the terminal: no table of totals.
    #[arg(long)]
    pub(in crate::run) reporter_cli_no_summary: bool,
    /// In the terminal: no list of failures.
    #[arg(long)]
    pub(in crate::run) reporter_cli_no_failures: bool,
    /// In the terminal: no tests.
    #[arg(long)]
    pub(in crate::run) reporter_cli_no_assertions: bool,
    /// In the terminal: no tests that passed.
    #[arg(long)]
    pub(in crate::run) reporter_cli_no_success_assertions: bool,
    /// In the terminal: nothing of what scripts log.
    #[arg(long)]
    pub(in crate::run) reporter_cli_no_console: bool,
    /// In the terminal: the time of each request and test.
    #[arg(long)]
    pub(in crate::run) reporter_cli_show_timestamps: bool,
    /// In the terminal: nothing at all.
    #[arg(long)]
    pub(in crate::run) reporter_cli_silent: bool,
    /// In the terminal: headers, bodies and phases of each exchange.
    #[arg(long)]
    pub(in crate::run) verbose: bool,
    /// In the terminal: only failures and totals.
    #[arg(short, long, conflicts_with = "verbose")]
    pub(in crate::run) quiet: bool,
    /// Print nothing.
    #[arg(long)]
    pub(in crate::run) silent: bool,
    /// When to use colours.
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(in crate::run) color: Color,
    /// Plain letters instead of symbols.
    #[arg(long)]
    pub(in crate::run) disable_unicode: bool,
}

/// Who reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReporterName {
    /// The terminal.
    Cli,
    /// newman's JSON summary.
    Json,
    /// JUnit XML.
    Junit,
    /// One page that needs nothing else.
    Html,
    /// One line that tells how far the run is.
    Progress,
    /// Annotations for GitHub Actions.
    Github,
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
    pub(in crate::run) fn is_on(self, terminal: bool) -> bool {
        match self {
            Self::On => true,
            Self::Off => false,
            Self::Auto => terminal,
        }
    }
}
