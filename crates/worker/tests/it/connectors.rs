//! Connectors: what their transforms ask is asked, step by step, recorded without secrets, and tried again from the beginning.

use std::time::Duration;

use postern_egress::testing::Answer;
use postern_journal::NewWorkspace;
use postern_model::{DigestSchedule, EventKind, Integration, Outcome, PayloadForm, WorkspaceKind};
use postern_storage::EngineKind;
use postern_worker::WorkerConfig;
use serde_json::{Map, Value, json};

use crate::house::{House, PATIENCE, houses};

/// What stands for a secret.
const MASK: &str = "••••••••";

const FAILED: &str = r#"{"monitor_name":"Payments","monitor_uid":"1-2","metrics":{"failedTests":1,"passedTests":1},
    "postern":{"status":"failure","failures":[{"itemName":"Get","assertion":"is 200","message":"was 500"}]}}"#;
const BACKUP: &str = r#"{"collection":{"info":{"name":"Pets"},"item":[]},"postern":{"collection_uid":"1-2","version":3,
    "saved_at":"2031-01-06T09:00:00Z"}}"#;

fn fields(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        other => panic!("{other} is no object"),
    }
}

async fn gotify(house: &House) -> Integration {
    let url = house.receiver.url("");
    house
        .integration(|integration| {
            "gotify".clone_into(&mut integration.connector);
            integration.event = EventKind::MonitorResults;
            integration.config.url = String::new();
            integration.config.fields =
                fields(json!({"url": url, "token": "AsecretToken.1", "priority": 8}));
            integration.options.payload = PayloadForm::Standard;
        })
        .await
}

async fn webdav(house: &House) -> Integration {
    let url = house.receiver.url("/dav");
    house
        .integration(|integration| {
            "webdav".clone_into(&mut integration.connector);
            integration.event = EventKind::CollectionBackup;
            integration.config.url = String::new();
            integration.config.fields = fields(json!({
                "url": url, "user": "mia", "password": "s3cret-of-mia", "path": "{collection}/v{version}.json",
            }));
        })
        .await
}

