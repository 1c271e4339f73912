//! Matrix, as Synapse speaks it.

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use postern_egress::Request;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::gate::{Gate, Shut};
use super::integration::{Integration, methods};
use super::service::Service;
use super::{installed, place};
use crate::server::Server;

const API: &str = "/_matrix/client/v3";

/// A homeserver, and who owns its room.
struct Home {
    service: Service,
    owner: String,
    _folder: TempDir,
}

impl Home {
    async fn open() -> Option<Self> {
        let python = installed::synapse()?;
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().to_owned();
        let key = STANDARD_NO_PAD.encode([7; 32]);
        std::fs::write(root.join("key"), format!("ed25519 a_test {key}\n")).unwrap();
        let service = Service::start(move |port| {
            let config = root.join("homeserver.yaml");
            // JSON is YAML.
            let often = json!({"per_second": 1000, "burst_count": 1000});
            let settings = json!({
                "server_name": "localhost",
                "listeners": [{
                    "port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": false,
                    "resources": [{"names": ["client"], "compress": false}],
                }],
                "database": {"name": "sqlite3", "args": {"database": root.join("homeserver.db")}},
                "pid_file": root.join("pid"),
                "media_store_path": root.join("media"),
                "signing_key_path": root.join("key"),
                "macaroon_secret_key": "of the tests", "form_secret": "of the tests",
                "report_stats": false, "trusted_key_servers": [],
                "enable_registration": true, "enable_registration_without_verification": true,
                "rc_registration": often, "rc_message": often,
            });
            std::fs::write(&config, settings.to_string()).unwrap();
            let mut command = Command::new(&python);
            command
                .args(["-m", "synapse.app.homeserver", "-c"])
                .arg(config)
                .current_dir(&root);
            command
        })
        .await;
        let mut home = Self {
            service,
            owner: String::new(),
            _folder: folder,
        };
        home.owner = home.account("mia").await;
        Some(home)
    }

    /// Asks as somebody, or as nobody.
    async fn ask(&self, token: &str, method: &str, path: &str, body: &Value) -> Value {
        let url = self.service.url(&format!("{API}{path}")).parse().unwrap();
        let mut request = Request::new(method, url);
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if method != "GET" {
            request = request.body(body.to_string().into_bytes());
        }
        let answer = self.service.ask(request).await;
        let text = String::from_utf8_lossy(&answer.body);
        assert!(answer.is_success(), "{path}: {} {text}", answer.status);
        serde_json::from_str(&text).unwrap()
    }

    /// Makes an account; its token.
    async fn account(&self, name: &str) -> String {
        let account = json!({"username": name, "password": "not to be guessed", "auth": {"type": "m.login.dummy"}});
        let made = self.ask("", "POST", "/register", &account).await;
        made["access_token"].as_str().unwrap().to_owned()
    }

    /// What stands in a room, the first message first.
    async fn messages(&self, room: &str) -> Vec<Value> {
        let path = format!("/rooms/{room}/messages?dir=f&limit=100");
        let told = self.ask(&self.owner, "GET", &path, &Value::Null).await;
        let events = told["chunk"].as_array().unwrap().iter();
        let messages = events.filter(|event| event["type"] == "m.room.message");
        messages.map(|event| event["content"].clone()).collect()
    }
}

async fn publish(server: &Server, number: u32) {
    let event = json!({"event": {"type": "build.done", "payload": {"number": number, "by": "@room <b>🦊</b>"}}});
    server.post("/api/events", &event).await;
}

#[tokio::test]
async fn postern_joins_its_room_and_says_everything_once() {
    let Some(home) = Home::open().await else {
        return;
    };
    let token = home.account("postern").await;
    let room = json!({"invite": ["@postern:localhost"], "room_alias_name": "builds"});
    let room = home.ask(&home.owner, "POST", "/createRoom", &room).await;
    let room = room["room_id"].as_str().unwrap().to_owned();
    let place = place();
    let server = place.serve();
    let fields = json!({"url": home.service.url("/"), "token": token, "room": room});
    let chat = Integration::make(&server, "matrix", "custom", fields.clone()).await;
    publish(&server, 1).await;
    let told = chat.delivered(&server, 1).await;
    assert_eq!(
        methods(&told[0]["attempts"][0]),
        ["PUT", "POST", "PUT"],
        "it was invited"
    );
    publish(&server, 2).await;
    let told = chat.delivered(&server, 2).await;
    assert_eq!(methods(&told[1]["attempts"][0]), ["PUT"]);
    let said = home.messages(&room).await;
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(
        said[1]["body"].as_str().unwrap().contains("\"number\": 2"),
        "{said:#?}"
    );
    let html = said[0]["formatted_body"].as_str().unwrap();
    assert!(
        html.contains("&lt;b&gt;🦊") && !html.contains("<b>🦊"),
        "{html}"
    );
    chat.pause(&server).await;

    // By the room's address; and Postern is killed when the message is there and Postern doesn't know it.
    let gate = Gate::before(&home.service, Shut::Answer, "PUT /_matrix", 1).await;
    let mut by_name = fields.clone();
    by_name["room"] = "#builds:localhost".into();
    by_name["url"] = gate.url("").into();
    let chat = Integration::make(&server, "matrix", "custom", by_name).await;
    publish(&server, 3).await;
    gate.is_reached().await;
    assert_eq!(home.messages(&room).await.len(), 3);
    server.kill();
    gate.lose();
    let server = place.serve();
    let told = chat.delivered(&server, 1).await;
    let last = told[0]["attempts"].as_array().unwrap().last().unwrap();
    assert_eq!(methods(last), ["GET", "PUT"]);
    assert_eq!(gate.count(), 2, "it was sent again");
    let said = home.messages(&room).await;
    assert_eq!(said.len(), 3, "{said:#?}");

    for (field, value, says) in [
        (
            "token",
            "syt_of_nobody",
            "`M_UNKNOWN_TOKEN`: the access token is wrong",
        ),
        (
            "room",
            "#nowhere:localhost",
            "`M_NOT_FOUND`: there is no room with this address",
        ),
        (
            "room",
            "!nowhere:localhost",
            "there is no such room on this homeserver",
        ),
    ] {
        let mut fields = fields.clone();
        fields[field] = value.into();
        let wrong = Integration::make(&server, "matrix", "custom", fields).await;
        let tested = wrong.try_test(&server).await;
        assert!(
            tested["message"].as_str().unwrap().contains(says),
            "{says}: {tested:#}"
        );
    }
    server.stop();
}
