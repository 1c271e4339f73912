//! Where and for whom the server answers.

use std::net::SocketAddr;
use std::time::Duration;

use url::Url;

use super::{ConfigError, Layers};

/// The fewest characters of a key that people choose themselves.
const KEY_CHARS: usize = 32;

/// Where and for whom the server answers.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ServerSettings {
    /// Where it listens.
    pub(crate) listen: SocketAddr,
    /// How people reach it, if not there.
    pub(crate) public_url: Option<Url>,
    /// What this process does.
    pub(crate) roles: Roles,
    /// The admin's first key.
    pub(crate) bootstrap_api_key: Option<String>,
    /// The most calls of a user within a minute.
    pub(crate) calls_per_minute: Option<u32>,
    /// How long a stop waits for what is under way.
    pub(crate) grace: Duration,
}

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Roles {
    /// It answers.
    pub(crate) api: bool,
    /// It delivers, and runs monitors.
    pub(crate) worker: bool,
}

impl Roles {
    /// All of them.
    pub(crate) const ALL: Self = Self {
        api: true,
        worker: true,
    };

    fn of(layers: &Layers) -> Result<Self, ConfigError> {
        let mut roles = Self {
            api: false,
            worker: false,
        };
        for word in layers.text("server.roles").split(',').map(str::trim) {
            match word {
                "api" => roles.api = true,
                "worker" => roles.worker = true,
                _ => {
                    let problem = format!("{word:?} is neither api nor worker");
                    return Err(layers.wrong("server.roles", problem));
                }
            }
        }
        if !roles.api && !roles.worker {
            let problem = "a server that does nothing is none: expected api, worker or both";
            return Err(layers.wrong("server.roles", problem.to_owned()));
        }
        if roles != Self::ALL && layers.text("storage.database_url").is_empty() {
            let problem =
                "only servers on one PostgreSQL (storage.database_url) can share their roles out";
            return Err(layers.wrong("server.roles", problem.to_owned()));
        }
        Ok(roles)
    }
}

impl std::fmt::Debug for ServerSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerSettings")
            .field("listen", &self.listen)
            .field("public_url", &self.public_url)
            .field("grace", &self.grace)
            .finish_non_exhaustive()
    }
}

impl ServerSettings {
    pub(super) fn of(layers: &Layers) -> Result<Self, ConfigError> {
        let listen = layers.value(
            "server.listen",
            "an address with a port, such as 127.0.0.1:7676 or [::1]:7676",
        )?;
        let an_address = "an address that begins with http:// or https://";
        let public_url: Option<Url> = layers.optional("server.public_url", an_address)?;
        if let Some(url) = &public_url
            && !(matches!(url.scheme(), "http" | "https") && url.has_host())
        {
            let problem = format!("{:?} is not {an_address}", url.as_str());
            return Err(layers.wrong("server.public_url", problem));
        }
        let key = layers.text("server.bootstrap_api_key");
        if !key.is_empty() && key.chars().count() < KEY_CHARS {
            let problem = format!("it needs {KEY_CHARS} characters or more");
            return Err(layers.wrong("server.bootstrap_api_key", problem));
        }
        let calls: u32 = layers.value("server.calls_per_minute", "a number of calls")?;
        let grace_seconds: u32 = layers.value("server.grace_seconds", "a number of seconds")?;
        Ok(Self {
            listen,
            public_url,
            roles: Roles::of(layers)?,
            bootstrap_api_key: (!key.is_empty()).then(|| key.to_owned()),
            calls_per_minute: (calls > 0).then_some(calls),
            grace: Duration::from_secs(u64::from(grace_seconds)),
        })
    }
}
