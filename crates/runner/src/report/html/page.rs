//! The page itself.

use std::fmt::Write as _;

use super::escape::Text;
use super::{HtmlReporter, Message, Row};
use crate::Summary;
use crate::report::words::{bytes, duration, full_name, iso, millis};

const STYLE: &str = include_str!("style.css");
const FILTER: &str = include_str!("filter.js");

/// Writes the page. Writing to a string can't fail, so what `write!` gives is passed over.
pub(super) fn write(report: &HtmlReporter, summary: &Summary) -> String {
    let mut page = String::with_capacity(64 * 1024);
    let title = report.title.as_deref().unwrap_or(&report.name);
    let verdict = if summary.failed() { "failed" } else { "passed" };
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}: {verdict}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1><span class=\"verdict {verdict}\">{verdict}</span> {title}</h1>\n\
         <p>{} · {}</p>\n</header>\n<main>\n",
        iso(summary.started),
        duration(summary.duration),
        title = Text(title),
    );
    tiles(&mut page, summary);
    if summary.aborted {
        page.push_str(
            "<p class=\"note\">The run was aborted: it was stopped, or took too long.</p>\n",
        );
    }
    filters(&mut page, report);
    let mut iteration = None;
    let mut folder = None;
    for row in &report.rows {
        if report.iterations > 1 && iteration != Some(row.iteration) {
            let _ = writeln!(
                page,
                "<h2>Iteration {} of {}</h2>",
                row.iteration + 1,
                report.iterations
            );
            iteration = Some(row.iteration);
            folder = None;
        }
        let path = row.location.get(..row.location.len().saturating_sub(1));
        let path = full_name(path.unwrap_or_default());
        if folder.as_ref() != Some(&path) {
            if !path.is_empty() {
                let _ = writeln!(page, "<h3>{}</h3>", Text(&path));
            }
            folder = Some(path);
        }
        exchange(&mut page, row);
    }
    page.push_str("<p id=\"none\" hidden>Nothing fits the filter.</p>\n");
    if report.left_out > 0 {
        let _ = writeln!(
            page,
            "<p class=\"note\">{} more requests passed and are not shown.</p>",
            report.left_out
        );
    }
    let _ = write!(
        page,
        "</main>\n<footer>Postern {}</footer>\n<script>\n{FILTER}</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    );
    page
}

fn tiles(page: &mut String, summary: &Summary) {
    let failed = |count: u64| if count > 0 { "bad" } else { "" };
    let of = |count: crate::Count| format!("{} of {}", count.failed, count.total);
    let tiles = [
        ("iterations", summary.iterations.total.to_string(), ""),
        (
            "requests failed",
            of(summary.requests),
            failed(summary.requests.failed),
        ),
        (
            "tests failed",
            of(summary.assertions),
            failed(summary.assertions.failed),
        ),
        (
            "scripts failed",
            (summary.test_scripts.failed + summary.prerequest_scripts.failed).to_string(),
            failed(summary.test_scripts.failed + summary.prerequest_scripts.failed),
        ),
        ("tests skipped", summary.skipped.to_string(), ""),
        (
            "average answer",
            format!("{:.0}ms", summary.times.average()),
            "",
        ),
        ("received", bytes(summary.received), ""),
    ];
    page.push_str("<dl class=\"tiles\">\n");
    for (name, value, class) in tiles {
        let _ = writeln!(
            page,
            "<div class=\"{class}\"><dt>{name}</dt><dd>{value}</dd></div>"
        );
    }
    page.push_str("</dl>\n");
}

fn filters(page: &mut String, report: &HtmlReporter) {
    let failed = report.rows.iter().filter(|row| row.failed()).count();
    let counts = [
        ("all", report.rows.len()),
        ("failed", failed),
        ("passed", report.rows.len() - failed),
    ];
    page.push_str("<form id=\"filters\">\n");
    for (name, count) in counts {
        let checked = if name == "all" { " checked" } else { "" };
        let _ = writeln!(
            page,
            "<label><input type=\"radio\" name=\"show\" value=\"{name}\"{checked}> {name} <b>{count}</b></label>"
        );
    }
    page.push_str(
        "<input type=\"search\" name=\"text\" placeholder=\"Filter by name, address or test\" aria-label=\"Filter\">\n</form>\n",
    );
}

fn exchange(page: &mut String, row: &Row) {
    let (verdict, open) = if row.failed() {
        ("failed", " open")
    } else {
        ("passed", "")
    };
    let name = row.location.last().map_or("", String::as_str);
    let _ = write!(
        page,
        "<details class=\"request {verdict}\"{open}>\n<summary><span class=\"method\">{}</span> <b>{}</b> \
         <span class=\"address\">{}</span> <span class=\"figures\">",
        Text(&row.method),
        Text(name),
        Text(&row.url),
    );
    match &row.status {
        Some((code, reason)) => {
            let _ = write!(
                page,
                "{code} {}, {}, {}",
                Text(reason),
                bytes(row.size as u64),
                millis(row.time_ms)
            );
        }
        None => page.push_str("no answer"),
    }
    page.push_str("</span></summary>\n");
    if let Some(error) = &row.error {
        let _ = writeln!(page, "<p class=\"error\">{}</p>", Text(error));
    }
    for (place, cause) in &row.broken {
        let _ = writeln!(
            page,
            "<p class=\"error\">{place}: {}: {}</p>",
            Text(&cause.name),
            Text(&cause.message)
        );
    }
    tests(page, row);
    if !row.console.is_empty() {
        let _ = writeln!(
            page,
            "<h4>Console</h4>\n<pre>{}</pre>",
            Text(&row.console.join("\n"))
        );
    }
    message(page, "Request", &row.sent);
    if row.status.is_some() {
        message(page, "Response", &row.received);
    }
    page.push_str("</details>\n");
}

fn tests(page: &mut String, row: &Row) {
    if row.tests.is_empty() {
        return;
    }
    page.push_str("<ul class=\"tests\">\n");
    for test in &row.tests {
        let name = Text(&test.name);
        let _ = match &test.error {
            Some(error) => writeln!(
                page,
                "<li class=\"failed\">{name}<br><code>{}: {}</code></li>",
                Text(&error.name),
                Text(&error.message)
            ),
            None if test.skipped => writeln!(page, "<li class=\"skipped\">{name}</li>"),
            None => writeln!(page, "<li class=\"passed\">{name}</li>"),
        };
    }
    page.push_str("</ul>\n");
}

fn message(page: &mut String, title: &str, message: &Message) {
    let _ = write!(
        page,
        "<details class=\"message\"><summary>{title}</summary>\n<pre>"
    );
    for (name, value) in &message.headers {
        let _ = writeln!(page, "<i>{}:</i> {}", Text(name), Text(value));
    }
    if !message.body.is_empty() {
        let _ = write!(page, "\n{}", Text(&message.body));
    }
    if message.cut {
        let _ = write!(page, "\n<i>… the beginning of it</i>");
    }
    page.push_str("</pre></details>\n");
}
