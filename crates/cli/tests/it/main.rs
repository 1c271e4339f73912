//! The promises of the whole program, each proved on the real binary. One file, one promise.

#![expect(
    clippy::unwrap_used,
    reason = "allowed in tests, and these are tests: the functions between them too"
)]

mod architecture;
mod catalogue;
mod chaos;
mod children;
mod command_line;
mod connectors;
mod deliveries;
mod demo;
mod e2e;
mod files;
mod first_start;
mod hooks;
mod inboxes;
mod incoming_hooks;
mod keys;
mod kill_nine;
mod mail;
mod mcp;
mod newman_url;
mod oidc;
mod postgres;
mod program;
mod receiving;
mod run;
mod second_server;
mod server;
mod sigterm;
mod sources;
mod transforms;
mod two_nodes;
