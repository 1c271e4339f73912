//! Insomnia's templates: `{{ _.host }}` is `{{host}}`; tags that compute something have no counterpart, but for a few.

use serde_json::Value;

use super::super::notes::Notes;

/// A text with its variables as Postman writes them.
pub(super) fn open(text: &str, notes: &mut Notes, place: &str) -> String {
    let mut opened = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        opened.push_str(&rest[..at]);
        let is_tag = rest[at..].starts_with("{%");
        let close = if is_tag { "%}" } else { "}}" };
        let inner = &rest[at + 2..];
        let Some(end) = inner.find(close) else {
            opened.push_str(&rest[at..]);
            return opened;
        };
        let said = inner[..end].trim().trim_matches('-').trim();
        if is_tag {
            opened.push_str(&tag(said, notes, place));
        } else {
            opened.push_str(&variable(said, notes, place));
        }
        rest = &inner[end + 2..];
    }
    opened.push_str(rest);
    opened
}

fn variable(said: &str, notes: &mut Notes, place: &str) -> String {
    let (name, filter) = said.split_once('|').unwrap_or((said, ""));
    if !filter.is_empty() {
        notes.add("filters of templates", place);
    }
    let name = name.trim();
    let name = name
        .strip_prefix("_.")
        .or_else(|| name.strip_prefix("_['"))
        .unwrap_or(name);
    format!("{{{{{}}}}}", name.trim_end_matches("']"))
}

fn tag(said: &str, notes: &mut Notes, place: &str) -> String {
    let name = said.split([' ', '\'', '"']).next().unwrap_or_default();
    match name {
        "uuid" => "{{$guid}}".to_owned(),
        "now" if said.contains("unix") || said.contains("millis") => "{{$timestamp}}".to_owned(),
        "now" => "{{$isoTimestamp}}".to_owned(),
        _ => {
            notes.add(format!("the template tag {name}"), place);
            format!("{{% {said} %}}")
        }
    }
}

/// The same for each text within a value.
pub(super) fn in_value(value: Value, notes: &mut Notes, place: &str) -> Value {
    match value {
        Value::String(text) => open(&text, notes, place).into(),
        Value::Array(values) => values
            .into_iter()
            .map(|value| in_value(value, notes, place))
            .collect(),
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(key, value)| (key, in_value(value, notes, place)))
                .collect(),
        ),
        other => other,
    }
}
