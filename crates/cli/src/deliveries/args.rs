//! What `postern deliveries` takes.

use clap::{Args, Subcommand};

use crate::client::ServerToAsk;

/// What `postern deliveries` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  export POSTERN_API_KEY=…
  postern deliveries list --status exhausted
  postern deliveries show 019b8d62-7a80-7d2c-875a-68e72912cde5
  postern deliveries test 019b8d62-…                          send a test event and show the receiver's answer
  postern deliveries replay --since 2h --dry-run               how many have failed in the last two hours
  postern deliveries replay --integration 019b8d62-… --since 2h --rate 50
  postern deliveries resume 019b8d62-… --since 1h              forget what is older")]
pub(crate) struct DeliveriesArgs {
    #[command(flatten)]
    pub(crate) server: ServerToAsk,
    /// What to do with deliveries.
    #[command(subcommand)]
    pub(crate) command: DeliveriesCommand,
}

/// What to do with deliveries.
#[derive(Debug, Subcommand)]
pub(crate) enum DeliveriesCommand {
    /// List deliveries, the newest first
    #[command(after_help = "Examples:
  postern deliveries list
  postern deliveries list --status held --integration 019b8d62-…")]
    List(ListArgs),
    /// Show a delivery with each attempt at it
    #[command(after_help = "Examples:
  postern deliveries show 019b8d62-7a80-7d2c-875a-68e72912cde5")]
    Show {
        /// The delivery's id
        id: String,
    },
    /// Deliver again, also what has ended
    #[command(after_help = "Examples:
  postern deliveries redeliver 019b8d62-7a80-7d2c-875a-68e72912cde5")]
    Redeliver {
        /// The deliveries' ids
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Deliver what is held, if its integration sends
    #[command(after_help = "Examples:
  postern deliveries release 019b8d62-7a80-7d2c-875a-68e72912cde5")]
    Release {
        /// The deliveries' ids
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// End what waits
    #[command(after_help = "Examples:
  postern deliveries cancel 019b8d62-7a80-7d2c-875a-68e72912cde5")]
    Cancel {
        /// The deliveries' ids
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Send a test event to an integration and show the receiver's answer
    #[command(after_help = "Examples:
  postern deliveries test 019b8d62-7a80-7d2c-875a-68e72912cde5")]
    Test {
        /// The integration's id
        integration: String,
    },
    /// Pause an integration: what is due for it is held
    #[command(after_help = "Examples:
  postern deliveries hold 019b8d62-7a80-7d2c-875a-68e72912cde5")]
    Hold {
        /// The integration's id
        integration: String,
    },
    /// Let an integration send again, with what was held
    #[command(after_help = "Examples:
  postern deliveries resume 019b8d62-…
  postern deliveries resume 019b8d62-… --since 1h")]
    Resume {
        /// The integration's id
        integration: String,
        /// Only what was accepted since then; what is older is discarded (2h, 3d, or RFC 3339)
        #[arg(long, value_name = "TIME")]
        since: Option<String>,
    },
    /// End what is held for an integration
    #[command(after_help = "Examples:
  postern deliveries discard 019b8d62-…
  postern deliveries discard 019b8d62-… --before 3d")]
    Discard {
        /// The integration's id
        integration: String,
        /// Only what was accepted before then (2h ago, 3d ago: 2h, 3d; or RFC 3339)
        #[arg(long, value_name = "TIME")]
        before: Option<String>,
    },
    /// Deliver many again that have ended, and watch
    Replay(ReplayArgs),
    /// List replays, the newest first
    #[command(after_help = "Examples:
  postern deliveries replays")]
    Replays,
    /// End a replay; what it has made due stays due
    #[command(after_help = "Examples:
  postern deliveries cancel-replay 019b8d62-7a80-7d2c-875a-68e72912cde5")]
    CancelReplay {
        /// The replay's id
        id: String,
    },
}

/// What `postern deliveries list` takes.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Only those for this integration
    #[arg(long, value_name = "ID")]
    pub(crate) integration: Option<String>,
    /// Only those that stand so: scheduled, held, succeeded, exhausted, cancelled, expired
    #[arg(long)]
    pub(crate) status: Option<String>,
    /// Only those of this kind of event
    #[arg(long)]
    pub(crate) event: Option<String>,
    /// How many, 1 to 100
    #[arg(long, default_value_t = 25)]
    pub(crate) limit: u32,
    /// Where the page before ended
    #[arg(long)]
    pub(crate) cursor: Option<String>,
}

/// What `postern deliveries replay` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern deliveries replay --dry-run                          count what has failed
  postern deliveries replay --since 2h                         all that failed in the last two hours
  postern deliveries replay --event custom --type 'build.*' --state succeeded --since 2026-11-27T09:00:00Z

All that is said must fit. The server does the work: Ctrl-C stops watching, not the replay; `postern deliveries cancel-replay` ends
it.")]
pub(crate) struct ReplayArgs {
    /// For this integration alone
    #[arg(long, value_name = "ID")]
    pub(crate) integration: Option<String>,
    /// How they ended: succeeded, exhausted, cancelled, expired [default: all but succeeded]
    #[arg(long = "state", value_name = "STATE")]
    pub(crate) states: Vec<String>,
    /// Of this kind of event
    #[arg(long)]
    pub(crate) event: Option<String>,
    /// Of custom events of such a type; * stands for any characters
    #[arg(long = "type", value_name = "PATTERN")]
    pub(crate) types: Vec<String>,
    /// Of events that happened since then (2h, 3d, or RFC 3339)
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Of events that happened before then (2h, 3d, or RFC 3339)
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// How many a second, 1 to 1000
    #[arg(long, default_value_t = 100)]
    pub(crate) rate: u32,
    /// Only count them
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Don't watch it
    #[arg(long)]
    pub(crate) detach: bool,
}
