//! What the journal leaves behind, on real databases: SQLite always, PostgreSQL where `POSTERN_TEST_POSTGRES_URL` names one.

#![expect(
    clippy::unwrap_used,
    reason = "allowed in tests, and these are tests: the functions between them too"
)]

mod collections;
mod environments;
mod house;
mod keys;
mod ledger;
mod monitors;
mod workspaces;
