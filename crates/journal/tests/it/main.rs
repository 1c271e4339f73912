//! What the journal leaves behind, on real databases: SQLite always, PostgreSQL where `POSTERN_TEST_POSTGRES_URL` names one.

#![expect(
    clippy::unwrap_used,
    reason = "allowed in tests, and these are tests: the functions between them too"
)]

mod collections;
mod house;
mod ledger;
