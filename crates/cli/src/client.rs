//! A client of a server's API: what the demo and the commands that ask a running server call it with.

use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use postern_egress::{AddressPolicy, Egress, EgressConfig, FailureKind, Limits, Request};
use serde_json::Value;

/// How long an answer is waited for: a run, or a receiver, is waited for.
const PATIENCE: Duration = Duration::from_mins(3);

/// Which server a command asks, and how it answers.
#[derive(Debug, Args)]
pub(crate) struct ServerToAsk {
    /// The server's address
    #[arg(
        long,
        global = true,
        env = "POSTERN_SERVER",
        default_value = "http://127.0.0.1:7676",
        value_name = "URL"
    )]
    server: String,
    /// The API key
    #[arg(
        long,
        global = true,
        env = "POSTERN_API_KEY",
        hide_env_values = true,
        value_name = "KEY"
    )]
    api_key: Option<String>,
    /// Print what the server answered, as JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

impl ServerToAsk {
    /// A client of it.
    pub(crate) fn client(&self) -> anyhow::Result<Client> {
        let key = self.api_key.clone().context(
            "know who asks: give an API key in POSTERN_API_KEY (`postern keys create` makes one)",
        )?;
        let base = format!("{}/api", self.server.trim_end_matches('/'));
        Ok(Client::new(base, key))
    }
}

/// A client of a server's API.
#[derive(Clone)]
pub(crate) struct Client {
    egress: Egress,
    /// The server's address with `/api` at its end.
    base: String,
    key: String,
}

impl Client {
    pub(crate) fn new(base: String, key: String) -> Self {
        Self {
            egress: Egress::new(EgressConfig::new(AddressPolicy::anything())),
            base,
            key,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.call("GET", path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.call("POST", path, Some(body)).await
    }

    /// Posts bytes as they are.
    pub(crate) async fn post_bytes(&self, path: &str, bytes: Vec<u8>) -> anyhow::Result<Value> {
        let kind = "application/octet-stream";
        self.send("POST", path, Some((kind, bytes))).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.call("PUT", path, Some(body)).await
    }

    async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        let body = body.map(|body| ("application/json", body.to_string().into_bytes()));
        self.send(method, path, body).await
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> anyhow::Result<Value> {
        let url = format!("{}{path}", self.base)
            .parse()
            .with_context(|| format!("read the server's address {:?}", self.base))?;
        let mut request = Request::new(method, url).header("x-api-key", &self.key);
        if let Some((kind, body)) = body {
            request = request.header("content-type", kind).body(body);
        }
        let limits = Limits::WHOLE.with_deadline(PATIENCE);
        let answer = match self.egress.send(request, &limits).await {
            Ok(answer) => answer,
            Err(failure) if failure.kind == FailureKind::ConnectRefused => {
                bail!(
                    "reach the server: {}; start it with `postern serve`, or name another with --server",
                    failure.message
                )
            }
            Err(failure) => {
                return Err(failure).with_context(|| format!("call {method} {path}"));
            }
        };
        let text = String::from_utf8_lossy(&answer.body);
        if answer.is_success() {
            return Ok(serde_json::from_str(&text).unwrap_or_default());
        }
        let told: Value = serde_json::from_str(&text).unwrap_or_default();
        let message = told["error"]["message"].as_str().unwrap_or(&text);
        bail!(
            "call {method} {path}: the server answered {}: {message}",
            answer.status
        )
    }
}
