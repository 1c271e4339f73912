//! Why a document can't be taken.

use serde_json::Value;
use thiserror::Error;

use crate::limits::{MAX_BYTES, MAX_DEPTH, MAX_ITEMS, MAX_NAME_CHARS};

/// Why a document can't be taken: what and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParseError {
    /// The text isn't JSON.
    #[error("read the document as JSON: {message} at line {line}, column {column}")]
    Json {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// Something has another form than the format says.
    #[error("read {path}: expected {expected}, found {found}")]
    Shape {
        /// Where, as a JSON path such as `item[2].name`.
        path: String,
        /// What the format says.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// The document says a version of the format that nobody knows.
    #[error("read a collection of the schema {schema:?}: expected v2.1, v2.0 or v1")]
    UnknownSchema {
        /// What it says.
        schema: String,
    },
    /// More bytes than [`MAX_BYTES`].
    #[error("take a document of {bytes} bytes: the limit is {MAX_BYTES} (30 MiB)")]
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("take a document nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// More items than [`MAX_ITEMS`].
    #[error("take a document of more than {MAX_ITEMS} folders, requests and responses")]
    TooManyItems,
    /// A name longer than [`MAX_NAME_CHARS`].
    #[error("take {path}: a name has at most {MAX_NAME_CHARS} characters")]
    NameTooLong {
        /// Where.
        path: String,
    },
}

impl ParseError {
    /// Something at `path` isn't what the format says.
    pub(crate) fn shape(path: impl Into<String>, expected: &'static str, found: &Value) -> Self {
        let path = path.into();
        let path = path.strip_prefix('.').map_or(path.clone(), str::to_owned);
        let found = match found {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number(value) => format!("the number {value}"),
            Value::String(text) => {
                format!("the text {:?}", text.chars().take(40).collect::<String>())
            }
            Value::Array(_) => "an array".to_owned(),
            Value::Object(_) => "an object".to_owned(),
        };
        Self::Shape {
            path,
            expected,
            found,
        }
    }

    /// Something that the format requires is missing.
    pub(crate) fn missing(path: impl Into<String>, expected: &'static str) -> Self {
        Self::Shape {
            path: path.into(),
            expected,
            found: "nothing".to_owned(),
        }
    }

    /// The text isn't JSON at this byte.
    pub(crate) fn json(bytes: &[u8], at: usize, message: String) -> Self {
        let before = &bytes[..at.min(bytes.len())];
        let line_start = before
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |end| end + 1);
        let on_line = String::from_utf8_lossy(&before[line_start..]);
        Self::Json {
            line: before.split(|&byte| byte == b'\n').count(),
            // A byte order mark is no column.
            column: on_line
                .chars()
                .filter(|&letter| letter != '\u{feff}')
                .count()
                + 1,
            message,
        }
    }
}
