//! An integration, made and looked at by the API. None of its secrets stands in anything that is read here.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::server::{PATIENCE, Server};

/// How often we look.
const A_MOMENT: Duration = Duration::from_millis(30);

/// An integration, and what must not be seen of it.
pub(super) struct Integration {
    id: String,
    secrets: Vec<String>,
}

impl Integration {
    /// Makes one with these fields. It tries again after a second, and often.
    pub(super) async fn make(server: &Server, connector: &str, event: &str, fields: Value) -> Self {
        Self::make_with(server, connector, event, fields, json!({})).await
    }

    /// The same with these options besides.
    pub(super) async fn make_with(
        server: &Server,
        connector: &str,
        event: &str,
        fields: Value,
        options: Value,
    ) -> Self {
        let described = server.get(&format!("/api/connectors/{connector}")).await;
        let form = described["connector"]["fields"].as_array().expect("a form");
        let text = |key: &str| fields[key].as_str().map(str::to_owned);
        let mut secrets: Vec<String> = form
            .iter()
            .filter(|field| field["secret"] == true)
            .filter_map(|field| text(field["key"].as_str()?))
            .flat_map(|secret| [STANDARD.encode(&secret), secret])
            .collect();
        if let (Some(user), Some(password)) = (text("user"), text("password")) {
            secrets.push(STANDARD.encode(format!("{user}:{password}")));
        }
        let mut all = json!({"retries": vec![1; 30]});
        for (name, value) in options.as_object().expect("options") {
            all[name] = value.clone();
        }
        let integration = json!({"integration": {
            "name": format!("Real {connector}"), "connector": connector, "event": event,
            "config": {"fields": fields}, "options": all,
        }});
        let made = server.post("/api/integrations", &integration).await;
        let made = Self {
            id: made["integration"]["id"]
                .as_str()
                .expect("an id")
                .to_owned(),
            secrets,
        };
        made.keeps_its_secrets(server).await;
        made
    }

    /// Sends a test, which must go well; its attempt.
    pub(super) async fn test(&self, server: &Server) -> Value {
        let attempt = self.try_test(server).await;
        assert_eq!(attempt["outcome"], "succeeded", "{attempt:#}");
        attempt
    }

    /// Sends a test; its attempt.
    pub(super) async fn try_test(&self, server: &Server) -> Value {
        let path = format!("/api/integrations/{}/test", self.id);
        let told = server.post(&path, &Value::Null).await;
        self.hides(&told["attempts"].to_string());
        self.keeps_its_secrets(server).await;
        told["attempts"][0].clone()
    }

    /// Holds what is due from now on.
    pub(super) async fn pause(&self, server: &Server) {
        let path = format!("/api/integrations/{}/pause", self.id);
        server.post(&path, &json!({})).await;
    }

    /// Goes on.
    pub(super) async fn resume(&self, server: &Server) {
        let path = format!("/api/integrations/{}/resume", self.id);
        server.post(&path, &json!({})).await;
    }

    /// Its deliveries of something that happened as they are listed, the oldest first.
    async fn listed(&self, server: &Server) -> Vec<Value> {
        let path = format!("/api/integrations/{}/deliveries", self.id);
        let listed = server.get(&path).await;
        let mut all = listed["deliveries"].as_array().expect("a list").clone();
        all.retain(|one| one["event"] != "test");
        all.reverse();
        all
    }

    /// The same, each whole.
    pub(super) async fn deliveries(&self, server: &Server) -> Vec<Value> {
        let mut found = Vec::new();
        for delivery in self.listed(server).await {
            found.push(self.whole(server, &delivery).await);
        }
        found
    }

    async fn whole(&self, server: &Server, listed: &Value) -> Value {
        let id = listed["id"].as_str().expect("an id");
        let whole = server.get(&format!("/api/deliveries/{id}")).await;
        self.hides(&whole["attempts"].to_string());
        whole
    }

    /// Waits until it has made so many deliveries and all of them have succeeded.
    pub(super) async fn delivered(&self, server: &Server, count: usize) -> Vec<Value> {
        let succeeded = |one: &&Value| one["status"] == "succeeded";
        self.wait(server, |all| {
            all.len() == count && all.iter().filter(succeeded).count() == count
        })
        .await;
        let found = self.deliveries(server).await;
        for delivery in &found {
            let attempts = delivery["attempts"].as_array().expect("attempts");
            let numbers = attempts.iter().map(|one| one["number"].as_u64());
            assert!(
                numbers.eq((1..=attempts.len() as u64).map(Some)),
                "{attempts:#?}"
            );
            for attempt in attempts {
                assert!(!methods(attempt).is_empty(), "{attempt:#}");
            }
        }
        self.keeps_its_secrets(server).await;
        found
    }

    /// Waits until the first attempt of the newest delivery has failed in this way.
    pub(super) async fn fails(&self, server: &Server, deliveries: usize, outcome: &str) {
        let failed = |one: &Value| one["status"] == "scheduled" && one["attemptCount"] != 0;
        let all = self
            .wait(server, |all| {
                all.len() == deliveries && all.last().is_some_and(failed)
            })
            .await;
        let newest = self.whole(server, &all[deliveries - 1]).await;
        assert_eq!(newest["attempts"][0]["outcome"], outcome, "{newest:#}");
    }

    async fn wait(&self, server: &Server, is_so: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        for _ in 0..PATIENCE.as_millis() / A_MOMENT.as_millis() {
            let listed = self.listed(server).await;
            if is_so(&listed) {
                return listed;
            }
            sleep(A_MOMENT).await;
        }
        panic!("it did not come to that: {:#?}", self.listed(server).await);
    }

    /// Asserts that no secret stands in what the API or the log tells of it.
    async fn keeps_its_secrets(&self, server: &Server) {
        let shown = server.get(&format!("/api/integrations/{}", self.id)).await;
        self.hides(&shown.to_string());
        self.hides(&server.errors());
    }

    fn hides(&self, text: &str) {
        for secret in &self.secrets {
            assert!(
                !text.contains(secret),
                "the secret {secret} stands in {text}"
            );
        }
    }
}

/// The methods of an attempt's steps.
pub(super) fn methods(attempt: &Value) -> Vec<&str> {
    let steps = attempt["steps"].as_array().expect("steps");
    steps
        .iter()
        .map(|step| step["method"].as_str().unwrap())
        .collect()
}
