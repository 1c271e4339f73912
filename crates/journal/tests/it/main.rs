//! What the journal leaves behind, on real databases: SQLite always, PostgreSQL where `POSTERN_TEST_POSTGRES_URL` names one.

#![expect(
    clippy::unwrap_used,
    reason = "allowed in tests, and these are tests: the functions between them too"
)]

mod all_or_nothing;
mod bad_input;
mod coalescing;
mod collections;
mod custom;
mod deliveries;
mod environments;
mod house;
mod inboxes;
mod integrations;
mod invariants;
mod keys;
mod ledger;
mod monitors;
mod narrowed;
mod replay;
mod runs;
mod wishes;
mod workspaces;
