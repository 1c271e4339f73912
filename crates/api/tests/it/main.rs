//! The HTTP door, in process, on a real database: SQLite always, PostgreSQL where `POSTERN_TEST_POSTGRES_URL` names one.

#![expect(
    clippy::unwrap_used,
    reason = "allowed in tests, and these are tests: the functions between them too"
)]

mod arbitrary;
mod bad_input;
mod bars;
mod calls;
mod collections;
mod connectors;
mod deliveries;
mod documents;
mod environment_forks;
mod environments;
mod everyone;
mod feed;
mod forks;
mod health;
mod house;
mod idempotency;
mod imports;
mod inboxes;
mod incoming_hooks;
mod integrations;
mod items;
mod monitors;
mod names;
mod people;
mod places;
mod postman;
mod restore;
mod serving;
mod sign_in_links;
mod stream;
mod things;
mod web;
mod workspaces;