#[tokio::test]
async fn a_service_is_asked_as_it_wants_and_no_secret_is_recorded() {
    for mut house in houses().await {
        let integration = gotify(&house).await;
        house.receiver.answer(
            Answer::status(200)
                .header("content-type", "application/json")
                .body(r#"{"id": 1, "note": "AsecretToken.1"}"#),
        );
        house.start();
        let delivery = house.owe(&integration, FAILED).await;
        house.reached(delivery.id, "succeeded").await;
        let request = house.receiver.wait_for(1, PATIENCE).await.remove(0);
        assert_eq!(
            (request.method.as_str(), request.path()),
            ("POST", "/message")
        );
        assert_eq!(request.header("x-gotify-key"), Some("AsecretToken.1"));
        assert_eq!(
            request.header("user-agent"),
            Some(concat!("Postern/", env!("CARGO_PKG_VERSION")))
        );
        assert_eq!(
            request.header("webhook-signature"),
            None,
            "it is no webhook"
        );
        let body: Value = serde_json::from_str(&request.text()).unwrap();
        assert!(
            body["title"].as_str().unwrap().contains("Payments failed"),
            "{body}"
        );
        let attempt = house.attempts(delivery.id).await.remove(0);
        assert_eq!(attempt.outcome, Outcome::Succeeded);
        assert_eq!(attempt.message, "Gotify answered 200 OK");
        let [step] = attempt.steps.as_slice() else {
            panic!("{:?}", attempt.steps);
        };
        assert_eq!((step.method.as_str(), step.status), ("POST", Some(200)));
        assert!(step.request_body.contains("Payments failed"));
        assert_eq!(
            step.response_body,
            format!(r#"{{"id": 1, "note": "{MASK}"}}"#)
        );
        let recorded = format!("{attempt:?}");
        assert!(!recorded.contains("AsecretToken"), "{recorded}");
        house.stop().await;
    }
}

#[tokio::test]
async fn a_refusal_is_explained_and_tried_again() {
    for mut house in houses().await {
        let integration = gotify(&house).await;
        house.receiver.queue([
            Answer::status(401).body(r#"{"error": "Unauthorized"}"#),
            // A success that is none: the connector looks at the answer.
            Answer::status(200).body("<html>sign in</html>"),
            Answer::status(200).body(r#"{"id": 7}"#),
        ]);
        house.start();
        let delivery = house.owe(&integration, FAILED).await;
        let first = house.attempted(delivery.id, 1).await.remove(0);
        assert_eq!(first.outcome, Outcome::Rejected);
        assert!(
            first.message.starts_with("Gotify says"),
            "{}",
            first.message
        );
        assert!(house.due_in(delivery.id).await >= Duration::from_secs(4));
        house.pass(Duration::from_secs(10));
        let second = house.attempted(delivery.id, 2).await.remove(1);
        assert_eq!(
            (second.status, second.outcome),
            (Some(200), Outcome::Rejected)
        );
        assert!(second.message.contains("not Gotify"), "{}", second.message);
        house.pass(Duration::from_mins(1));
        house.reached(delivery.id, "succeeded").await;
        assert_eq!(house.receiver.requests().len(), 3);
        house.stop().await;
    }
}

#[tokio::test]
async fn steps_follow_from_answers_and_a_lost_one_begins_anew() {
    for mut house in houses().await {
        let integration = webdav(&house).await;
        house.receiver.queue([
            Answer::status(409),
            Answer::status(201),
            // The server dies in the middle of the third.
            Answer::reset(),
            // The second time the folder is there already.
            Answer::status(201),
        ]);
        house.start();
        let delivery = house.owe(&integration, BACKUP).await;
        let first = house.attempted(delivery.id, 1).await.remove(0);
        let asked: Vec<&str> = first
            .steps
            .iter()
            .map(|step| step.method.as_str())
            .collect();
        assert_eq!(asked, ["PUT", "MKCOL", "PUT"]);
        assert_eq!(first.outcome, Outcome::Reset);
        house.pass(Duration::from_secs(10));
        house.reached(delivery.id, "succeeded").await;
        let requests = house.receiver.wait_for(4, PATIENCE).await;
        let file = "{\n  \"info\": {\n    \"name\": \"Pets\"\n  },\n  \"item\": []\n}\n";
        for put in requests.iter().filter(|request| request.method == "PUT") {
            assert_eq!(put.path(), "/dav/Pets/v3.json", "the same place each time");
            assert_eq!(put.text(), file);
        }
        let attempts = house.attempts(delivery.id).await;
        assert_eq!(attempts.len(), 2);
        assert_eq!(attempts[1].steps.len(), 1);
        assert_eq!(attempts[1].steps[0].request_body, "<the file>");
        let recorded = format!("{attempts:?}");
        assert!(
            !recorded.contains("s3cret") && !recorded.contains("bWlhOnMzY3JldC"),
            "{recorded}"
        );
        house.stop().await;
    }
}

#[tokio::test]
async fn a_host_that_no_field_names_is_not_asked() {
    let mut house = House::on_sqlite().await;
    let integration = house
        .integration(|integration| {
            // Its manifest lets it ask https://hooks.slack.com and nobody else; this address got past the form somehow.
            integration.connector = "pushover".to_owned();
            integration.event = EventKind::MonitorResults;
            integration.config.fields = Map::new();
        })
        .await;
    house.start();
    let delivery = house.owe(&integration, FAILED).await;
    let attempt = house.attempted(delivery.id, 1).await.remove(0);
    assert_ne!(attempt.outcome, Outcome::Succeeded, "{}", attempt.message);
    house.nothing_more_arrives().await;
    house.stop().await;
}

#[tokio::test]
async fn a_file_is_written_only_where_the_configuration_allows_it() {
    let mut house = House::on_sqlite().await;
    let root = std::env::temp_dir().join(format!("postern-backups-{}", std::process::id()));
    std::fs::create_dir_all(root.join("mine")).unwrap();
    let folder = |place: std::path::PathBuf| {
        move |integration: &mut Integration| {
            integration.connector = "folder".to_owned();
            integration.event = EventKind::CollectionBackup;
            integration.config.url = String::new();
            let place = place.to_string_lossy();
            integration.config.fields =
                fields(json!({"folder": place, "path": "{collection}/v{version}.json"}));
        }
    };
    let allowed = house.integration(folder(root.join("mine"))).await;
    let outside = house.integration(folder(std::env::temp_dir())).await;
    house.start_with(WorkerConfig {
        backup_directories: vec![root.clone()],
        ..WorkerConfig::new(house.node, "test")
    });
    let written = house.owe(&allowed, BACKUP).await;
    house.reached(written.id, "succeeded").await;
    let file = std::fs::read_to_string(root.join("mine/Pets/v3.json")).unwrap();
    assert!(file.ends_with("}\n") && file.contains("\"Pets\""), "{file}");
    let attempt = house.attempts(written.id).await.remove(0);
    assert_eq!(
        attempt.message,
        format!("wrote {} bytes to Pets/v3.json", file.len())
    );
    let refused = house.owe(&outside, BACKUP).await;
    let attempt = house.attempted(refused.id, 1).await.remove(0);
    assert_eq!(attempt.outcome, Outcome::Rejected);
    assert!(
        attempt.message.contains("backups.directories"),
        "{}",
        attempt.message
    );
    house.stop().await;
    std::fs::remove_dir_all(&root).unwrap();
}

#[tokio::test]
async fn activities_are_gathered_and_told_together_at_their_time() {
    for mut house in houses().await {
        let integration = house
            .integration(|integration| {
                integration.event = EventKind::TeamActivity;
                integration.options.digest = Some(DigestSchedule {
                    cron: "0 * * * *".to_owned(),
                    timezone: "UTC".to_owned(),
                });
            })
            .await;
        let journal = house.journal();
        for name in ["One", "Two", "Three"] {
            let new = NewWorkspace {
                name: name.to_owned(),
                kind: WorkspaceKind::Team,
                description: String::new(),
            };
            journal.create_workspace(&house.mia(), new).await.unwrap();
        }
        // An attempt that is lost is made again: a digest is an event like any other.
        house.receiver.queue([Answer::status(503)]);
        house.start();
        // PostgreSQL stamps what is gathered with its own time, which is long past here.
        if house.read().await.unwrap().engine() == EngineKind::Sqlite {
            house.nothing_more_arrives().await;
            assert_eq!(
                house.receiver.requests().len(),
                0,
                "they wait for their hour"
            );
        }
        house.pass(Duration::from_mins(61));
        let request = house.receiver.wait_for(1, PATIENCE).await.remove(0);
        let body: Value = serde_json::from_str(&request.text()).unwrap();
        let told: Vec<&str> = body["activities"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|activity| activity["model_name"].as_str())
            .collect();
        assert_eq!(told, ["One", "Two", "Three"]);
        assert_eq!(body["more"], 0);
        while house.integration_now(integration.id).await.failed_attempts == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        house.pass(Duration::from_mins(1));
        let again = house.receiver.wait_for(2, PATIENCE).await.remove(1);
        assert_eq!(again.text(), request.text());
        house.nothing_more_arrives().await;
        assert!(
            house
                .integration_now(integration.id)
                .await
                .status
                .is_active()
        );
        house.stop().await;
    }
}
