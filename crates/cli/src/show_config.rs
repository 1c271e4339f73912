//! `postern config`: what is configured, and where each value comes from.

use crate::args::ConfigArgs;
use crate::config::{self, Config, DEFAULT_FILE, Layers};
use crate::exit::Exit;
use crate::output::{self, Paint, Stream};

/// Prints every setting; fails as `serve` would if one can't be understood.
pub(crate) fn run(args: ConfigArgs) -> anyhow::Result<Exit> {
    if args.default {
        output::text(DEFAULT_FILE);
        return Ok(Exit::Ok);
    }
    let layers = Layers::read(&args.server.into(), &config::environment())?;
    output::text(table(&layers));
    if let Some(path) = layers.file() {
        output::note(format_args!("The file {} was read.", path.display()));
    }
    // After the table, which shows where a wrong value comes from.
    Config::of(&layers)?;
    Ok(Exit::Ok)
}

/// One line for each setting: name, value, origin.
fn table(layers: &Layers) -> String {
    let rows: Vec<(&str, String, String)> = layers
        .all()
        .iter()
        .map(|found| {
            let shown = match found.setting.show(&found.text) {
                empty if empty.is_empty() => "(not set)".to_owned(),
                shown => shown,
            };
            (found.setting.key, shown, found.source.to_string())
        })
        .collect();
    let width = |of: fn(&(&str, String, String)) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let (keys, values) = (
        width(|row| row.0.chars().count()),
        width(|row| row.1.chars().count()),
    );
    let mut table = String::new();
    for (key, value, source) in &rows {
        let source = Stream::Out.paint(Paint::Dim, source);
        table.push_str(&format!("{key:keys$}  {value:values$}  {source}\n"));
    }
    table
}
