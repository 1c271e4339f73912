//! The demo as a client of its own server: everything goes through the public API.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use postern_egress::{AddressPolicy, Egress, EgressConfig, Limits, Request};
use serde_json::Value;

/// How long the demo waits for an answer: a run is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// A client of the server's API.
#[derive(Clone)]
pub(super) struct Caller {
    egress: Egress,
    base: String,
    key: String,
}

impl Caller {
    pub(super) fn new(base: String, key: String) -> Self {
        Self {
            egress: Egress::new(EgressConfig::new(AddressPolicy::anything())),
            base,
            key,
        }
    }

    pub(super) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.call("GET", path, None).await
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.call("POST", path, Some(body)).await
    }

    pub(super) async fn put(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.call("PUT", path, Some(body)).await
    }

    async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        let url = format!("{}{path}", self.base)
            .parse()
            .context("read the server's address")?;
        let mut request = Request::new(method, url).header("x-api-key", &self.key);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let limits = Limits::WHOLE.with_deadline(PATIENCE);
        let answer = self
            .egress
            .send(request, &limits)
            .await
            .with_context(|| format!("{method} {path}"))?;
        let text = String::from_utf8_lossy(&answer.body);
        ensure!(
            answer.is_success(),
            "{method} {path} answered {}: {text}",
            answer.status
        );
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }
}
