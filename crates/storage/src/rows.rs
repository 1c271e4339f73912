//! A statement about many rows at once: one text for each of a few sizes, so that few texts are prepared and no row waits
//! for a round trip of its own.

use std::sync::OnceLock;

use crate::argument::Argument;
use crate::row::Row;
use crate::statement::Statement;
use crate::{EngineKind, StorageError, Tx};

/// How many rows a text can have.
const SIZES: [usize; 7] = [64, 32, 16, 8, 4, 2, 1];

/// A statement with a list of rows in the middle: `head (…), (…) tail`.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) name: &'static str,
    pub(crate) head: &'static str,
    /// How many arguments come before the rows.
    pub(crate) fixed: usize,
    /// How many arguments a row has.
    pub(crate) width: usize,
    /// What PostgreSQL is told that they are, where it can't know: it takes the places of rows to be texts unless they are
    /// inserted somewhere.
    pub(crate) types: &'static [&'static str],
    pub(crate) tail: &'static str,
    /// The tail for PostgreSQL, if it has its own.
    pub(crate) postgres_tail: Option<&'static str>,
    pub(crate) made: OnceLock<[Statement; SIZES.len()]>,
}

impl Rows {
    /// The texts, one for each size; written at the first use and kept for good.
    pub(crate) fn statements(&self) -> &[Statement; SIZES.len()] {
        self.made.get_or_init(|| {
            SIZES.map(|size| Statement {
                name: self.name,
                sqlite: self.sqlite(size).leak(),
                postgres: self.postgres(size).leak(),
            })
        })
    }

    /// Places without numbers: SQLite, and who binds, look for a numbered one in a list that grows with the rows. So what
    /// comes before the rows must stand before them, in its order.
    fn sqlite(&self, size: usize) -> String {
        let row = format!("({})", vec!["?"; self.width].join(", "));
        let head = (1..=self.fixed).fold(self.head.to_owned(), |head, number| {
            head.replace(&format!("${number}"), "?")
        });
        let rows = vec![row; size].join(", ");
        match head.strip_suffix("VALUES") {
            // Rows of nothing are not inserted. Elsewhere nothing is equal to them.
            Some(insert) if insert.starts_with("INSERT") => format!(
                "{insert}SELECT * FROM (VALUES {rows}) WHERE column1 IS NOT NULL {}",
                self.tail
            ),
            _ => format!("{head} {rows} {}", self.tail),
        }
    }

    fn postgres(&self, size: usize) -> String {
        let place = |row: usize, column: usize| {
            let number = self.fixed + row * self.width + column + 1;
            match self.types.get(column) {
                // What the first row is, the others are too.
                Some(name) if row == 0 => format!("CAST(${number} AS {name})"),
                _ => format!("${number}"),
            }
        };
        let rows: Vec<String> = (0..size)
            .map(|row| {
                let places: Vec<_> = (0..self.width).map(|column| place(row, column)).collect();
                format!("({})", places.join(", "))
            })
            .collect();
        let tail = self.postgres_tail.unwrap_or(self.tail);
        format!("{} {} {tail}", self.head, rows.join(", "))
    }

