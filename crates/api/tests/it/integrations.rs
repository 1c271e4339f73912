//! Integrations and the team's own events.
#![expect(
    clippy::too_many_lines,
    reason = "the answers stand in the test that gets them"
)]

use serde_json::{Value, json};

use crate::house::{Answer, EDITOR, House, assert_each_snapshot, houses, redacted, shown};
use crate::things::{backup, petstore};

#[tokio::test]
async fn integrations_are_made_read_changed_and_deleted() {
    for house in houses().await {
        let made = house.post("/integrations", backup()).await;
        let id = made.json()["integration"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(
            made.json()["integration"]["secret"]
                .as_str()
                .unwrap()
                .starts_with("whsec_")
        );
        assert_each_snapshot!(shown(made), @r#"
        201 {
          "integration": {
            "id": "[id]",
            "name": "Backup to Box",
            "connector": "webhooks",
            "event": "collection_backup",
            "workspace": null,
            "collection": null,
            "monitor": null,
            "config": {
              "url": "https://example.com/hook",
              "headers": {
                "X-Token": "••••••••"
              }
            },
            "options": {
              "notify": "every_run",
              "from": 1,
              "limit": null,
              "payload": "standard",
              "order": "none",
              "backup": "every_change",
              "types": [],
              "retries": null,
              "timeout": 30
            },
            "status": "active",
            "failedAttempts": 0,
            "createdBy": 10000002,
            "createdAt": "[time]",
            "updatedAt": "[time]",
            "secret": "[secret]"
          }
        }
        "#);
        let path = format!("/integrations/{id}");
        let read = house.get(&path).await;
        assert!(!read.text.contains("s3cr3t") && !read.text.contains("whsec_"));
        assert_each_snapshot!(shown(read), @r#"
        200 {
          "integration": {
            "id": "[id]",
            "name": "Backup to Box",
            "connector": "webhooks",
            "event": "collection_backup",
            "workspace": null,
            "collection": null,
            "monitor": null,
            "config": {
              "url": "https://example.com/hook",
              "headers": {
                "X-Token": "••••••••"
              }
            },
            "options": {
              "notify": "every_run",
              "from": 1,
              "limit": null,
              "payload": "standard",
              "order": "none",
              "backup": "every_change",
              "types": [],
              "retries": null,
              "timeout": 30
            },
            "status": "active",
            "failedAttempts": 0,
            "createdBy": 10000002,
            "createdAt": "[time]",
            "updatedAt": "[time]"
          }
        }
        "#);
        assert_eq!(
            house.get("/integrations").await.ok()["integrations"]
                .as_array()
                .unwrap()
                .len(),
            1
        );
        assert_eq!(
            house.get("/integrations?event=custom").await.ok()["integrations"],
            json!([])
        );
        let mut replacement = backup();
        replacement["integration"]["name"] = json!("Backup to Crate");
        replacement["integration"]["config"]["headers"]["X-Token"] = json!("••••••••");
        replacement["integration"]["options"] = json!({"payload": "detailed"});
        let replaced = house.put(&path, replacement).await.ok();
        assert_eq!(replaced["integration"]["name"], "Backup to Crate");
        assert_eq!(replaced["integration"]["options"]["payload"], "detailed");
        assert_eq!(house.stored_header(&id).await, "s3cr3t");
        assert_each_snapshot!(shown(house.delete(&path).await), @r#"
        200 {
          "integration": {
            "id": "[id]"
          }
        }
        "#);
        assert_eq!(house.get(&path).await.status.as_u16(), 404);
    }
}

impl House {
    async fn stored_header(&self, integration: &str) -> String {
        let mut tx = self.store.read().await.unwrap();
        let found = tx
            .integrations()
            .get(self.team, integration.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        found.config.headers["X-Token"].as_str().unwrap().to_owned()
    }

    async fn integrated(&self, body: Value) -> String {
        self.post("/integrations", body).await.ok()["integration"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

#[tokio::test]
async fn a_patch_changes_only_what_it_names() {
    for house in houses().await {
        let id = house.integrated(backup()).await;
        let path = format!("/integrations/{id}");
        let before = house.get(&path).await.ok();
        let change = json!({"integration": {"options": {"timeout": 5}, "config": {"url": "https://example.org/new"}}});
        let after = house.call(EDITOR, "PATCH", &path, Some(change)).await.ok();
        let mut expected = before;
        expected["integration"]["options"]["timeout"] = json!(5);
        expected["integration"]["config"]["url"] = json!("https://example.org/new");
        assert_eq!(redacted(after), redacted(expected));
        assert_eq!(house.stored_header(&id).await, "s3cr3t");
    }
}

#[tokio::test]
async fn integrations_pause_hold_and_resume() {
    for house in houses().await {
        let id = house.integrated(backup()).await;
        let call =
            |verb: &'static str| house.call_owned("POST", format!("/integrations/{id}/{verb}"));
        assert_eq!(call("pause").await.ok()["integration"]["status"], "paused");
        house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let held = house
            .get(&format!("/integrations/{id}/deliveries?status=held"))
            .await
            .ok();
        assert_eq!(held["deliveries"].as_array().unwrap().len(), 1);
        assert_eq!(held["deliveries"][0]["reason"], "paused");
        assert_eq!(call("resume").await.ok()["integration"]["status"], "active");
        let due = house
            .get(&format!("/integrations/{id}/deliveries?status=scheduled"))
            .await
            .ok();
        assert_eq!(due["deliveries"].as_array().unwrap().len(), 1);
    }
}

impl House {
    async fn call_owned(&self, method: &str, path: String) -> Answer {
        self.call(EDITOR, method, &path, None).await
    }
}

#[tokio::test]
async fn a_test_event_is_a_delivery_of_its_own() {
    for house in houses().await {
        let id = house.integrated(backup()).await;
        let answer = house
            .call(
                EDITOR,
                "POST",
                &format!("/integrations/{id}/test?async=true"),
                None,
            )
            .await;
        assert_each_snapshot!(shown(answer), @r#"
        202 {
          "delivery": {
            "id": "[id]",
            "eventId": "[id]",
            "event": "test",
            "integrationId": "[id]",
            "integrationName": "Backup to Box",
            "status": "scheduled",
            "attemptCount": 0,
            "nextAttemptAt": "[time]",
            "createdAt": "[time]",
            "updatedAt": "[time]"
          },
          "event": {
            "id": "[id]",
            "kind": "test",
            "createdAt": "[time]",
            "payload": {
              "collection": {
                "info": {
                  "name": "A collection",
                  "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
                },
                "item": []
              }
            }
          },
          "attempts": []
        }
        "#);
    }
}

#[tokio::test]
async fn a_rotated_secret_is_shown_once_and_differs_from_the_one_before() {
    for house in houses().await {
        let made = house.post("/integrations", backup()).await.ok();
        let id = made["integration"]["id"].as_str().unwrap();
        let rotated = house
            .call(
                EDITOR,
                "POST",
                &format!("/integrations/{id}/rotate-secret"),
                None,
            )
            .await
            .ok();
        let secret = &rotated["integration"]["secret"];
        assert!(secret.as_str().unwrap().starts_with("whsec_"));
        assert_ne!(secret, &made["integration"]["secret"]);
        let mut tx = house.store.read().await.unwrap();
        let stored = tx
            .integrations()
            .get(house.team, id.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        let valid: Vec<_> = stored
            .secrets
            .iter()
            .map(|it| Value::from(it.secret.clone()))
            .collect();
        assert_eq!(
            valid,
            [secret.clone(), made["integration"]["secret"].clone()]
        );
    }
}

#[tokio::test]
async fn settings_that_cannot_be_are_refused_with_the_field_named() {
    let house = House::sqlite().await;
    let id = house.integrated(backup()).await;
    let before = house.state().await;
    let mut told = Vec::new();
    for (path, value) in [
        ("/event", json!("party")),
        ("/event", json!("test")),
        ("/connector", json!("pigeons")),
        ("/config/url", json!("ftp://example.com")),
        ("/config/url", json!("not a url")),
        ("/config/header", json!({})),
        ("/config/headers", json!({"bad name": "x"})),
        ("/config/headers", json!({"X-Token": "line\nbreak"})),
        (
            "/config/headers",
            json!({"X-Token": "••••••••", "X-Other": "••••••••"}),
        ),
        ("/options", json!({"timeout": 0})),
        ("/options", json!({"timeout": 121})),
        ("/options", json!({"concurrency": 0})),
        ("/options", json!({"rate": 10_001})),
        ("/options", json!({"notify": "failures", "from": 0})),
        ("/options", json!({"notify": "sometimes"})),
        ("/options", json!({"colour": "blue"})),
        ("/unknown", json!(1)),
    ] {
        let mut body = backup();
        let (parent, field) = path.rsplit_once('/').unwrap();
        body["integration"].pointer_mut(parent).unwrap()[field] = value.clone();
        let made = house.post("/integrations", body.clone()).await;
        assert_eq!(made.error().0, 400, "{path} {value}");
        let replaced = house.put(&format!("/integrations/{id}"), body).await;
        assert_eq!(replaced.error().0, 400, "{path} {value}");
        told.push(format!("{path} {value}: {}", made.message()));
    }
    assert_each_snapshot!(told.join("\n"), @r#"
    /event "party": integration.event: must be collection_backup, collection_activity, monitor_results, team_activity, custom, integration_failing or integration_disabled
    /event "test": integration.event: must be collection_backup, collection_activity, monitor_results, team_activity, custom, integration_failing or integration_disabled
    /connector "pigeons": integration.connector: there is no such connector (GET /connectors lists them)
    /config/url "ftp://example.com": integration.config.url: it begins with http:// or https://
    /config/url "not a url": integration.config.url: it is no URL (expected https://host/path)
    /config/header {}: $.integration.config.header: unknown field `header`, expected one of `url`, `fields`, `headers`, `auth`, `tls`, `transform` (line 1 column 172)
    /config/headers {"bad name":"x"}: integration.config.headers: the header "bad name" is not a header's name
    /config/headers {"X-Token":"line\nbreak"}: integration.config.headers: the header "X-Token" has a value with a line break or another control character
    /config/headers {"X-Token":"••••••••","X-Other":"••••••••"}: integration.config.headers.X-Token: •••••••• stands for a secret that is stored, and none is stored here: send the value itself
    /options {"timeout":0}: integration.options.timeout: an attempt may take 1 to 120 seconds
    /options {"timeout":121}: integration.options.timeout: an attempt may take 1 to 120 seconds
    /options {"concurrency":0}: integration.options.concurrency: 1 to 100 requests may go at once
    /options {"rate":10001}: integration.options.rate: 1 to 10,000 attempts may begin in a second
    /options {"notify":"failures","from":0}: integration.options: options.from is the number of the first failure that is told, from 1 to 1000
    /options {"notify":"sometimes"}: integration.options.notify: unknown variant `sometimes`, expected `every_run` or `failures`
    /options {"colour":"blue"}: integration.options.colour: unknown field `colour`, expected one of `notify`, `from`, `limit`, `payload`, `closedWorkspaces`, `order`, `backup`, `types`, `actions`, `models`, `digest`, `signatures`, `retries`, `timeout`, `concurrency`, `rate`
    /unknown 1: $.integration.unknown: unknown field `unknown`, expected one of `name`, `connector`, `event`, `workspace`, `collection`, `monitor`, `config`, `options`, `secret` (line 1 column 174)
    "#);
    assert_eq!(house.state().await, before);
}

#[tokio::test]
async fn who_postern_is_to_a_receiver_is_taken_masked_and_kept_where_the_mask_comes_back() {
    let ours = postern_egress::testing::Identity::self_signed(&["postern.test"]);
    let other = postern_egress::testing::Identity::self_signed(&["other.test"]);
    for house in houses().await {
        let config = json!({
            "url": "https://example.com",
            "auth": {
                "type": "oauth2", "tokenUrl": "https://id.example/token", "clientId": "us", "clientSecret": "hush",
            },
            "tls": {"certificate": ours.certificate_pem(), "key": ours.key_pem()},
        });
        let body = |config: &Value| json!({"integration": {"name": "A", "event": "custom", "config": config}});
        let id = house.integrated(body(&config)).await;
        let path = format!("/integrations/{id}");
        let read = house.get(&path).await.json()["integration"]["config"].clone();
        assert_eq!(read["auth"]["clientSecret"], "••••••••");
        assert_eq!(read["auth"]["clientId"], "us");
        assert_eq!(read["tls"]["key"], "••••••••");
        assert_eq!(read["tls"]["certificate"], config["tls"]["certificate"]);

        let before = house.state().await;
        let same = house.put(&path, body(&read)).await;
        assert_eq!(same.status, 200, "{}", same.message());
        assert_eq!(house.state().await, before, "the masks keep what is stored");
        let made = house.post("/integrations", body(&read)).await;
        assert!(
            made.message().contains("auth.clientSecret"),
            "{}",
            made.message()
        );

        let change = json!({"integration": {"config": {"auth": {"type": "bearer", "token": "t"}}}});
        let patched = house.call(EDITOR, "PATCH", &path, Some(change)).await;
        let auth = patched.json()["integration"]["config"]["auth"].clone();
        assert_eq!(auth, json!({"type": "bearer", "token": "••••••••"}));

        for (pointer, value, says) in [
            (
                "/tls/ca",
                json!("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"),
                "tls.ca",
            ),
            ("/tls/key", json!(other.key_pem()), "another one"),
            ("/tls/key", json!("-----BEGIN PRIVATE KEY-----"), "key"),
            ("/auth/tokenUrl", json!("nowhere"), "tokenUrl"),
        ] {
            let mut wrong = config.clone();
            let (parent, field) = pointer.rsplit_once('/').unwrap();
            wrong.pointer_mut(parent).unwrap()[field] = value;
            let refused = house.post("/integrations", body(&wrong)).await;
            assert_eq!(refused.error().0, 400, "{pointer}");
            assert!(refused.message().contains(says), "{}", refused.message());
        }
    }
}

#[tokio::test]
async fn a_team_brings_its_own_secret_and_says_how_long_the_old_one_signs() {
    const MINE: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    for house in houses().await {
        let body = |secret: &str| {
            json!({"integration": {
                "name": "A", "event": "custom", "config": {"url": "https://example.com"}, "secret": secret,
                "options": {"signatures": ["v1a"]},
            }})
        };
        let made = house.post("/integrations", body(MINE)).await.json()["integration"].clone();
        assert_eq!(made["secret"], MINE);
        let public = made["publicKeys"].as_array().unwrap().clone();
        assert_eq!(public.len(), 1);
        let path = format!("/integrations/{}", made["id"].as_str().unwrap());
        let refused = house.post("/integrations", body("hush")).await;
        assert!(
            refused.message().contains("whsec_"),
            "{}",
            refused.message()
        );
        let refused = house.put(&path, body(MINE)).await;
        assert!(
            refused.message().contains("rotate-secret"),
            "{}",
            refused.message()
        );

        let rotate = format!("{path}/rotate-secret");
        let rotated = house
            .post(&rotate, json!({"overlapSeconds": 3600}))
            .await
            .json()["integration"]
            .clone();
        assert_ne!(rotated["secret"], MINE);
        let both = rotated["publicKeys"].as_array().unwrap().clone();
        assert_eq!(both.len(), 2, "the old key goes on signing");
        assert_eq!(both[1], public[0]);
        let own = json!({"secret": MINE, "overlapSeconds": 0});
        let rotated = house.post(&rotate, own).await.json()["integration"].clone();
        assert_eq!(rotated["secret"], MINE);
        assert_eq!(rotated["publicKeys"].as_array().unwrap().len(), 1);
        for (body, says) in [
            (json!({"overlapSeconds": 604_801}), "overlapSeconds"),
            (json!({"secret": "whsec_"}), "whsec_"),
            (json!({"secrets": 1}), "secrets"),
        ] {
            let refused = house.post(&rotate, body).await;
            assert!(refused.message().contains(says), "{}", refused.message());
        }
    }
}

#[tokio::test]
async fn an_event_of_the_teams_own_goes_to_the_integrations_that_ask_for_its_type() {
    for house in houses().await {
        let asks = |types: Value| {
            json!({"integration": {
                "name": "Builds", "event": "custom", "config": {"url": "https://example.com"}, "options": {"types": types},
            }})
        };
        let builds = house.integrated(asks(json!(["build.*"]))).await;
        let deploys = house.integrated(asks(json!(["deploy.*"]))).await;
        let body =
            json!({"event": {"type": "build.finished", "payload": {"number": 7, "ratio": 1.50}}});
        let answer = house.post("/events", body).await;
        assert_each_snapshot!(shown(answer), @r#"
        201 {
          "event": {
            "id": "[id]",
            "type": "build.finished",
            "createdAt": "[time]"
          }
        }
        "#);
        let to_builds = house
            .get(&format!("/integrations/{builds}/deliveries"))
            .await
            .ok();
        assert_eq!(to_builds["deliveries"].as_array().unwrap().len(), 1);
        assert_eq!(to_builds["deliveries"][0]["type"], "build.finished");
        let to_deploys = house
            .get(&format!("/integrations/{deploys}/deliveries"))
            .await
            .ok();
        assert_eq!(to_deploys["deliveries"], json!([]));
    }
}
