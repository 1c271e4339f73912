//! What arrives at a receiver, held against what was promised.

use std::collections::BTreeMap;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use postern_egress::testing::{Received, Receiver};
use serde_json::{Value, json};
use standardwebhooks::Webhook;

use crate::server::{PATIENCE, Server};

/// The kinds of events whose bodies the seed describes, and the schema of each.
const SCHEMAS: [(&str, &str); 4] = [
    (
        "collection_backup",
        include_str!("../payloads/collection-backup.schema.json"),
    ),
    (
        "collection_activity",
        include_str!("../payloads/team-activity.schema.json"),
    ),
    (
        "team_activity",
        include_str!("../payloads/team-activity.schema.json"),
    ),
    (
        "monitor_results",
        include_str!("../payloads/monitor-results.schema.json"),
    ),
];

/// A webhook that arrived, verified.
#[derive(Debug, Clone)]
pub(crate) struct Arrived {
    /// The event's id.
    pub(crate) id: String,
    /// What it tells.
    pub(crate) body: Value,
}

/// Integrations of a server at one receiver, each at a path of its own, with their secrets.
pub(crate) struct Hooks {
    pub(crate) receiver: Receiver,
    secrets: BTreeMap<String, String>,
}

impl Hooks {
    /// An integration of each kind.
    pub(crate) async fn of_all_kinds(server: &Server) -> Self {
        let kinds = SCHEMAS.map(|(kind, _)| kind);
        Self::of(server, Receiver::start(), &kinds).await
    }

    /// An integration of each of these kinds, at this receiver.
    pub(crate) async fn of(server: &Server, receiver: Receiver, kinds: &[&str]) -> Self {
        let mut secrets = BTreeMap::new();
        for kind in kinds {
            let integration = json!({"integration": {
                "name": format!("Send {kind}"), "event": kind, "config": {"url": receiver.url(&format!("/{kind}"))},
            }});
            let made = server.post("/api/integrations", &integration).await;
            let secret = made["integration"]["secret"]
                .as_str()
                .unwrap_or_else(|| panic!("no secret: {made}"));
            secrets.insert((*kind).to_owned(), secret.to_owned());
        }
        Self { receiver, secrets }
    }

    /// Closes the receiver's port: connections are refused from now on.
    pub(crate) fn leave(self) -> Away {
        Away {
            port: self.receiver.address().port(),
            secrets: self.secrets,
        }
    }

    /// What has arrived of one kind, each signature and body checked.
    pub(crate) fn arrived(&self, kind: &str) -> Vec<Arrived> {
        let path = format!("/{kind}");
        let requests = self.receiver.requests();
        let of_kind = requests.iter().filter(|request| request.path() == path);
        of_kind
            .map(|request| self.verified(kind, request))
            .collect()
    }

    /// Waits until something of this kind has arrived that fits; gives it.
    pub(crate) async fn wait_for(&self, kind: &str, fits: impl Fn(&Value) -> bool) -> Arrived {
        for _ in 0..PATIENCE.as_millis() / 50 {
            let found = self.arrived(kind).into_iter().find(|one| fits(&one.body));
            if let Some(found) = found {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no such {kind} among {:#?}", self.arrived(kind));
    }

    /// Checks what a receiver would: the signature, by the library that others use, and the body, by its schema.
    fn verified(&self, kind: &str, request: &Received) -> Arrived {
        assert_eq!(request.method, "POST");
        assert_eq!(request.header("postern-event"), Some(kind));
        assert_eq!(request.header("content-type"), Some("application/json"));
        let mut headers = HeaderMap::new();
        for (name, value) in &request.headers {
            headers.append(
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        let webhook =
            Webhook::new(&self.secrets[kind]).expect("the secret is one of Standard Webhooks");
        if let Err(error) = webhook.verify(&request.body, &headers) {
            panic!("the signature of {kind} is wrong: {error}");
        }
        let body: Value = serde_json::from_slice(&request.body).expect("the body is JSON");
        assert_fits(kind, &body);
        Arrived {
            id: request.header("webhook-id").expect("an id").to_owned(),
            body,
        }
    }
}

/// A receiver that is gone for the time being.
pub(crate) struct Away {
    port: u16,
    secrets: BTreeMap<String, String>,
}

impl Away {
    /// Opens the same port again.
    pub(crate) fn come_back(self) -> Hooks {
        Hooks {
            receiver: Receiver::start_on(self.port),
            secrets: self.secrets,
        }
    }
}

/// A body has exactly the fields of its schema, all of them, of the right types.
fn assert_fits(kind: &str, body: &Value) {
    let (_, schema) = SCHEMAS
        .iter()
        .find(|(known, _)| *known == kind)
        .expect("a schema");
    let mut schema: Value = serde_json::from_str(schema).unwrap();
    require_all(&mut schema);
    let validator = jsonschema::draft4::new(&schema).expect("the schema is one");
    let problems: Vec<String> = validator
        .iter_errors(body)
        .map(|problem| format!("{}: {problem}", problem.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{kind}: {problems:#?} in {body:#}");
}

/// The seed's schemas require no field and forbid none. Postern promises more: all of them, and no other.
fn require_all(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    // Its ids are relative to example.com and name nothing.
    object.remove("id");
    let Some(Value::Object(properties)) = object.get_mut("properties") else {
        return;
    };
    if properties.is_empty() {
        return;
    }
    properties.values_mut().for_each(require_all);
    let names: Vec<Value> = properties.keys().map(|name| json!(name)).collect();
    object.insert("required".to_owned(), Value::Array(names));
    object.insert("additionalProperties".to_owned(), json!(false));
}

#[test]
fn the_schemas_are_held_against_bodies_strictly() {
    for (kind, body) in [
        ("collection_backup", json!({"collection": 1})),
        ("collection_backup", json!({})),
        ("collection_backup", json!({"collection": {}, "more": 1})),
        ("team_activity", json!({"action": "create"})),
        ("monitor_results", json!({"metrics": {}})),
    ] {
        let refused = std::panic::catch_unwind(|| assert_fits(kind, &body));
        assert!(refused.is_err(), "{kind} took {body}");
    }
    assert_fits("collection_backup", &json!({"collection": {"info": {}}}));
}