    /// The arguments cut up, each piece with its text. On PostgreSQL the pieces are exact, the largest first. On SQLite, where
    /// a round trip costs more than a few places that stay empty, the last one is filled up with rows of nothing.
    fn pieces<'a>(
        &'static self,
        engine: EngineKind,
        fixed: &[Argument<'a>],
        rows: &[Argument<'a>],
    ) -> Vec<(&'static Statement, Vec<Argument<'a>>)> {
        debug_assert!(rows.len().is_multiple_of(self.width));
        let mut pieces = Vec::new();
        let mut left = rows;
        while !left.is_empty() {
            let count = left.len() / self.width;
            let fits = |size: &usize| match engine {
                EngineKind::Sqlite => *size < count,
                EngineKind::Postgres => *size <= count,
            };
            let index = match engine {
                // The smallest that holds all, or else the largest.
                EngineKind::Sqlite => SIZES
                    .iter()
                    .position(fits)
                    .unwrap_or(SIZES.len())
                    .saturating_sub(1),
                EngineKind::Postgres => SIZES.iter().position(fits).unwrap_or(SIZES.len() - 1),
            };
            let size = SIZES[index];
            let (piece, rest) = left.split_at(size.min(count) * self.width);
            left = rest;
            let mut arguments = Vec::with_capacity(fixed.len() + size * self.width);
            arguments.extend_from_slice(fixed);
            arguments.extend_from_slice(piece);
            let nothing = piece[..self.width].iter().map(Argument::nothing);
            for _ in count..size {
                arguments.extend(nothing.clone());
            }
            pieces.push((&self.statements()[index], arguments));
        }
        pieces
    }
}

impl Tx {
    /// Runs a statement for all these rows, given one after another.
    pub(crate) async fn execute_rows(
        &mut self,
        statement: &'static Rows,
        rows: &[Argument<'_>],
    ) -> Result<u64, StorageError> {
        let mut touched = 0;
        for (statement, piece) in statement.pieces(self.engine(), &[], rows) {
            touched += self.execute(statement, &piece).await?;
        }
        Ok(touched)
    }

    /// Runs a statement for all these rows; all that it answers.
    pub(crate) async fn all_rows(
        &mut self,
        statement: &'static Rows,
        fixed: &[Argument<'_>],
        rows: &[Argument<'_>],
    ) -> Result<Vec<Row>, StorageError> {
        let mut answer = Vec::new();
        for (statement, piece) in statement.pieces(self.engine(), fixed, rows) {
            answer.extend(self.all(statement, &piece).await?);
        }
        Ok(answer)
    }
}

/// Declares statements about many rows, each as `NAME = "head", [arguments of a row], "tail";`, with arguments before the rows as
/// `[of a row after before]`, with PostgreSQL's types as `[of a row: "uuid", "uuid"]`, and with a tail of its own for PostgreSQL as
/// `"tail" => "tail for PostgreSQL";`. They are listed in `ROWS` for the test that prepares every one.
macro_rules! rows {
    ($($name:ident = $head:expr, [$width:literal $(after $fixed:literal)? $(: $($type:literal),+)?], $tail:expr
        $(=> $postgres:expr)?;)+) => {
        $(pub(crate) static $name: crate::rows::Rows = crate::rows::Rows {
            name: concat!(module_path!(), "::", stringify!($name)),
            head: $head,
            fixed: 0 $(+ $fixed)?,
            width: $width,
            types: &[$($($type),+)?],
            tail: $tail,
            postgres_tail: [$(Some($postgres),)? None][0],
            made: std::sync::OnceLock::new(),
        };)+

        #[cfg(any(test, feature = "testing"))]
        pub(crate) static ROWS: &[&crate::rows::Rows] = &[$(&$name),+];
    };
}
pub(crate) use rows;

#[cfg(test)]
mod tests {
    use super::*;

    rows! {
        ADD = "INSERT INTO things (a, b) VALUES", [2], "";
        FIND = "SELECT $1 FROM things WHERE (a, b) IN (VALUES", [2 after 1: "uuid", "bigint"], ")" => ") FOR UPDATE";
    }

    #[test]
    fn texts_number_their_places_through() {
        assert_eq!(ROWS.len(), 2);
        let [.., four, _, one] = ADD.statements();
        assert_eq!(
            one.sqlite,
            "INSERT INTO things (a, b) SELECT * FROM (VALUES (?, ?)) WHERE column1 IS NOT NULL "
        );
        assert_eq!(one.postgres, "INSERT INTO things (a, b) VALUES ($1, $2) ");
        assert!(four.postgres.ends_with("($7, $8) "));
        let [.., four, _, _] = FIND.statements();
        assert_eq!(
            four.postgres,
            "SELECT $1 FROM things WHERE (a, b) IN (VALUES (CAST($2 AS uuid), CAST($3 AS bigint)), ($4, $5), \
             ($6, $7), ($8, $9) ) FOR UPDATE"
        );
        assert_eq!(
            four.sqlite,
            "SELECT ? FROM things WHERE (a, b) IN (VALUES (?, ?), (?, ?), (?, ?), (?, ?) )"
        );
    }

    #[test]
    fn every_row_is_in_exactly_one_piece() {
        for engine in [EngineKind::Sqlite, EngineKind::Postgres] {
            for count in 0..200_i64 {
                let rows: Vec<_> = (0..count * 2).map(Argument::from).collect();
                let pieces = ADD.pieces(engine, &[], &rows);
                let numbers: Vec<i64> = pieces
                    .iter()
                    .flat_map(|(_, piece)| piece)
                    .filter_map(|argument| match argument {
                        Argument::Int(number) => *number,
                        _ => None,
                    })
                    .collect();
                assert_eq!(numbers, (0..count * 2).collect::<Vec<_>>());
                for (statement, piece) in &pieces {
                    let places = statement.sqlite.matches('?').count();
                    assert_eq!(places, piece.len(), "{count} rows");
                }
                let most = if engine == EngineKind::Sqlite { 4 } else { 9 };
                assert!(pieces.len() <= most, "{count} rows");
            }
        }
    }
}
