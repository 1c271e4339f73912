//! The file: TOML, flattened to settings, with unknown names told.

use std::collections::BTreeMap;
use std::path::Path;

use toml::{Table, Value};

use super::{ConfigError, SETTINGS};

/// What is in no more than this many changes of a known name was probably meant as that.
const TYPOS: usize = 3;

/// The settings of a file, each as text. Lists are joined by commas, as in the environment.
pub(crate) fn settings_of(
    path: &Path,
    text: &str,
) -> Result<BTreeMap<&'static str, String>, ConfigError> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error
            .span()
            .map(|span| text[..span.start.min(text.len())].lines().count().max(1));
        let at = line.map_or_else(String::new, |line| format!("line {line}: "));
        ConfigError::NotToml {
            path: path.to_owned(),
            problem: format!("{at}{}", error.message()),
        }
    })?;
    let mut found = BTreeMap::new();
    flatten(path, "", &table, &mut found)?;
    Ok(found)
}

fn flatten(
    path: &Path,
    prefix: &str,
    table: &Table,
    found: &mut BTreeMap<&'static str, String>,
) -> Result<(), ConfigError> {
    for (name, value) in table {
        let key = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}.{name}")
        };
        if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) {
            let text = text_of(value).ok_or_else(|| ConfigError::NotToml {
                path: path.to_owned(),
                problem: format!("{key} can't be {}", kind_of(value)),
            })?;
            found.insert(setting.key, text);
        } else if let (Value::Table(inner), true) = (value, is_section(&key)) {
            flatten(path, &key, inner, found)?;
        } else {
            return Err(ConfigError::Unknown {
                path: path.to_owned(),
                suggestion: nearest(&key),
                key,
            });
        }
    }
    Ok(())
}

fn is_section(key: &str) -> bool {
    let inside = format!("{key}.");
    SETTINGS
        .iter()
        .any(|setting| setting.key.starts_with(&inside))
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(flag) => Some(flag.to_string()),
        Value::Array(items) => items
            .iter()
            .map(Value::as_str)
            .collect::<Option<Vec<_>>>()
            .map(|texts| texts.join(",")),
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => None,
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Integer(_) | Value::Float(_) => "a number of this kind",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list of anything but texts",
        Value::Table(_) => "a section",
    }
}

/// The known setting, or section, that is nearest to the name; also found by its last word alone.
fn nearest(key: &str) -> Option<String> {
    let last = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
    let mut names: Vec<String> = Vec::new();
    for setting in SETTINGS {
        names.push(setting.key.to_owned());
        let mut section = setting.key;
        while let Some((outer, _)) = section.rsplit_once('.') {
            names.push(outer.to_owned());
            section = outer;
        }
    }
    names
        .into_iter()
        .map(|name| {
            let whole = distance(key, &name);
            let words = distance(&last(key), &last(&name));
            (whole.min(words + usize::from(whole > TYPOS)), name)
        })
        .filter(|(distance, _)| *distance <= TYPOS)
        .min()
        .map(|(_, name)| name)
}

/// How many characters to change, add or leave out to make one word of the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
