//! The reporters that were asked for.

use std::io::{Stderr, Stdout, stderr, stdout};

use postern_model::Clock as _;
use postern_runner::report::{
    CliOptions, CliReporter, GithubReporter, HtmlReporter, JsonReporter, JunitReporter,
    ProgressReporter,
};
use postern_runner::{Observer, RunEvent};

use super::RunArgs;
use super::args::{ReportArgs, ReporterName};
use super::export::{self, Default};
use crate::clock::SystemClock;
use crate::output::Stream;

/// All of them, as one.
pub(super) struct Reporters {
    cli: Option<CliReporter<Stdout>>,
    json: Option<JsonReporter>,
    junit: Option<JunitReporter>,
    html: Option<HtmlReporter>,
    progress: Option<ProgressReporter<Stderr>>,
    github: Option<GithubReporter<Stdout>>,
}

impl Reporters {
    pub(super) fn new(args: &RunArgs) -> Self {
        let told = &args.report;
        let wants = |name| told.reporters.contains(&name);
        let cli = wants(ReporterName::Cli) && !told.silent && !told.reporter_cli_silent;
        // Who sees only failures still wants to see that it goes on.
        let watched = cli && told.quiet && Stream::Err.is_terminal();
        let progress = (wants(ReporterName::Progress) || watched) && !told.silent;
        // Where the collection is a file, failures are shown beside it.
        let file = std::path::Path::new(&args.collection).is_file();
        Self {
            // Not buffered any further: people watch a run while it goes on.
            cli: cli.then(|| CliReporter::new(stdout(), options(told))),
            json: wants(ReporterName::Json).then(JsonReporter::new),
            junit: wants(ReporterName::Junit).then(JunitReporter::new),
            html: wants(ReporterName::Html)
                .then(|| HtmlReporter::new(told.reporter_html_title.clone())),
            progress: progress.then(|| ProgressReporter::new(stderr())),
            github: wants(ReporterName::Github)
                .then(|| GithubReporter::new(stdout(), file.then(|| args.collection.clone()))),
        }
    }

    /// Writes what goes to files.
    pub(super) fn finish(self, told: &ReportArgs) -> anyhow::Result<()> {
        if let Some(json) = self.json {
            let path = told.reporter_json_export.as_deref();
            export::json(path, &Default::report("json"), &json.into_report())?;
        }
        if let Some(junit) = self.junit {
            let path = told.reporter_junit_export.as_deref();
            export::text(path, &Default::report("xml"), &junit.into_report())?;
        }
        if let Some(html) = self.html {
            let path = told.reporter_html_export.as_deref();
            export::text(path, &Default::report("html"), &html.into_report())?;
        }
        Ok(())
    }
}

fn options(told: &ReportArgs) -> CliOptions {
    CliOptions {
        color: told.color.is_on(Stream::Out.is_coloured()),
        verbose: told.verbose,
        ascii: told.disable_unicode,
        quiet: told.quiet,
        no_banner: told.reporter_cli_no_banner,
        no_summary: told.reporter_cli_no_summary,
        no_failures: told.reporter_cli_no_failures,
        no_assertions: told.reporter_cli_no_assertions,
        no_success_assertions: told.reporter_cli_no_success_assertions,
        no_console: told.reporter_cli_no_console,
        timestamps: told
            .reporter_cli_show_timestamps
            .then_some(|| SystemClock.now().0),
    }
}

impl Observer for Reporters {
    fn on(&mut self, event: &RunEvent<'_>) {
        let all: [Option<&mut dyn Observer>; 6] = [
            // The line that is written over ends before the totals begin.
            self.progress.as_mut().map(|it| it as _),
            self.cli.as_mut().map(|it| it as _),
            self.json.as_mut().map(|it| it as _),
            self.junit.as_mut().map(|it| it as _),
            self.html.as_mut().map(|it| it as _),
            self.github.as_mut().map(|it| it as _),
        ];
        for reporter in all.into_iter().flatten() {
            reporter.on(event);
        }
    }
}
