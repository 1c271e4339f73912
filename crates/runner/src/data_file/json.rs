//! Rows of a JSON file.

use postern_collection::{is_blank, parse_json};
use serde_json::Value;

use super::{DataError, Row};

const EXPECTED: &str = "an array of objects, one for each iteration";

/// The rows; `None` where the text isn't JSON and isn't meant as JSON.
pub(super) fn rows(text: &str) -> Option<Result<Vec<Row>, DataError>> {
    // A table of JSON would be one as CSV too: newman looks at JSON first.
    let value = match parse_json(text.as_bytes()) {
        Ok(value) => value,
        Err(error) => return is_meant(text).then_some(Err(error.into())),
    };
    match value {
        // newman takes these for CSV: a line of names without a row.
        Value::Null | Value::Bool(false) => None,
        Value::String(text) if text.is_empty() => None,
        Value::Number(number) if number.as_f64() == Some(0.0) => None,
        Value::Array(list) => Some(rows_of(text, list)),
        Value::Object(row) => Some(Ok(vec![row])),
        other => {
            let start = text.len() - text.trim_start_matches(is_blank).len();
            Some(Err(DataError::at(
                text,
                start,
                "JSON",
                EXPECTED,
                kind(&other),
            )))
        }
    }
}

fn rows_of(text: &str, list: Vec<Value>) -> Result<Vec<Row>, DataError> {
    let row = |(at, entry)| match entry {
        Value::Object(row) => Ok(row),
        Value::Null => Ok(Row::new()),
        other => Err(DataError::at(
            text,
            place(text, at),
            "JSON",
            EXPECTED,
            kind(&other),
        )),
    };
    list.into_iter().enumerate().map(row).collect()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Whether a text that isn't JSON begins as nothing but JSON does: read as CSV it would give rows that nobody meant.
fn is_meant(text: &str) -> bool {
    let mut letters = text.chars().filter(|&letter| !is_blank(letter));
    match (letters.next(), letters.next()) {
        (Some('['), next) => matches!(next, None | Some('{' | '[' | ']' | '"' | '/')),
        (Some('{'), next) => matches!(next, None | Some('}' | '"' | '/')),
        _ => false,
    }
}

/// Where an entry of the outermost list begins, in bytes. The text is known to be JSON.
fn place(text: &str, entry: usize) -> usize {
    let (mut depth, mut commas, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for (at, letter) in text.char_indices() {
        if in_text {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_text = false,
                _ => {}
            }
            continue;
        }
        if depth == 1 && commas == entry && !is_blank(letter) {
            return at;
        }
        match letter {
            '"' => in_text = true,
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 1 => commas += 1,
            _ => {}
        }
    }
    text.len()
}
