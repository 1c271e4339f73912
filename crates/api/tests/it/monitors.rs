//! Monitors and their runs, in Postman's shapes. Nobody runs anything here: the tests write what a worker would write.
#![expect(
    clippy::too_many_lines,
    reason = "the answers stand in the test that gets them"
)]

use postern_model::{Clock, Execution, Failure, NodeId, RunDetail, RunId, RunStats, RunStatus};
use serde_json::{Value, json};
use std::time::Duration;

use crate::house::{EDITOR, House, assert_each_snapshot, houses, shown};
use crate::things::{every_hour, petstore, staging};

impl House {
    pub(crate) async fn monitored(&self) -> (String, String) {
        let made = self
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let collection = made["collection"]["uid"].as_str().unwrap().to_owned();
        let made = self.post("/monitors", every_hour(&collection)).await.ok();
        (
            collection,
            made["monitor"]["uid"].as_str().unwrap().to_owned(),
        )
    }

    /// Does what a worker does with the oldest queued run: starts it, and writes how it ended.
    pub(crate) async fn work_off_one_run(&self) -> RunId {
        let node = NodeId(uuid::Uuid::from_u128(7));
        let mut tx = self.store.begin().await.unwrap();
        tx.nodes().beat(node, "test").await.unwrap();
        tx.leases()
            .acquire(node, Duration::from_mins(5), 256)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let claimed = loop {
            let mut tx = self.store.read().await.unwrap();
            if let Some(claimed) = tx.runs().queued(node, 1).await.unwrap().pop() {
                break claimed;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        };
        let mut run = claimed.run;
        let now = self.clock.now();
        run.status = RunStatus::Failure;
        run.started_at = Some(now);
        run.finished_at = Some(now + Duration::from_millis(120));
        run.stats = RunStats {
            assertions_total: 2,
            assertions_failed: 1,
            requests_total: 1,
            run_count: 1,
            response_latency_ms: 42,
            response_bytes: 512,
            ..RunStats::default()
        };
        let detail = RunDetail {
            executions: vec![Execution {
                id: 1,
                item_name: "List pets".to_owned(),
                method: "GET".to_owned(),
                url: "https://staging.example/pets".to_owned(),
                sent_at: Some(now),
                status: Some(500),
                response_time_ms: Some(42),
                response_bytes: Some(512),
                assertions: vec![
                    ("answers".to_owned(), None),
                    ("is ok".to_owned(), Some("expected 200".to_owned())),
                ],
                ..Execution::default()
            }],
            failures: vec![Failure {
                execution: 1,
                item_name: "List pets".to_owned(),
                name: "AssertionError".to_owned(),
                message: "expected 200".to_owned(),
                assertion: Some("is ok".to_owned()),
            }],
            console: Vec::new(),
        };
        let mut tx = self.store.begin().await.unwrap();
        assert!(
            tx.runs()
                .start(self.team, run.id, claimed.epoch, now)
                .await
                .unwrap()
        );
        assert!(
            tx.runs()
                .finish(&run, claimed.epoch, &detail)
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
        run.id
    }
}

#[tokio::test]
async fn monitors_are_made_read_changed_and_deleted() {
    for house in houses().await {
        let made = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let environment = house.post("/environments", staging()).await.ok();
        let mut body = every_hour(made["collection"]["uid"].as_str().unwrap());
        body["monitor"]["environment"] = environment["environment"]["uid"].clone();
        body["monitor"]["retry"] = json!({"attempts": 1});
        body["monitor"]["options"] = json!({"requestTimeout": 3000, "strictSsl": false});
        body["monitor"]["distribution"] = json!([{"region": "us-east"}]);
        body["monitor"]["notifications"] = json!({"onError": [{"email": "a@example.com"}]});
        let made = house.post("/monitors", body).await;
        let uid = made.json()["monitor"]["uid"].as_str().unwrap().to_owned();
        assert_each_snapshot!(shown(made), @r#"
        200 {
          "monitor": {
            "id": "[id]",
            "name": "Hourly",
            "active": true,
            "uid": "10000002-[id]"
          }
        }
        "#);
        let path = format!("/monitors/{uid}");
        assert_each_snapshot!(shown(house.get(&path).await), @r#"
        200 {
          "monitor": {
            "id": "[id]",
            "name": "Hourly",
            "uid": "10000002-[id]",
            "owner": 10000002,
            "active": true,
            "collectionUid": "10000002-[id]",
            "environmentUid": "10000002-[id]",
            "options": {
              "followRedirects": true,
              "requestTimeout": 3000,
              "strictSsl": false,
              "keepBodies": false
            },
            "schedule": {
              "cron": "0 * * * *",
              "timezone": "Europe/Paris",
              "nextRun": "[time]"
            },
            "retry": {
              "attempts": 1
            },
            "notifications": {
              "onError": [
                {
                  "email": "a@example.com"
                }
              ],
              "onFailure": []
            },
            "failureStreak": 0,
            "createdAt": "[time]",
            "updatedAt": "[time]"
          }
        }
        "#);
        assert_each_snapshot!(shown(house.get("/monitors").await), @r#"
        200 {
          "monitors": [
            {
              "id": "[id]",
              "name": "Hourly",
              "active": true,
              "uid": "10000002-[id]",
              "owner": 10000002,
              "collectionUid": "10000002-[id]",
              "environmentUid": "10000002-[id]"
            }
          ],
          "meta": {
            "limit": 25
          }
        }
        "#);
        let change = json!({"monitor": {"name": "Nightly", "active": false, "schedule": {"cron": "0 3 * * MON-FRI"}}});
        assert_each_snapshot!(shown(house.put(&path, change).await), @r#"
        200 {
          "monitor": {
            "id": "[id]",
            "name": "Nightly",
            "active": false,
            "uid": "10000002-[id]"
          }
        }
        "#);
        let changed = house.get(&path).await.ok();
        assert_eq!(
            changed["monitor"]["schedule"],
            json!({"cron": "0 3 * * MON-FRI", "timezone": "Europe/Paris"})
        );
        assert_eq!(changed["monitor"]["options"]["requestTimeout"], 3000);
        assert_eq!(
            house.get("/monitors?active=true").await.ok()["monitors"],
            json!([])
        );
        assert_each_snapshot!(shown(house.delete(&path).await), @r#"
        200 {
          "monitor": {
            "id": "[id]",
            "uid": "10000002-[id]"
          }
        }
        "#);
        assert_eq!(house.get(&path).await.status.as_u16(), 404);
    }
}

#[tokio::test]
async fn a_run_that_is_asked_for_is_waited_for() {
    for house in houses().await {
        let (_, monitor) = house.monitored().await;
        let path = format!("/monitors/{monitor}/run");
        let (answer, _) = tokio::join!(
            house.call(EDITOR, "POST", &path, None),
            house.work_off_one_run()
        );
        assert_each_snapshot!(shown(answer), @r#"
        200 {
          "run": {
            "info": {
              "jobId": "[id]",
              "monitorId": "[id]",
              "name": "Hourly",
              "collectionUid": "10000002-[id]",
              "status": "failure",
              "trigger": "manual",
              "startedAt": "[time]",
              "finishedAt": "[time]"
            },
            "stats": {
              "assertions": {
                "total": 2,
                "failed": 1
              },
              "requests": {
                "total": 1,
                "failed": 0
              },
              "runCount": 1,
              "errorCount": 0,
              "abortedCount": 0,
              "warningCount": 0,
              "responseLatency": 42,
              "responseSize": 512
            },
            "figures": {
              "durationMs": 120,
              "averageMs": 42,
              "failedTests": 1,
              "passedTests": 1,
              "errors": 0
            },
            "executions": [
              {
                "id": 1,
                "item": {
                  "name": "List pets"
                },
                "request": {
                  "method": "GET",
                  "url": "https://staging.example/pets",
                  "headers": {},
                  "timestamp": "[time]"
                },
                "response": {
                  "code": 500,
                  "headers": {},
                  "responseTime": 42,
                  "responseSize": 512
                },
                "assertions": [
                  {
                    "name": "answers",
                    "passed": true
                  },
                  {
                    "name": "is ok",
                    "passed": false,
                    "message": "expected 200"
                  }
                ],
                "errors": []
              }
            ],
            "failures": [
              {
                "execution": 1,
                "item": {
                  "name": "List pets"
                },
                "name": "AssertionError",
                "message": "expected 200",
                "assertion": "is ok"
              }
            ],
            "console": []
          }
        }
        "#);
    }
}

#[tokio::test]
async fn an_asynchronous_run_is_answered_at_once_and_can_be_read_later() {
    for house in houses().await {
        let (_, monitor) = house.monitored().await;
        let path = format!("/monitors/{monitor}/run?async=true");
        let answer = house.call(EDITOR, "POST", &path, None).await;
        let id = answer.json()["run"]["info"]["jobId"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_each_snapshot!(shown(answer), @r#"
        202 {
          "run": {
            "info": {
              "jobId": "[id]",
              "monitorId": "[id]",
              "name": "Hourly",
              "collectionUid": "10000002-[id]",
              "status": "queued",
              "trigger": "manual"
            }
          }
        }
        "#);
        assert_eq!(house.work_off_one_run().await.to_string(), id);
        let run = house.get(&format!("/runs/{id}")).await.ok();
        assert_eq!(run["run"]["info"]["status"], "failure");
        assert_eq!(run["run"]["failures"][0]["assertion"], "is ok");
        assert_each_snapshot!(shown(house.get(&format!("/monitors/{monitor}/runs")).await), @r#"
        200 {
          "runs": [
            {
              "info": {
                "jobId": "[id]",
                "monitorId": "[id]",
                "name": "Hourly",
                "collectionUid": "10000002-[id]",
                "status": "failure",
                "trigger": "manual",
                "startedAt": "[time]",
                "finishedAt": "[time]"
              },
              "stats": {
                "assertions": {
                  "total": 2,
                  "failed": 1
                },
                "requests": {
                  "total": 1,
                  "failed": 0
                },
                "runCount": 1,
                "errorCount": 0,
                "abortedCount": 0,
                "warningCount": 0,
                "responseLatency": 42,
                "responseSize": 512
              },
              "figures": {
                "durationMs": 120,
                "averageMs": 42,
                "failedTests": 1,
                "passedTests": 1,
                "errors": 0
              }
            }
          ],
          "meta": {
            "limit": 25
          }
        }
        "#);
        let none = house
            .get(&format!("/monitors/{monitor}/runs?status=success"))
            .await
            .ok();
        assert_eq!(none["runs"], json!([]));
        let monitor = house.get(&format!("/monitors/{monitor}")).await.ok();
        assert_eq!(monitor["monitor"]["lastRun"]["status"], "failure");
        assert_eq!(monitor["monitor"]["jobId"], Value::from(id));
    }
}

#[tokio::test]
async fn schedules_and_options_that_cannot_be_are_refused_with_the_field_named() {
    let house = House::sqlite().await;
    let (collection, monitor) = house.monitored().await;
    let mut told = Vec::new();
    for change in [
        json!({"schedule": {"cron": "every day"}}),
        json!({"schedule": {"cron": "61 * * * *"}}),
        json!({"schedule": {"cron": "0 * * * *", "timezone": "Mars/Olympus"}}),
        json!({"retry": {"attempts": 3}}),
        json!({"options": {"requestDelay": -1}}),
        json!({"name": "n".repeat(256)}),
    ] {
        let mut body = every_hour(&collection);
        for (field, value) in change.as_object().unwrap() {
            body["monitor"][field] = value.clone();
        }
        let made = house.post("/monitors", body).await;
        assert_eq!(made.error().0, 400, "{change}");
        let changed = house
            .put(
                &format!("/monitors/{monitor}"),
                json!({ "monitor": change }),
            )
            .await;
        assert_eq!(changed.error().0, 400, "{change}");
        told.push(made.message());
    }
    assert_each_snapshot!(told.join("\n"), @r#"
    monitor.schedule: the cron expression "every day" can't be understood: it has 2 fields, and five are expected: minute hour day month weekday
    monitor.schedule: the cron expression "61 * * * *" can't be understood: Component error: Number out of bounds.
    monitor.schedule: there is no time zone "Mars/Olympus": expected an IANA name such as Europe/Berlin or UTC
    monitor.retry.attempts: a failed run is tried again 0 to 2 times
    $.monitor.options.requestDelay: invalid value: integer `-1`, expected u64 (line 1 column 175)
    monitor.name: a name has at most 255 characters
    "#);
}

#[tokio::test]
async fn a_hook_takes_what_is_posted_and_no_more_than_can_wait() {
    for house in houses().await {
        let made = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let uid = made["collection"]["uid"].as_str().unwrap();
        let hook = json!({"webhook": {"name": "On push", "collection": uid}});
        let hook = house.post("/webhooks", hook).await.ok();
        let url = hook["webhook"]["webhookUrl"].as_str().unwrap();
        let path = url.strip_prefix("http://127.0.0.1:7676/api").unwrap();
        let post = async |body: Vec<u8>| house.call_raw("", "POST", path, Some(body)).await;
        for number in 0..100 {
            let answer = post(format!("{{\"n\": {number}}}").into_bytes()).await;
            assert_eq!(answer.status.as_u16(), 202, "{number}: {answer:?}");
        }
        assert_eq!(
            post(b"one more".to_vec()).await.error(),
            (409, "conflictError".to_owned())
        );
        assert_eq!(post(vec![b'x'; 256 * 1024]).await.error().0, 409);
        let monitor = hook["webhook"]["uid"].as_str().unwrap();
        let runs = house
            .get(&format!("/monitors/{monitor}/executions?limit=100"))
            .await
            .ok();
        assert_eq!(runs["data"].as_array().unwrap().len(), 100);
        assert_eq!(runs["data"][0]["trigger"], "webhook");
        // The monitor has no schedule that holds, and with it goes the address.
        let shown = house.get(&format!("/monitors/{monitor}")).await.ok();
        assert_eq!(shown["monitor"]["active"], false);
        house.delete(&format!("/monitors/{monitor}")).await.ok();
        assert_eq!(
            post(b"{}".to_vec()).await.error(),
            (404, "instanceNotFoundError".to_owned())
        );
        for body in [
            json!({}),
            json!({"webhook": {}}),
            json!({"webhook": {"name": "x", "collection": "nothing"}}),
        ] {
            assert_eq!(house.post("/webhooks", body).await.error().0, 400);
        }
    }
}
