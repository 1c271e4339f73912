//! What other tools keep, as Postman collections and environments: OpenAPI, cURL, HAR, Insomnia, Bruno, and Postman's own exports.
//!
//! Pure: bytes in, documents out, and a list of what could not be carried over. Nothing is fetched; an archive is opened
//! within bounds.

mod archive;
mod auths;
mod bruno;
mod build;
mod curl;
mod error;
mod har;
mod insomnia;
mod notes;
pub(crate) mod openapi;
mod postman;
mod yaml;

use serde_json::Value;

pub use self::error::ImportError;
pub use self::notes::NotCarriedOver;
pub use self::openapi::{Folders, OpenApiOptions};
pub use self::yaml::write as to_yaml;

use self::notes::Notes;
use crate::{Document, EnvironmentDocument, parse_json};

/// A file as it lies in a folder, an archive or a request's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFile {
    /// Its path, with `/` between the names; only its name and place are looked at.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What tool something came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportFormat {
    /// Postman collections, environments and data dumps.
    Postman,
    /// OpenAPI 3.0 and 3.1, Swagger 2.0.
    OpenApi,
    /// cURL commands.
    Curl,
    /// HTTP archives of browsers.
    Har,
    /// Insomnia exports, versions 4 and 5.
    Insomnia,
    /// Bruno folders and collection exports.
    Bruno,
}

impl ImportFormat {
    /// Its name, as people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Postman => "Postman",
            Self::OpenApi => "OpenAPI",
            Self::Curl => "cURL",
            Self::Har => "HAR",
            Self::Insomnia => "Insomnia",
            Self::Bruno => "Bruno",
        }
    }
}

/// What was in what was imported.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Where it came from; of several formats the first.
    pub format: ImportFormat,
    /// The collections.
    pub collections: Vec<Document>,
    /// The environments.
    pub environments: Vec<EnvironmentDocument>,
    /// Global variables, as `{"key", "value", …}`.
    pub globals: Vec<Value>,
    /// What could not be carried over.
    pub not_carried_over: Vec<NotCarriedOver>,
}

impl Imported {
    fn of(format: ImportFormat) -> Self {
        Self {
            format,
            collections: Vec::new(),
            environments: Vec::new(),
            globals: Vec::new(),
            not_carried_over: Vec::new(),
        }
    }

    fn is_empty(&self) -> bool {
        self.collections.is_empty() && self.environments.is_empty() && self.globals.is_empty()
    }
}

/// The most files at once.
const MAX_FILES: usize = 10_000;

/// Reads whatever these files are: one export of any tool, an archive, or a folder.
pub fn import(files: Vec<ImportFile>, options: OpenApiOptions) -> Result<Imported, ImportError> {
    let files = archive::opened(files)?;
    if files.len() > MAX_FILES {
        return Err(ImportError::TooManyFiles { most: MAX_FILES });
    }
    let mut notes = Notes::default();
    let mut parts = bruno::folders(&files, &mut notes)?;
    let is_folder = !parts.is_empty();
    for file in &files {
        // What lies in a Bruno folder was read with it.
        if is_folder && bruno::is_part(&files, &file.path) {
            continue;
        }
        match one(file, options, &mut notes) {
            Ok(part) => parts.push(part),
            // Of many, one that is of no kind is left out; one alone is what was asked for.
            Err(ImportError::Unknown { .. } | ImportError::Nothing) if files.len() > 1 => {
                notes.add("files that no importer knows", &file.path);
            }
            // Anything may be taken for YAML.
            Err(ImportError::Yaml { .. }) if files.len() > 1 && !is_yaml(&file.path) => {
                notes.add("files that no importer knows", &file.path);
            }
            Err(error) if files.len() > 1 => return Err(error.within(&file.path)),
            Err(error) => return Err(error),
        }
    }
    let mut whole = Imported::of(parts.first().map_or(ImportFormat::Postman, |it| it.format));
    for part in parts {
        whole.collections.extend(part.collections);
        whole.environments.extend(part.environments);
        whole.globals.extend(part.globals);
    }
    whole.not_carried_over = notes.into_list();
    if whole.is_empty() {
        return Err(ImportError::Nothing);
    }
    Ok(whole)
}

fn is_yaml(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    ["yaml", "yml"]
        .iter()
        .any(|it| ending.eq_ignore_ascii_case(it))
}

/// Reads one file.
fn one(
    file: &ImportFile,
    options: OpenApiOptions,
    notes: &mut Notes,
) -> Result<Imported, ImportError> {
    let text = match str::from_utf8(&file.bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').trim_start(),
        // The reader of JSON says where it isn't UTF-8.
        Err(_) => {
            return Err(parse_json(&file.bytes)
                .err()
                .map_or(ImportError::Nothing, Into::into));
        }
    };
    if text.is_empty() {
        return Err(ImportError::Nothing);
    }
    if text.starts_with('{') || text.starts_with('[') {
        return of_value(parse_json(&file.bytes)?, options, notes);
    }
    if curl::is_command(text) {
        return curl::read(text, notes);
    }
    if bruno::is_request(text) {
        return bruno::single(text, notes);
    }
    if text.starts_with('<') {
        return Err(ImportError::Unknown {
            found: "HTML or XML".to_owned(),
        });
    }
    of_value(yaml::read(text)?, options, notes)
}

fn of_value(
    value: Value,
    options: OpenApiOptions,
    notes: &mut Notes,
) -> Result<Imported, ImportError> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    if value.get("openapi").is_some() || value.get("swagger").is_some() {
        return openapi::read(&value, options, notes);
    }
    if value.pointer("/log/entries").is_some() {
        return har::read(&value, notes);
    }
    if text("_type") == "export" && value.get("resources").is_some() {
        return insomnia::v4(&value, notes);
    }
    if text("type").contains("insomnia.rest/5") {
        return insomnia::v5(&value, notes);
    }
    if bruno::is_export(&value) {
        return bruno::export(&value, notes);
    }
    postman::read(value, notes)
}
