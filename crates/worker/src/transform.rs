//! Transforms: the scripts that integrations bring along, run where they can do no harm.
//!
//! Like a monitor's run, a script that somebody wrote runs behind the walls of a process of its own (see `walls.rs`). These
//! processes live on: a few of them, made when they are first needed, each for one script at a time, each call with an engine
//! of its own. One that doesn't answer in time is killed, and another takes its place.
//!
//! ```text
//! a thread for each child: source, JSON ══ the line ══▶ child: postern_sandbox::transform
//!                                       ◀═════════════  what it returned, or why not
//! ```

mod child;
mod line;
mod pool;

pub use child::run_transform_child;
pub use pool::Transformer;
