//! Data for iterations: JSON or CSV, a row for each, read as newman reads them.

mod cell;
mod csv;
mod json;

use serde_json::{Map, Value};
use thiserror::Error;

use postern_collection::ParseError;

use crate::charset::{CharsetError, text_of};

/// One iteration's data.
pub type Row = Map<String, Value>;

/// Data that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DataError {
    /// Its letters can't be read.
    #[error(transparent)]
    Charset(#[from] CharsetError),
    /// It looks like JSON, and isn't.
    #[error(transparent)]
    Json(#[from] ParseError),
    /// It is JSON or CSV that gives no rows.
    #[error(
        "read the data as {format}: expected {expected}, found {found} at line {line}, column {column}"
    )]
    Shape {
        /// `JSON` or `CSV`.
        format: &'static str,
        /// What should be there.
        expected: &'static str,
        /// What is there.
        found: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
}

impl DataError {
    /// Something at this byte of the text isn't what it should be.
    fn at(
        text: &str,
        at: usize,
        format: &'static str,
        expected: &'static str,
        found: impl Into<String>,
    ) -> Self {
        let before = &text[..text.floor_char_boundary(at)];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Self::Shape {
            format,
            expected,
            found: found.into(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// Reads rows of data: what is JSON is taken as a list of objects, everything else is CSV with a line of names first.
pub fn read_data(bytes: &[u8]) -> Result<Vec<Row>, DataError> {
    let text = text_of(bytes)?;
    match json::rows(&text) {
        Some(rows) => rows,
        None => csv::rows(&text),
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
            json!([{"a": 1, "b": "x, y", "c": "true"}, {"a": 2.5, "b": "two\nlines", "c": ""}]);
        assert_eq!(
            rows("\u{feff}a,b,c\n1,\"x, y\",true\n2.5,\"two\nlines\",\n"),
            expected
        );
        assert_eq!(rows(&expected.to_string()), expected);
    }

    #[test]
    fn rows_that_newman_drops_are_kept() {
        // newman looks only at lists, and goes on without data.
        assert_eq!(rows("{\"a\": 1}"), json!([{"a": 1}]));
        assert_eq!(rows("[null, {\"a\": 1}]"), json!([{}, {"a": 1}]));
    }

    #[test]
    fn broken_files_say_where_and_what_was_expected() {
        let cases = [
            "[1]",
            "[{},\n {\"a\": 1}, [\"é\", [{}]], \n \"]\"]",
            "[{\"a\": 1},\n]",
            "{\"a\": ",
            "\"text\"",
            " true",
            "a,b\n1,\"two\n3,4\n",
            "a,b\né,\"two\"3\n",
            "a,b\n1,\"\" \"x\n",
            "a, 7\n1,2\n",
        ];
        let told: Vec<String> = cases
            .iter()
            .map(|case| read_data(case.as_bytes()).unwrap_err().to_string())
            .collect();
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn digits_beyond_what_javascript_counts_with_are_kept() {
        let kept = rows("id,hex\n12345678901234567890,0x1F\n+00012345678901234567890,1\n");
        assert_eq!(
            kept.to_string(),
            r#"[{"id":12345678901234567890,"hex":"0x1F"},{"id":12345678901234567890,"hex":1}]"#
        );
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_data(&bytes);
        }

        #[test]
        fn arbitrary_pieces_never_panic(text in "[\\[\\]{}\":,\r\n 1aé\u{feff}\\\\]{0,60}") {
            let _ = read_data(text.as_bytes());
        }
    }
}
