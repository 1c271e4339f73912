#![doc = include_str!("../README.md")]

mod args;
mod client;
mod clock;
mod completions;
mod config;
mod connectors;
mod database;
mod deliveries;
mod demo;
mod exit;
mod files;
mod house;
mod keys;
mod logs;
mod metrics;
mod migrate;
mod output;
mod random;
mod run;
mod runner_child;
mod secret_key;
mod serve;
mod show_config;
mod signals;
mod status;
mod users;
mod verify;
mod ways_out;

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser as _;

use crate::args::{Arguments, Command};
use crate::exit::Exit;

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match obey(arguments.command) {
        Ok(exit) => exit.into(),
        Err(error) => {
            output::failure(&error);
            Exit::of(&error).into()
        }
    }
}

/// One line for each command; what it does stands in the file of its name.
fn obey(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Serve(flags) => runtime()?.block_on(serve::run(flags)),
        Command::Demo(args) => {
            runtime()?.block_on(signals::until_stopped(|stop| demo::demo(&args, stop)))
        }
        Command::Run(args) => run::on_its_own_thread(*args),
        Command::Config(args) => show_config::run(args),
        Command::Migrate(args) => runtime()?.block_on(migrate::run(args)),
        Command::Keys(args) => runtime()?.block_on(keys::run(args)),
        Command::Users(args) => runtime()?.block_on(users::run(args)),
        Command::Deliveries(args) => runtime()?.block_on(deliveries::run(args)),
        Command::Push(args) => runtime()?.block_on(files::push(args)),
        Command::Import(args) => runtime()?.block_on(files::import(args)),
        Command::Pull(args) => runtime()?.block_on(files::pull(args)),
        Command::Restore(args) => runtime()?.block_on(files::restore(args)),
        Command::Status(args) => runtime()?.block_on(status::run(args)),
        Command::Verify(args) => verify::run(&args),
        Command::Connectors(args) => connectors::run(&args),
        Command::Completions(args) => Ok(completions::run(&args)),
        Command::RunnerChild(args) => runner_child::run(args),
        Command::TransformChild(args) => runner_child::transform(args),
    }
}

/// What commands that wait for something run on.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("start the runtime")
}
