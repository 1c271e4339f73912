//! What a run leaves in files.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use postern_collection::VariableScope;
use postern_model::Clock as _;
use postern_runner::{Plan, Summary};
use serde_json::{Value, json};

use super::RunArgs;
use crate::clock::SystemClock;

/// The file's name where none is given, or only its folder.
pub(super) struct Default {
    name: String,
    ending: &'static str,
}

impl Default {
    /// A report's, which newman puts in a folder of its own.
    pub(super) fn report(ending: &'static str) -> Self {
        Self {
            name: "newman-run-report".to_owned(),
            ending,
        }
    }

    fn file(&self) -> String {
        let now = SystemClock.now().to_utc().format("%Y-%m-%d-%H-%M-%S-%3f");
        format!("{}-{now}-0.{}", self.name, self.ending)
    }

    /// Where a file goes: what was asked for, within it where it is a folder, or newman's place.
    fn place(&self, wanted: Option<&Path>) -> PathBuf {
        match wanted {
            None => Path::new("newman").join(self.file()),
            Some(path) if path.is_dir() || path.as_os_str().to_string_lossy().ends_with('/') => {
                path.join(self.file())
            }
            Some(path) => path.to_owned(),
        }
    }
}

/// Writes JSON.
pub(super) fn json(wanted: Option<&Path>, default: &Default, value: &Value) -> anyhow::Result<()> {
    write(&default.place(wanted), |out| {
        serde_json::to_writer_pretty(out, value).map_err(std::io::Error::from)
    })
}

/// Writes text.
pub(super) fn text(wanted: Option<&Path>, default: &Default, text: &str) -> anyhow::Result<()> {
    write(&default.place(wanted), |out| out.write_all(text.as_bytes()))
}

/// Writes the variables, and the collection with its own, as they are at the end.
pub(super) fn variables(args: &RunArgs, plan: &Plan, summary: &Summary) -> anyhow::Result<()> {
    let default = |name: &str| Default {
        name: format!("newman-{name}"),
        ending: "json",
    };
    if let Some(path) = &args.export_environment {
        let name = plan
            .environment
            .as_ref()
            .map_or("environment", |it| it.name());
        let document = scope("environment", name, &summary.environment);
        json(Some(path), &default("environment"), &document)?;
    }
    if let Some(path) = &args.export_globals {
        let name = plan.globals.as_ref().map_or("globals", |it| it.name());
        let document = scope("globals", name, &summary.globals);
        json(Some(path), &default("globals"), &document)?;
    }
    if let Some(path) = &args.network.export_cookie_jar {
        json(
            Some(path),
            &default("cookie-jar"),
            &summary.cookies.export(),
        )?;
    }
    if let Some(path) = &args.export_collection {
        let mut document = plan.document.value().clone();
        document["variable"] = values(&summary.collection_variables);
        json(Some(path), &default("collection"), &document)?;
    }
    Ok(())
}

fn scope(kind: &str, name: &str, scope: &VariableScope) -> Value {
    json!({
        "name": name,
        "values": values(scope),
        "_postman_variable_scope": kind,
        "_postman_exported_at": SystemClock.now().to_utc().to_rfc3339(),
        "_postman_exported_using": concat!("Postern/", env!("CARGO_PKG_VERSION")),
    })
}

fn values(scope: &VariableScope) -> Value {
    let values = scope.iter();
    values
        .map(|(key, value)| json!({"type": "any", "value": value, "key": key}))
        .collect()
}

/// Writes a file, and makes the folders that it lies in.
fn write(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("make the folder {}", folder.display()))?;
    }
    let mut out = BufWriter::new(
        File::create(path).with_context(|| format!("write the file {}", path.display()))?,
    );
    fill(&mut out)
        .and_then(|()| out.flush())
        .with_context(|| format!("write the file {}", path.display()))
}
