//! What the HTTP door is told at start.

use std::time::Duration;

use url::Url;

/// Settings of the HTTP door.
#[derive(Debug, Clone)]
pub struct ApiConfig {
    /// The address under which people and receivers reach this server; links in answers begin with it.
    pub public_url: Url,
    /// Whether it answers more than `/healthz`, `/readyz` and `/metrics`.
    pub answers: bool,
    /// How long finished deliveries are kept; what is forecast goes by it.
    pub kept_for: Duration,
    /// What is too much.
    pub limits: Limits,
    /// What the server is set to, for its admins to see.
    pub settings: Vec<ShownSetting>,
}

/// A setting of the server as people may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownSetting {
    /// Its place in the file, dotted.
    pub name: &'static str,
    /// Its value, with secrets masked; empty when it is not set.
    pub value: String,
    /// Where the value stands.
    pub from: SetBy,
    /// The environment variable that sets it.
    pub environment: &'static str,
}

/// What sets a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetBy {
    /// Nothing.
    Default,
    /// A line of the file.
    File,
    /// A variable of the environment.
    Environment,
    /// A flag on the command line.
    Flag,
}

impl ApiConfig {
    /// The usual limits, behind this address.
    pub fn new(public_url: Url) -> Self {
        Self {
            public_url,
            answers: true,
            kept_for: Duration::from_hours(30 * 24),
            limits: Limits::default(),
            settings: Vec::new(),
        }
    }

    /// Where people reach a path of the server.
    pub(crate) fn at(&self, path: &str) -> String {
        let base = self.public_url.as_str().trim_end_matches('/');
        format!("{base}{path}")
    }
}

/// What is too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest body of a request, in bytes (30 MiB).
    pub body_bytes: usize,
    /// How deep a JSON body may be nested (256).
    pub depth: usize,
    /// How long `POST /monitors/:uid/run` waits for the run before it answers with what there is (6 min).
    pub run_wait: Duration,
    /// The most calls of a user within a minute; `None`: as many as go.
    pub calls_per_minute: Option<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 30 * 1024 * 1024,
            depth: 256,
            run_wait: Duration::from_mins(6),
            calls_per_minute: None,
        }
    }
}
