//! Data for iterations: JSON or CSV, a row for each.

use serde_json::{Map, Value};
use thiserror::Error;

/// Data that can't be read.
#[derive(Debug, Error)]
pub enum DataError {
    /// It is neither.
    #[error("read the data as JSON: {0}")]
    Json(serde_json::Error),
    /// It is JSON, but no list of rows.
    #[error("read the data: expected a JSON array of objects, and row {row} is none")]
    Row {
        /// Which, from 1.
        row: usize,
    },
    /// It isn't CSV.
    #[error("read the data as CSV: {0}")]
    Csv(#[from] csv::Error),
}

/// Reads rows of data. What begins like JSON is JSON; everything else is CSV with a line of names first.
pub fn read_data(bytes: &[u8]) -> Result<Vec<Map<String, Value>>, DataError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if matches!(first, Some(b'[' | b'{')) {
        let rows: Value = serde_json::from_slice(bytes).map_err(DataError::Json)?;
        let rows = match rows {
            Value::Array(rows) => rows,
            one => vec![one],
        };
        return rows
            .into_iter()
            .enumerate()
            .map(|(at, row)| match row {
                Value::Object(fields) => Ok(fields),
                _ => Err(DataError::Row { row: at + 1 }),
            })
            .collect();
    }
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let names = reader.headers()?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let fields = names
            .iter()
            .zip(record.iter())
            .map(|(name, value)| (name.to_owned(), value_of(value)));
        rows.push(fields.collect());
    }
    Ok(rows)
}

/// A field of CSV: numbers and truth values are what they look like, as newman reads them.
fn value_of(text: &str) -> Value {
    match text {
        "true" => true.into(),
        "false" => false.into(),
        _ => {
            let plain = !text.is_empty() && text.len() < 16 && !text.starts_with('+');
            let number = plain
                .then(|| serde_json::from_str::<serde_json::Number>(text).ok())
                .flatten();
            number.map_or_else(|| text.into(), Value::Number)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn rows(text: &str) -> Value {
        read_data(text.as_bytes())
            .unwrap()
            .into_iter()
            .map(Value::Object)
            .collect()
    }

    #[test]
    fn csv_and_json_give_the_same_rows() {
        let expected =
            json!([{"a": 1, "b": "x, y", "c": true}, {"a": 2.5, "b": "two\nlines", "c": ""}]);
        assert_eq!(
            rows("\u{feff}a,b,c\n1,\"x, y\",true\n2.5,\"two\nlines\",\n"),
            expected
        );
        assert_eq!(rows(&expected.to_string()), expected);
    }

    #[test]
    fn what_is_no_list_of_rows_is_refused() {
        assert!(read_data(b"[1]").unwrap_err().to_string().contains("row 1"));
        assert!(read_data(b"[{").is_err());
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_data(&bytes);
        }
    }
}
