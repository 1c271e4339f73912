//! The promises of the whole program, each proved on the real binary. One file, one promise.

mod architecture;
mod first_start;
mod keys;
mod second_server;
mod server;
mod sigterm;
