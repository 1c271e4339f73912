//! How requests go out.

use clap::Args;

/// How requests go out.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "How requests go out")]
pub(crate) struct NetworkArgs {
    /// Don't verify certificates.
    #[arg(short = 'k', long)]
    pub(in crate::run) insecure: bool,
    /// Don't follow redirects.
    #[arg(long)]
    pub(in crate::run) ignore_redirects: bool,
}
