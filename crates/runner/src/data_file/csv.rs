//! Rows of a CSV file, with the rules that newman gives to csv-parse.
//!
//! A quote only quotes at the beginning of a cell; elsewhere it is a letter. Blanks around a cell go, those in quotes stay. Lines end as the
//! first one ends. An empty line is a row. A row may have fewer or more cells than there are names.

use postern_collection::is_blank;
use serde_json::Value;

use super::cell::value_of;
use super::{DataError, Row};

/// The rows.
pub(super) fn rows(text: &str) -> Result<Vec<Row>, DataError> {
    let mut reader = Reader {
        text,
        ending: None,
        names: None,
        cells: Vec::new(),
        starts: Vec::new(),
        rows: Vec::new(),
    };
    reader.read()?;
    Ok(reader.rows)
}

struct Reader<'a> {
    text: &'a str,
    /// How lines end, once one has ended.
    ending: Option<&'static [u8]>,
    /// The names of the first line.
    names: Option<Vec<String>>,
    /// The cells of the line so far, and where they began.
    cells: Vec<Value>,
    starts: Vec<usize>,
    rows: Vec<Row>,
}

/// The cell that is being read.
#[derive(Default)]
struct Cell {
    bytes: Vec<u8>,
    /// Where it began.
    start: usize,
    /// Where the quotes that it stands in opened, while it does.
    quoted: Option<usize>,
    /// Whether it stood in quotes.
    was_quoted: bool,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), DataError> {
        let bytes = self.text.as_bytes();
        let mut cell = Cell::default();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let next = bytes.get(at + 1).copied();
            if cell.quoted.is_some() {
                if byte != b'"' {
                    self.push(&mut cell, at, byte)?;
                    at += 1;
                } else if next == Some(b'"') {
                    self.push(&mut cell, at, byte)?;
                    at += 2;
                } else if next.is_none_or(|next| next == b',' || is_trimmed(next)) {
                    cell.quoted = None;
                    cell.was_quoted = true;
                    at += 1;
                } else {
                    return Err(self.behind_a_quote(at + 1));
                }
                continue;
            }
            let ending = self.ending_at(at);
            if ending > 0 {
                self.end_cell(&mut cell);
                self.end_line()?;
                at += ending;
                cell.start = at;
                continue;
            }
            at += 1;
            match byte {
                b'"' if cell.bytes.is_empty() => cell.quoted = Some(at - 1),
                b',' => {
                    self.end_cell(&mut cell);
                    cell.start = at;
                }
                _ if cell.bytes.is_empty() && is_trimmed(byte) => {}
                _ => self.push(&mut cell, at - 1, byte)?,
            }
        }
        if let Some(opened) = cell.quoted {
            return Err(DataError::at(
                self.text,
                opened,
                "CSV",
                "a closing quote for the one that opens here",
                "the end of the file",
            ));
        }
        if cell.was_quoted || !self.cells.is_empty() || !cell.bytes.is_empty() {
            self.end_cell(&mut cell);
            self.end_line()?;
        }
        Ok(())
    }

    /// Adds a byte to the cell. Behind closed quotes there is only room for blanks.
    fn push(&self, cell: &mut Cell, at: usize, byte: u8) -> Result<(), DataError> {
        if !cell.was_quoted {
            cell.bytes.push(byte);
        } else if !is_trimmed(byte) {
            return Err(self.behind_a_quote(at));
        }
        Ok(())
    }

    fn behind_a_quote(&self, at: usize) -> DataError {
        let found = self.text[self.text.floor_char_boundary(at)..]
            .chars()
            .next();
        DataError::at(
            self.text,
            at,
            "CSV",
            "a comma or the end of the line behind the closing quote (a quote in quotes is written twice)",
            found.map_or_else(|| "the end".to_owned(), |found| format!("{found:?}")),
        )
    }

    /// How many bytes end the line here, if any do. The first end that is met says how all lines end.
    fn ending_at(&mut self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        self.ending = self.ending.or(match rest {
            [b'\r', b'\n', ..] => Some(b"\r\n"),
            [b'\r', ..] => Some(b"\r"),
            [b'\n', ..] => Some(b"\n"),
            _ => None,
        });
        match self.ending {
            Some(ending) if rest.starts_with(ending) => ending.len(),
            _ => 0,
        }
    }

    fn end_cell(&mut self, cell: &mut Cell) {
        let text = String::from_utf8_lossy(&cell.bytes);
        let value = if cell.was_quoted {
            text.into()
        } else {
            value_of(text.trim_end_matches(is_blank))
        };
        self.cells.push(value);
        self.starts.push(cell.start);
        *cell = Cell::default();
    }

    fn end_line(&mut self) -> Result<(), DataError> {
        let cells = std::mem::take(&mut self.cells);
        let starts = std::mem::take(&mut self.starts);
        if let Some(names) = &self.names {
            self.rows.push(names.iter().cloned().zip(cells).collect());
            return Ok(());
        }
        let name = |(cell, start)| match cell {
            Value::String(name) => Ok(name),
            number => Err(DataError::at(
                self.text,
                start,
                "CSV",
                "a name in the first line (a number as name stands in quotes)",
                format!("the number {number}"),
            )),
        };
        self.names = Some(
            cells
                .into_iter()
                .zip(starts)
                .map(name)
                .collect::<Result<_, _>>()?,
        );
        Ok(())
    }
}

/// The blanks that don't begin a cell.
fn is_trimmed(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'\x0c')
}
