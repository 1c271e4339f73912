//! Flags that set settings.

use std::path::PathBuf;

use clap::Args;

use crate::config::Flags;

/// Flags for all that the server is configured with.
#[derive(Debug, Clone, Default, Args)]
#[command(after_help = "Examples:
  postern serve
  postern serve --listen 0.0.0.0:7676 --public-url https://postern.example.com
  postern serve --database-url postgres://postern@db/postern
  POSTERN_EGRESS_WEBHOOKS_ALLOW=10.0.0.0/8,hooks.intra postern serve

Every flag is also a setting of postern.toml and a variable POSTERN_...: see `postern config --default`.")]
pub(crate) struct ServerFlags {
    /// Where to listen (port 0: a free one) [default: 127.0.0.1:7676]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// How people reach this server, if not at the address that it listens on
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// What this process does: api, worker, or both with a comma in between
    #[arg(long, value_name = "ROLES")]
    roles: Option<String>,
    /// What webhooks may reach besides public addresses: addresses, networks, host names
    #[arg(long, value_name = "RULES")]
    egress_webhooks_allow: Option<String>,
    /// What monitors may reach besides public addresses
    #[arg(long, value_name = "RULES")]
    egress_monitors_allow: Option<String>,
    /// Refuse a database whose schema is old, instead of bringing it up to date
    #[arg(long)]
    no_migrate: bool,
    #[command(flatten)]
    storage: StorageFlags,
}

/// Flags for where the data lies, and for what is told.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct StorageFlags {
    /// The configuration file [default: postern.toml, if it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the SQLite database and of the key file [default: ./postern-data]
    #[arg(long, value_name = "FOLDER")]
    data_dir: Option<String>,
    /// A PostgreSQL database instead of SQLite: postgres://user:password@host:port/database
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// How much to log: error, warn, info, debug, trace [default: info]
    #[arg(long, value_name = "FILTER")]
    log: Option<String>,
    /// How a log line looks: text or json [default: text]
    #[arg(long, value_name = "FORMAT")]
    log_format: Option<String>,
}

impl From<StorageFlags> for Flags {
    fn from(flags: StorageFlags) -> Self {
        let mut all = Flags {
            file: flags.config,
            ..Flags::default()
        };
        for (key, value) in [
            ("storage.data_dir", flags.data_dir),
            ("storage.database_url", flags.database_url),
            ("telemetry.log", flags.log),
            ("telemetry.log_format", flags.log_format),
        ] {
            all.values.extend(value.map(|value| (key, value)));
        }
        all
    }
}

impl From<ServerFlags> for Flags {
    fn from(flags: ServerFlags) -> Self {
        let mut all = Flags::from(flags.storage);
        for (key, value) in [
            ("server.listen", flags.listen),
            ("server.public_url", flags.public_url),
            ("server.roles", flags.roles),
            ("egress.webhooks.allow", flags.egress_webhooks_allow),
            ("egress.monitors.allow", flags.egress_monitors_allow),
            (
                "storage.migrate",
                flags.no_migrate.then(|| "false".to_owned()),
            ),
        ] {
            all.values.extend(value.map(|value| (key, value)));
        }
        all
    }
}
