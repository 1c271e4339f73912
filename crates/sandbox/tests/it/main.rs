//! Scripts as people write them, run through the real engine.

mod assertions;
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
mod speed;
mod timers;
mod variables;
mod web;
