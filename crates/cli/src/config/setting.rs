//! All settings, by name.

/// One setting: its place in the file, and what else sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Setting {
    /// Its place in `postern.toml`, dotted.
    pub(crate) key: &'static str,
    /// The environment variable.
    pub(crate) variable: &'static str,
    /// The flag, if there is one. Secrets have none: flags are seen by everyone on the machine.
    pub(crate) flag: Option<&'static str>,
    /// How it may be shown.
    pub(crate) shown: Shown,
}

/// How the value of a setting may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// As it is.
    Plain,
    /// Only that there is one.
    Masked,
    /// A URL, without its password.
    WithoutPassword,
}

macro_rules! settings {
    ($($key:literal $variable:literal $flag:expr, $shown:ident;)+) => {
        /// Every setting, in the order of the reference file.
        pub(crate) const SETTINGS: &[Setting] = &[$(Setting {
            key: $key,
            variable: $variable,
            flag: $flag,
            shown: Shown::$shown,
        }),+];
    };
}

settings! {
    "server.listen" "POSTERN_LISTEN" Some("--listen"), Plain;
    "server.public_url" "POSTERN_PUBLIC_URL" Some("--public-url"), Plain;
    "server.roles" "POSTERN_ROLES" Some("--roles"), Plain;
    "server.bootstrap_api_key" "POSTERN_BOOTSTRAP_API_KEY" None, Masked;
    "server.calls_per_minute" "POSTERN_CALLS_PER_MINUTE" None, Plain;
    "server.grace_seconds" "POSTERN_GRACE_SECONDS" None, Plain;
    "storage.data_dir" "POSTERN_DATA_DIR" Some("--data-dir"), Plain;
    "storage.database_url" "POSTERN_DATABASE_URL" Some("--database-url"), WithoutPassword;
    "storage.database_connections" "POSTERN_DATABASE_CONNECTIONS" None, Plain;
    "storage.migrate" "POSTERN_MIGRATE" Some("--no-migrate"), Plain;
    "storage.secret_key" "POSTERN_SECRET_KEY" None, Masked;
    "oidc.issuer" "POSTERN_OIDC_ISSUER" None, Plain;
    "oidc.client_id" "POSTERN_OIDC_CLIENT_ID" None, Plain;
    "oidc.client_secret" "POSTERN_OIDC_CLIENT_SECRET" None, Masked;
    "oidc.name" "POSTERN_OIDC_NAME" None, Plain;
    "oidc.new_members" "POSTERN_OIDC_NEW_MEMBERS" None, Plain;
    "egress.name_servers" "POSTERN_EGRESS_NAME_SERVERS" None, Plain;
    "egress.webhooks.allow" "POSTERN_EGRESS_WEBHOOKS_ALLOW" Some("--egress-webhooks-allow"), Plain;
    "egress.monitors.allow" "POSTERN_EGRESS_MONITORS_ALLOW" Some("--egress-monitors-allow"), Plain;
    "sources.directories" "POSTERN_SOURCES_DIRECTORIES" None, Plain;
    "backups.directories" "POSTERN_BACKUPS_DIRECTORIES" None, Plain;
    "monitors.runs_at_once" "POSTERN_MONITORS_RUNS_AT_ONCE" None, Plain;
    "monitors.deadline_seconds" "POSTERN_MONITORS_DEADLINE_SECONDS" None, Plain;
    "monitors.ready_processes" "POSTERN_MONITORS_READY_PROCESSES" None, Plain;
    "monitors.memory_mib" "POSTERN_MONITORS_MEMORY_MIB" None, Plain;
    "retention.deliveries_days" "POSTERN_RETENTION_DELIVERIES_DAYS" None, Plain;
    "retention.bodies_days" "POSTERN_RETENTION_BODIES_DAYS" None, Plain;
    "retention.runs_days" "POSTERN_RETENTION_RUNS_DAYS" None, Plain;
    "retention.deleted_collections_days" "POSTERN_RETENTION_DELETED_COLLECTIONS_DAYS" None, Plain;
    "telemetry.log" "POSTERN_LOG" Some("--log"), Plain;
    "telemetry.log_format" "POSTERN_LOG_FORMAT" Some("--log-format"), Plain;
    "telemetry.metrics" "POSTERN_METRICS" None, Plain;
}

impl Setting {
    /// The value as people may see it.
    pub(crate) fn show(&self, text: &str) -> String {
        match self.shown {
            _ if text.is_empty() => String::new(),
            Shown::Plain => text.to_owned(),
            Shown::Masked => "••••••••".to_owned(),
            Shown::WithoutPassword => without_password(text),
        }
    }
}

/// The URL with its password masked; a text that is no URL is masked whole, since nobody knows what it holds.
fn without_password(text: &str) -> String {
    let Ok(mut url) = url::Url::parse(text) else {
        return "••••••••".to_owned();
    };
    if url.password().is_some() && url.set_password(Some("masked")).is_err() {
        return "••••••••".to_owned();
    }
    // A password may also stand among the parameters, as drivers of PostgreSQL allow.
    if url.query().is_some() {
        url.set_query(Some("masked"));
    }
    url.to_string().replace("masked", "••••••••")
}
