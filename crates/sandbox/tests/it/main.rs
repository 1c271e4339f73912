//! Scripts as people write them, run through the real engine.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod assertions;
mod chai;
mod console;
mod errors;
mod execution;
mod harness;
mod legacy;
mod libraries;
mod limits;
mod request;
mod response;
mod robust;
mod send_request;
mod timers;
mod variables;
mod web;
