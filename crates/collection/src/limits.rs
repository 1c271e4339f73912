//! What a document may be at most.

use serde_json::Value;

use crate::ParseError;
use crate::node::children;

/// The largest document in bytes: 30 MiB, as Postman's API takes it.
pub const MAX_BYTES: usize = 30 * 1024 * 1024;
/// How deep a document may be nested.
pub const MAX_DEPTH: usize = 256;
/// How many folders, requests and saved responses a document may hold.
pub const MAX_ITEMS: usize = 10_000;
/// How many characters a name may have.
pub const MAX_NAME_CHARS: usize = 255;

/// Refuses text that nests deeper than [`MAX_DEPTH`] before a parser recurses into it.
pub(crate) fn check_depth(bytes: &[u8]) -> Result<(), ParseError> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for &byte in bytes {
        if in_text {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_text = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'[' | b'{' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(ParseError::TooDeep);
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// Refuses a value that nests deeper than [`MAX_DEPTH`]; for values that did not come as text.
pub(crate) fn check_value_depth(value: &Value) -> Result<(), ParseError> {
    let mut pending = vec![(value, 1_usize)];
    while let Some((value, depth)) = pending.pop() {
        if depth > MAX_DEPTH && (value.is_array() || value.is_object()) {
            return Err(ParseError::TooDeep);
        }
        match value {
            Value::Array(values) => pending.extend(values.iter().map(|value| (value, depth + 1))),
            Value::Object(fields) => {
                pending.extend(fields.values().map(|value| (value, depth + 1)));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Checks the number of items, their shape and their names.
pub(crate) fn check_items(document: &Value) -> Result<(), ParseError> {
    let mut count = 0_usize;
    let mut pending = vec![(document, String::new())];
    while let Some((node, path)) = pending.pop() {
        for (list, key) in [
            (node.get("item"), "item"),
            (node.get("response"), "response"),
        ] {
            let Some(list) = list else { continue };
            if key == "response" && list.is_null() {
                continue;
            }
            let here = format!("{path}.{key}");
            let Some(list) = list.as_array() else {
                return Err(ParseError::shape(here, "an array", list));
            };
            for (index, child) in list.iter().enumerate() {
                let here = format!("{here}[{index}]");
                count += 1;
                if count > MAX_ITEMS {
                    return Err(ParseError::TooManyItems);
                }
                let Some(fields) = child.as_object() else {
                    return Err(ParseError::shape(here, "an object", child));
                };
                if let Some(name) = fields.get("name") {
                    check_name(name, &here)?;
                }
                if children(child).is_some() || key == "item" {
                    pending.push((child, here));
                }
            }
        }
    }
    Ok(())
}

/// Checks one name.
pub(crate) fn check_name(name: &Value, owner: &str) -> Result<(), ParseError> {
    match name {
        Value::String(text) if text.chars().count() > MAX_NAME_CHARS => {
            Err(ParseError::NameTooLong {
                path: format!("{owner}.name").trim_start_matches('.').to_owned(),
            })
        }
        Value::String(_) | Value::Null => Ok(()),
        other => Err(ParseError::shape(
            format!("{owner}.name"),
            "a string",
            other,
        )),
    }
}
