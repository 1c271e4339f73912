//! The catalogue, and integrations made with what is in it.

use serde_json::{Value, json};

use crate::house::{EDITOR, houses};

fn alerts(fields: &Value) -> Value {
    json!({"integration": {
        "name": "Alerts", "connector": "gotify", "event": "monitor_results", "config": {"fields": fields},
    }})
}

const URL: &str = "https://gotify.example.com";

#[tokio::test]
async fn the_catalogue_is_listed_and_each_entry_has_its_form() {
    for house in houses().await {
        let list = house.get("/connectors").await.ok();
        let connectors = list["connectors"].as_array().unwrap();
        assert_eq!(connectors[0]["id"], "webhooks", "the plain ones first");
        assert!(connectors.len() > 50, "{}", connectors.len());
        for entry in connectors {
            let path = format!("/connectors/{}", entry["id"].as_str().unwrap());
            let whole = house.get(&path).await.ok();
            assert_eq!(whole["connector"]["name"], entry["name"]);
            assert!(
                !whole["connector"]["setup"]["steps"]
                    .as_array()
                    .unwrap()
                    .is_empty()
            );
        }
        let gotify = house.get("/connectors/gotify").await.ok();
        let token = gotify["connector"]["fields"]
            .as_array()
            .unwrap()
            .iter()
            .find(|field| field["key"] == "token")
            .unwrap();
        assert_eq!(
            (&token["secret"], &token["required"]),
            (&json!(true), &json!(true))
        );
        let nothing = house.get("/connectors/nothing").await;
        assert_eq!(nothing.error().0, 404);
    }
}

#[tokio::test]
async fn a_form_is_filled_in_with_defaults_and_keeps_its_secrets() {
    for house in houses().await {
        let fields = json!({"url": format!(" {URL} "), "token": "AsecretToken.1"});
        let made = house.post("/integrations", alerts(&fields)).await.ok();
        let made = &made["integration"];
        let config = json!({"fields": {"url": URL, "token": "••••••••", "priority": 8}});
        assert_eq!(made["config"], config);
        assert_eq!(made["secret"], Value::Null, "it signs nothing");
        let options = &made["options"];
        assert_eq!(
            (&options["notify"], &options["payload"], &options["order"]),
            (&json!("failures"), &json!("detailed"), &json!("by_key")),
            "as the connector has them"
        );
        let path = format!("/integrations/{}", made["id"].as_str().unwrap());
        // The mask keeps what is stored, and one's own options win.
        let wanted = json!({"integration": {
            "config": {"fields": {"token": "••••••••", "priority": 3}}, "options": {"notify": "every_run"},
        }});
        let changed = house.call(EDITOR, "PATCH", &path, Some(wanted)).await.ok();
        assert_eq!(changed["integration"]["config"]["fields"]["priority"], 3);
        assert_eq!(changed["integration"]["options"]["notify"], "every_run");
        let again = alerts(&json!({"url": URL, "token": "••••••••"}));
        let replaced = house.put(&path, again).await.ok();
        assert_eq!(replaced["integration"]["config"]["fields"]["priority"], 8);
        assert_eq!(replaced["integration"]["options"]["notify"], "failures");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_said_at_its_field() {
    for house in houses().await {
        let good = json!({"url": URL, "token": "AsecretToken.1"});
        for (change, says) in [
            (json!({"connector": "nothing"}), "integration.connector"),
            (json!({"event": "collection_backup"}), "integration.event"),
            (
                json!({"config": {"fields": {"url": URL}}}),
                "integration.config.fields.token",
            ),
            (
                json!({"config": {"fields": {"url": "x", "token": "A1"}}}),
                "integration.config.fields.url",
            ),
            (
                json!({"config": {"fields": {"url": URL, "token": "AsecretToken.1", "prio": 1}}}),
                "integration.config.fields.prio",
            ),
            (
                json!({"config": {"fields": {"url": URL, "token": "AsecretToken.1", "priority": 99}}}),
                "integration.config.fields.priority",
            ),
            (
                json!({"config": {"fields": {"url": URL, "token": "••••••••"}}}),
                "integration.config.fields.token",
            ),
            (
                json!({"config": {"url": URL, "fields": good}}),
                "integration.config.url",
            ),
            (
                json!({"config": {"headers": {"a": "b"}, "fields": good}}),
                "integration.config.headers",
            ),
            (
                json!({"options": {"digest": {"cron": "0 * * * *"}}}),
                "integration.options.digest",
            ),
            (json!({"options": {"nothing": 1}}), "integration.options"),
            (
                json!({"connector": "webhooks"}),
                "integration.config.fields",
            ),
            (
                json!({"connector": "zapier", "event": "custom", "config": {"url": "https://example.com/x"}}),
                "integration.config.url",
            ),
        ] {
            let mut body = alerts(&good);
            let fields = body["integration"].as_object_mut().unwrap();
            fields.extend(change.as_object().unwrap().clone());
            let refused = house.post("/integrations", body).await;
            assert_eq!(refused.error().0, 400, "{change}: {}", refused.text);
            assert!(refused.text.contains(says), "{change}: {}", refused.text);
            assert!(!refused.text.contains("AsecretToken"), "{}", refused.text);
        }
    }
}

#[tokio::test]
async fn activities_can_come_together_and_monitors_name_whom_to_tell() {
    for house in houses().await {
        let mail = json!({"host": "mail.example.com", "from": "postern@example.com", "to": "mia@example.com"});
        let digest = |cron: &str| {
            json!({"integration": {
                "name": "Daily", "connector": "email", "event": "team_activity", "config": {"fields": mail},
                "options": {"digest": {"cron": cron, "timezone": "Europe/Berlin"}},
            }})
        };
        let made = house.post("/integrations", digest("0 7 * * *")).await.ok();
        assert_eq!(
            made["integration"]["options"]["digest"]["cron"],
            "0 7 * * *"
        );
        let refused = house.post("/integrations", digest("at seven")).await;
        assert!(
            refused.text.contains("integration.options.digest"),
            "{}",
            refused.text
        );

        let collection = house
            .post("/collections", crate::things::petstore())
            .await
            .ok();
        let monitor = |notifications: Value| {
            json!({"monitor": {
                "name": "Hourly", "collection": collection["collection"]["uid"], "schedule": {"cron": "0 * * * *"},
                "notifications": notifications, "notificationLimit": 3,
            }})
        };
        let told = json!({"onError": [{"email": "ops@example.com"}], "onFailure": [{"email": "mia@example.com"}]});
        let made = house.post("/monitors", monitor(told.clone())).await.ok();
        let path = format!("/monitors/{}", made["monitor"]["uid"].as_str().unwrap());
        let read = house.get(&path).await.ok();
        assert_eq!(read["monitor"]["notifications"], told);
        assert_eq!(read["monitor"]["notificationLimit"], 3);
        let odd = json!({"onError": [{"email": "ops\r\nBcc: x@example.com"}]});
        let refused = house.post("/monitors", monitor(odd)).await;
        assert!(
            refused.text.contains("monitor.notifications.onError"),
            "{}",
            refused.text
        );
    }
}
