//! YAML, within bounds: aliases that multiply are refused before they fill the memory.

use serde_json::Value;
use serde_saphyr::{Options, budget::Budget};

use super::ImportError;
use crate::limits::{MAX_BYTES, MAX_DEPTH};

/// Reads a YAML document.
pub(super) fn read(text: &str) -> Result<Value, ImportError> {
    if text.len() > MAX_BYTES {
        return Err(crate::ParseError::TooLarge { bytes: text.len() }.into());
    }
    let mut budget = Budget::default();
    budget.max_depth = MAX_DEPTH;
    budget.max_nodes = 2_000_000;
    budget.max_events = 4_000_000;
    budget.max_total_scalar_bytes = MAX_BYTES;
    let mut options = Options::default();
    options.budget = Some(budget);
    // As YAML 1.2 has it: `no` is a word, `false` a truth.
    options.strict_booleans = true;
    let value = serde_saphyr::from_str_with_options::<Value>(text, options);
    let value = value.map_err(|error| ImportError::Yaml {
        message: first_line(&error.to_string()),
    })?;
    if value.is_object() || value.is_array() {
        return Ok(value);
    }
    Err(ImportError::Unknown {
        found: "plain text".to_owned(),
    })
}

/// Writes a value as YAML.
pub fn write(value: &Value) -> Result<String, ImportError> {
    serde_saphyr::to_string(value).map_err(|error| ImportError::Yaml {
        message: first_line(&error.to_string()),
    })
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.chars().take(300).collect()
}
