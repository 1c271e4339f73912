//! What the benchmarks load Postern with. Scripts in `bench/` start it and read what it prints.
//!
//! - `postern-load echo` answers any request with JSON, and prints its address;
//! - `postern-load sequence BASE N` does N requests, one after another, and nothing else;
//! - `postern-load deliver` publishes and receives in one process: orders on standard input, figures on standard output.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a program that measures: it prints, takes the time and connects as plainly as it can"
)]

mod client;
mod deliver;
mod echo;
mod sequence;

use clap::Parser;

#[derive(Parser)]
#[command(about = "Loads Postern for its benchmarks.")]
enum Command {
    /// Answers any request with JSON, on one thread.
    Echo,
    /// Does requests one after another over one connection: the bare limit of a run.
    Sequence {
        /// The server, as http://host:port
        base: String,
        /// How many requests
        requests: u32,
    },
    /// Publishes events and receives what is delivered; each line of standard input is an order.
    Deliver,
}

fn main() -> anyhow::Result<()> {
    match Command::parse() {
        Command::Echo => one_thread()?.block_on(echo::serve()),
        Command::Sequence { base, requests } => {
            one_thread()?.block_on(sequence::run(&base, requests))
        }
        Command::Deliver => tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?
            .block_on(deliver::serve()),
    }
}

fn one_thread() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}
