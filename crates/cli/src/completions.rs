//! `postern completions`: what shells need to complete commands.

use clap::CommandFactory as _;

use crate::args::{Arguments, CompletionsArgs};
use crate::exit::Exit;
use crate::output;

/// Prints the completions.
pub(crate) fn run(args: &CompletionsArgs) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut Arguments::command(),
        "postern",
        &mut script,
    );
    output::text(String::from_utf8_lossy(&script));
    Exit::Ok
}
