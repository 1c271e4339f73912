//! Inboxes: made, sent to, looked at.

use std::time::Duration;

use axum::body::Body;
use http::Request;
use http::request::Builder;
use serde_json::{Value, json};

use crate::house::{ADMIN, Answer, House, VIEWER, assert_each_snapshot, houses, shown};

impl House {
    /// An inbox, and where to send to.
    async fn inbox(&self, fields: Value) -> (String, String) {
        let made = self.post("/inboxes", json!({"inbox": fields})).await.ok();
        let text = |name: &str| made["inbox"][name].as_str().unwrap().to_owned();
        (text("id"), text("url"))
    }

    async fn sends(&self, request: Builder, body: impl Into<Body>) -> Answer {
        self.send(request.body(body.into()).unwrap()).await
    }

    async fn newest(&self, key: &str, inbox: &str) -> Value {
        let listed = self.get(&format!("/inboxes/{inbox}/requests")).await.ok();
        let id = listed["requests"][0]["id"].as_str().unwrap();
        let path = format!("/inboxes/{inbox}/requests/{id}");
        self.call(key, "GET", &path, None).await.ok()["request"].clone()
    }
}

fn to(url: &str) -> Builder {
    Request::builder().method("POST").uri(url)
}

#[tokio::test]
async fn an_inbox_is_made_changed_emptied_and_deleted() {
    for house in houses().await {
        let made = house.post("/inboxes", json!({"inbox": {}})).await;
        let made_inbox = made.json()["inbox"].clone();
        let url = made_inbox["url"].as_str().unwrap().to_owned();
        let token = url.strip_prefix("http://127.0.0.1:7676/in/in_").unwrap();
        assert_eq!(token.len(), 48);
        let redacted = |answer: Answer| Answer {
            text: answer.text.replace(token, "[token]"),
            ..answer
        };
        assert_each_snapshot!(shown(redacted(made)), @r#"
        201 {
          "inbox": {
            "id": "[id]",
            "name": "Inbox",
            "url": "http://127.0.0.1:7676/in/in_[token]",
            "answer": {
              "status": 200,
              "delayMs": 0,
              "body": "",
              "contentType": "text/plain; charset=utf-8"
            },
            "requestCount": 0,
            "createdBy": 10000002,
            "createdAt": "[time]"
          }
        }
        "#);
        let id = made_inbox["id"].as_str().unwrap();
        let path = format!("/inboxes/{id}");
        for body in ["1", "2"] {
            house.sends(to(&url), body).await.ok();
        }
        let change = json!({"inbox": {"name": "Slow", "answer": {"delayMs": 5, "contentType": "application/json", "body": "{}"}}});
        let changed = house.call(ADMIN, "PATCH", &path, Some(change)).await;
        assert_eq!(changed.json()["inbox"]["requestCount"], 2);
        assert_each_snapshot!(shown(redacted(house.get(&path).await)), @r#"
        200 {
          "inbox": {
            "id": "[id]",
            "name": "Slow",
            "url": "http://127.0.0.1:7676/in/in_[token]",
            "answer": {
              "status": 200,
              "delayMs": 5,
              "body": "{}",
              "contentType": "application/json"
            },
            "requestCount": 2,
            "createdBy": 10000002,
            "createdAt": "[time]",
            "lastRequestAt": "[time]"
          }
        }
        "#);
        let listed = house.get("/inboxes").await.ok();
        assert_eq!(listed["inboxes"][0], house.get(&path).await.ok()["inbox"]);

        let requests = house.get(&format!("{path}/requests?limit=1")).await.ok();
        let one = requests["requests"][0]["id"].as_str().unwrap();
        let next = requests["meta"]["nextCursor"].as_str().unwrap();
        let rest = house.get(&format!("{path}/requests?cursor={next}")).await;
        assert_eq!(rest.ok()["requests"].as_array().unwrap().len(), 1);
        let one = format!("{path}/requests/{one}");
        assert_eq!(house.delete(&one).await.status, 204);
        assert_eq!(house.delete(&one).await.error().0, 404);
        assert_eq!(house.delete(&format!("{path}/requests")).await.status, 204);
        assert_eq!(house.get(&path).await.ok()["inbox"]["requestCount"], 0);
        assert_eq!(house.delete(&path).await.status, 204);
        assert_eq!(house.sends(to(&url), "3").await.error().0, 404);
    }
}

#[tokio::test]
async fn what_comes_is_shown_as_it_came() {
    for house in houses().await {
        let (id, url) = house.inbox(json!({})).await;
        let request = Request::builder()
            .method("REPORT")
            .uri(format!("{url}/builds/%2e%2e/x?a=1&b"))
            .header("x-b", "1")
            .header("content-type", "application/json")
            .header("postern-event", "custom")
            .header("webhook-id", "0192")
            .header("webhook-attempt", "3")
            .header("cookie", "postern_session=abc")
            .header("authorization", "Basic abc");
        let answer = house.sends(request, r#"{"a": "é"}"#).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, ""));
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(
            answer.headers["content-security-policy"],
            "sandbox; default-src 'none'"
        );
        let path = format!("/inboxes/{id}/requests");
        assert_each_snapshot!(shown(house.get(&path).await), @r#"
        200 {
          "requests": [
            {
              "id": "[id]",
              "receivedAt": "[time]",
              "method": "REPORT",
              "path": "/builds/%2e%2e/x",
              "query": "a=1&b",
              "bytes": 11,
              "contentType": "application/json",
              "signature": {
                "verdict": "unsigned"
              },
              "event": "custom",
              "webhookId": "0192",
              "attempt": 3,
              "answeredStatus": 200
            }
          ],
          "meta": {
            "limit": 25
          }
        }
        "#);
        let request = house.newest(ADMIN, &id).await;
        let header = |name: &str, value: &str| json!({"name": name, "value": value});
        assert_eq!(
            request["headers"],
            json!([
                header("x-b", "1"),
                header("content-type", "application/json"),
                header("postern-event", "custom"),
                header("webhook-id", "0192"),
                header("webhook-attempt", "3"),
                header("cookie", "••••••••"),
                header("authorization", "Basic ••••••••"),
            ])
        );
        assert_eq!(request["body"], r#"{"a": "é"}"#);
        assert_eq!(request["bodyTruncated"], false);
        assert_eq!(request["encoding"], Value::Null);
        // Of what may be a secret a viewer sees that it is there.
        let seen = house.newest(VIEWER, &id).await;
        assert_eq!(
            seen["headers"][0],
            json!({"name": "x-b", "value": "••••••••"})
        );
        assert_eq!(
            seen["headers"][2],
            json!({"name": "postern-event", "value": "custom"})
        );

        house.sends(to(&url), vec![0_u8, 0xff]).await.ok();
        let request = house.newest(ADMIN, &id).await;
        assert_eq!(
            (&request["body"], &request["encoding"]),
            (&json!("AP8="), &json!("base64"))
        );
        let large = "x".repeat(1024 * 1024 + 1);
        house.sends(to(&url), large.clone()).await.ok();
        let request = house.newest(ADMIN, &id).await;
        assert_eq!(request["body"].as_str().unwrap().len(), 1024 * 1024);
        assert_eq!(request["bodyTruncated"], true);
        let file = format!("{path}/{}/body", request["id"].as_str().unwrap());
        let file = house.get(&file).await;
        assert_eq!(file.text, large);
        assert_eq!(file.headers["content-type"], "application/octet-stream");
        assert_eq!(file.headers["x-content-type-options"], "nosniff");
        let saved = file.headers["content-disposition"].to_str().unwrap();
        assert!(saved.starts_with("attachment"), "{saved}");
    }
}

#[tokio::test]
async fn an_inbox_answers_as_it_is_told_to() {
    let house = House::sqlite().await;
    let answer = json!({"status": 503, "delayMs": 40, "body": "{\"later\":true}", "contentType": "application/problem+json"});
    let (id, url) = house.inbox(json!({"answer": answer})).await;
    let began = tokio::time::Instant::now();
    let answer = house.sends(to(&format!("{url}/")), "x").await;
    assert!(began.elapsed() >= Duration::from_millis(40));
    assert_eq!(
        (answer.status.as_u16(), answer.text.as_str()),
        (503, "{\"later\":true}")
    );
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    assert_eq!(house.newest(ADMIN, &id).await["answeredStatus"], 503);
    let path = format!("/inboxes/{id}");
    let empty = json!({"inbox": {"answer": {"status": 204}}});
    house.call(ADMIN, "PATCH", &path, Some(empty)).await.ok();
    let answer = house.sends(to(&url), "x").await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
}

#[tokio::test]
async fn what_an_inbox_cannot_be_or_take_is_refused() {
    let house = House::sqlite().await;
    for (fields, field) in [
        (json!({"name": ""}), "inbox.name"),
        (json!({"answer": {"status": 199}}), "inbox.answer.status"),
        (json!({"answer": {"status": 600}}), "inbox.answer.status"),
        (
            json!({"answer": {"delayMs": 30_001}}),
            "inbox.answer.delayMs",
        ),
        (json!({"answer": {"body": "\u{0}"}}), "inbox.answer.body"),
        (
            json!({"answer": {"body": "x".repeat(65_537)}}),
            "inbox.answer.body",
        ),
        (
            json!({"answer": {"contentType": "text/html"}}),
            "inbox.answer.contentType",
        ),
        (json!({"url": "x"}), "url"),
    ] {
        let refused = house.post("/inboxes", json!({"inbox": fields})).await;
        assert_eq!(refused.error().0, 400, "{field}");
        assert!(refused.message().contains(field), "{}", refused.message());
    }
    let (id, url) = house.inbox(json!({})).await;
    let most = 8 * 1024 * 1024;
    house.sends(to(&url), vec![b'x'; most]).await.ok();
    let refused = house.sends(to(&url), vec![b'x'; most + 1]).await;
    assert_eq!(refused.error(), (413, "payloadTooLargeError".to_owned()));
    let parts = futures_util::stream::iter(
        (0..=8).map(|_| Ok::<_, std::io::Error>(vec![b'x'; 1024 * 1024])),
    );
    let refused = house.sends(to(&url), Body::from_stream(parts)).await;
    assert_eq!(refused.error().0, 413);
    let refused = house
        .sends(to(&url).header("x-long", "x".repeat(65_536)), "")
        .await;
    assert_eq!(refused.error().0, 413);
    assert_eq!(
        refused.headers["content-security-policy"],
        "sandbox; default-src 'none'"
    );
    let listed = house.get(&format!("/inboxes/{id}")).await.ok();
    assert_eq!(listed["inbox"]["requestCount"], 1);
    for url in ["/in/in_0", "/in/in_0/x", "/in/"] {
        assert_eq!(house.sends(to(url), "").await.error().0, 404, "{url}");
    }
    for _ in 1..20 {
        house.inbox(json!({})).await;
    }
    let refused = house.post("/inboxes", json!({"inbox": {}})).await;
    assert_eq!(refused.error(), (409, "conflictError".to_owned()));
}

#[tokio::test]
async fn an_inbox_takes_fifty_requests_a_second() {
    let house = House::sqlite().await;
    let (_, url) = house.inbox(json!({})).await;
    let all = (0..200).map(|_| house.sends(to(&url), ""));
    let answers = futures_util::future::join_all(all).await;
    let refused: Vec<_> = answers.iter().filter(|it| it.status == 429).collect();
    assert!(!refused.is_empty());
    assert_eq!(refused[0].error().1, "rateLimited");
    assert_eq!(refused[0].headers["retry-after"], "1");
}

#[tokio::test]
async fn an_integration_is_named_to_who_may_see_it() {
    for house in houses().await {
        let (id, url) = house.inbox(json!({})).await;
        let made = house.post(
            "/integrations",
            json!({"integration": {"name": "Builds", "event": "custom", "config": {"url": url}}}),
        );
        let made = made.await.ok();
        let secret = made["integration"]["secret"].as_str().unwrap();
        let at = postern_model::Timestamp(1_700_000_000_000);
        let signature = postern_model::signature::sign(secret, "id", at, b"{}").unwrap();
        let signed = || {
            to(&url)
                .header("webhook-id", "id")
                .header("webhook-timestamp", "1700000000")
                .header("webhook-signature", &signature)
        };
        house.sends(signed(), "{}").await.ok();
        let expected = json!({"verdict": "valid", "integration": {"id": made["integration"]["id"], "name": "Builds"}});
        assert_eq!(house.newest(VIEWER, &id).await["signature"], expected);
        house.sends(signed(), "{ }").await.ok();
        assert_eq!(
            house.newest(VIEWER, &id).await["signature"],
            json!({"verdict": "invalid"})
        );
        let path = format!(
            "/integrations/{}",
            made["integration"]["id"].as_str().unwrap()
        );
        house.delete(&path).await.ok();
        let listed = house.get(&format!("/inboxes/{id}/requests")).await.ok();
        assert_eq!(
            listed["requests"][1]["signature"],
            json!({"verdict": "valid"})
        );
    }
}
