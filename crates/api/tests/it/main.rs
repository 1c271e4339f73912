//! The HTTP door, in process, on a real database: SQLite always, PostgreSQL where `POSTERN_TEST_POSTGRES_URL` names one.

mod arbitrary;
mod bad_input;
mod calls;
mod deliveries;
mod documents;
mod everyone;
mod health;
mod house;
mod idempotency;
mod integrations;
mod monitors;
mod postman;
mod serving;
mod things;
