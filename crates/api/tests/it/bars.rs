//! What lists show beside each thing: how integrations fare, and monitors' newest runs.

use std::time::Duration;

use postern_model::Clock as _;
use serde_json::{Value, json};

use crate::house::{EDITOR, House, STRANGER, VIEWER, assert_each_snapshot, houses, shown};

impl House {
    async fn makes(&self, name: &str) -> String {
        let body = json!({"integration": {"name": name, "event": "custom", "config": {"url": "https://example.com"}}});
        let made = self.post("/integrations", body).await.ok();
        made["integration"]["id"].as_str().unwrap().to_owned()
    }

    async fn tells(&self, number: usize) {
        for _ in 0..number {
            let event = json!({"event": {"type": "build.finished", "payload": {}}});
            self.post("/events", event).await.ok();
        }
    }
}

/// The ids of what a list of deliveries shows, in its order.
fn ids(list: &Value) -> Vec<String> {
    let all = list["deliveries"].as_array().unwrap().iter();
    all.map(|it| it["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_list_of_integrations_has_bars() {
    for house in houses().await {
        let id = house.makes("Builds").await;
        house.tells(2).await;
        let all = house
            .call(VIEWER, "GET", "/integrations/health", None)
            .await
            .ok();
        let [health] = &all["health"].as_array().unwrap()[..] else {
            panic!("one: {all}");
        };
        assert_eq!(health["integrationId"], id.as_str());
        assert_eq!(health["buckets"].as_array().unwrap().len(), 24);
        assert_eq!(
            (&health["pending"], &health["held"]),
            (&json!(2), &json!(0))
        );
        assert_eq!(health["partial"], Value::Null);
        // The last bucket is the present one.
        let starts: Vec<_> = health["buckets"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["start"].as_str().unwrap())
            .collect();
        let now = house
            .store
            .read()
            .await
            .unwrap()
            .now()
            .await
            .unwrap()
            .to_rfc3339();
        assert!(
            starts.is_sorted() && starts[23] <= now.as_str(),
            "{starts:?} {now}"
        );
        house.act_on(&id, "pause").await;
        let path = format!("/integrations/{id}/health?hours=1");
        let mut one = house.get(&path).await.ok();
        let buckets = one["health"]["buckets"].as_array_mut().unwrap();
        assert_eq!(buckets.len(), 24);
        buckets.truncate(1);
        assert_each_snapshot!(serde_json::to_string_pretty(&crate::house::redacted(one)).unwrap(), @r#"
        {
          "health": {
            "integrationId": "[id]",
            "buckets": [
              {
                "start": "[time]",
                "delivered": 0,
                "failed": 0,
                "retrying": 0
              }
            ],
            "delivered": 0,
            "failed": 0,
            "pending": 0,
            "held": 2,
            "outcomes": [],
            "breaker": {
              "open": false,
              "failedAttempts": 0
            }
          }
        }
        "#);
        let theirs = house
            .call(STRANGER, "GET", "/integrations/health", None)
            .await
            .ok();
        assert_eq!(theirs, json!({"health": []}));
        for wrong in ["0", "721", "x"] {
            let answer = house
                .get(&format!("/integrations/health?hours={wrong}"))
                .await;
            assert_eq!(answer.error().0, 400);
        }
    }
}

impl House {
    async fn act_on(&self, integration: &str, what: &str) {
        let path = format!("/integrations/{integration}/{what}");
        self.call(EDITOR, "POST", &path, None).await.ok();
    }
}

#[tokio::test]
async fn deliveries_are_found_by_several_wishes_page_by_page() {
    for house in houses().await {
        let (one, _two) = (
            house.makes("Nightly builds").await,
            house.makes("Archive").await,
        );
        house.tells(6).await;
        let all = house.get("/deliveries?limit=100").await.ok();
        let of_one = house
            .get(&format!("/integrations/{one}/deliveries"))
            .await
            .ok();
        assert_eq!((ids(&all).len(), ids(&of_one).len()), (12, 6));
        for cancelled in &ids(&of_one)[..3] {
            let path = format!("/deliveries/{cancelled}/cancel");
            house.call(EDITOR, "POST", &path, None).await.ok();
        }
        let list = async |query: &str| ids(&house.get(&format!("/deliveries?{query}")).await.ok());
        assert_eq!(list(&format!("integration={one}")).await, ids(&of_one));
        assert_eq!(list("status=cancelled").await, ids(&of_one)[..3]);
        assert_eq!(list("status=cancelled,scheduled").await, ids(&all));
        assert_eq!(list("status=succeeded,held").await, Vec::<String>::new());
        assert_eq!(list("event=custom,collection_backup").await, ids(&all));
        assert_eq!(list("event=collection_backup").await, Vec::<String>::new());
        // By a part of a name, an id, and an event's id.
        assert_eq!(list("q=NIGHTLY").await, ids(&of_one));
        assert_eq!(
            list("q=nightly&status=cancelled,exhausted").await,
            ids(&of_one)[..3]
        );
        assert_eq!(list("q=nothing").await, Vec::<String>::new());
        assert_eq!(
            list(&format!("q={}", ids(&all)[4])).await,
            [ids(&all)[4].clone()]
        );
        let event = all["deliveries"][4]["eventId"].as_str().unwrap();
        let of_event = list(&format!("q={event}")).await;
        assert_eq!(of_event.len(), 2);
        assert_eq!(list(&format!("q={event}&integration={one}")).await.len(), 1);
        // Full pages, whatever is put together.
        let mut shown = Vec::new();
        let mut cursor = String::new();
        for pages in 0.. {
            assert!(pages < 4, "too many pages");
            let path =
                format!("/deliveries?status=scheduled,cancelled&q=i&limit=5&cursor={cursor}");
            let page = house.get(&path).await.ok();
            let next = page["meta"]["nextCursor"].as_str();
            assert!(next.is_none() || ids(&page).len() == 5);
            shown.extend(ids(&page));
            match next {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        assert_eq!(shown, ids(&all));
        // By time.
        let at = |at: usize| {
            all["deliveries"][at]["createdAt"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        assert_eq!(
            list(&format!("limit=100&since={}", at(11))).await,
            ids(&all)
        );
        assert_eq!(
            list(&format!("until={}", at(11))).await,
            Vec::<String>::new()
        );
        assert_eq!(
            list("since=2100-01-01T00:00:00Z").await,
            Vec::<String>::new()
        );
        assert_eq!(list("until=2100-01-01T00:00:00Z").await, ids(&all));
        for wrong in [
            "status=held,lost",
            "event=,",
            "since=today",
            "integration=x",
        ] {
            let answer = house.get(&format!("/deliveries?{wrong}")).await;
            assert_eq!(
                answer.error(),
                (400, "invalidParamsError".to_owned()),
                "{wrong}"
            );
        }
    }
}

#[tokio::test]
async fn the_feed_is_read_between_two_times() {
    let house = House::sqlite().await;
    house.makes("Before").await;
    house.clock.advance(Duration::from_hours(2));
    let between = house.clock.now().to_rfc3339();
    house.makes("After").await;
    for (query, names) in [
        (format!("since={between}"), vec!["After"]),
        (format!("until={between}"), vec!["Before"]),
        (format!("since={between}&until={between}"), vec![]),
    ] {
        let feed = house.get(&format!("/activities?{query}")).await.ok();
        let all = feed["activities"].as_array().unwrap();
        let said: Vec<&str> = all
            .iter()
            .map(|it| it["modelName"].as_str().unwrap())
            .collect();
        assert_eq!(said, names, "{query}");
    }
    let answer = house.get("/activities?since=yesterday").await;
    assert_eq!(answer.error().0, 400);
}

#[tokio::test]
async fn a_list_of_monitors_has_bars_and_a_monitor_is_split_by_request() {
    for house in houses().await {
        let (_, monitor) = house.monitored().await;
        let run = format!("/monitors/{monitor}/run?async=true");
        for _ in 0..2 {
            house.call(EDITOR, "POST", &run, None).await;
            house.work_off_one_run().await;
        }
        house.call(EDITOR, "POST", &run, None).await;
        assert_each_snapshot!(shown(house.call(VIEWER, "GET", "/monitors/recent-runs?limit=1", None).await), @r#"
        200 {
          "monitors": [
            {
              "monitorUid": "10000002-[id]",
              "nextRunAt": "[time]",
              "runs": [
                {
                  "id": "[id]",
                  "status": "failure",
                  "trigger": "manual",
                  "startedAt": "[time]",
                  "durationMs": 120,
                  "averageMs": 42,
                  "failedTests": 1,
                  "passedTests": 1,
                  "errors": 0
                },
                {
                  "id": "[id]",
                  "status": "queued",
                  "trigger": "manual",
                  "failedTests": 0,
                  "passedTests": 0,
                  "errors": 0
                }
              ]
            }
          ]
        }
        "#);
        let named = house
            .get(&format!("/monitors/recent-runs?uids={monitor},7"))
            .await
            .ok();
        let runs = named["monitors"][0]["runs"].as_array().unwrap();
        let stand: Vec<&str> = runs
            .iter()
            .map(|it| it["status"].as_str().unwrap())
            .collect();
        assert_eq!(stand, ["failure", "failure", "queued"]);
        let theirs = format!("/monitors/recent-runs?uids={monitor}");
        let theirs = house.call(STRANGER, "GET", &theirs, None).await.ok();
        assert_eq!(theirs, json!({"monitors": []}));
        let path = format!("/monitors/{monitor}/requests?limit=1");
        assert_each_snapshot!(shown(house.call(VIEWER, "GET", &path, None).await), @r#"
        200 {
          "requests": [
            {
              "id": "GET List pets",
              "name": "List pets",
              "method": "GET",
              "averageMs": 42,
              "p95Ms": 42,
              "runs": [
                {
                  "runId": "[id]",
                  "averageMs": 42,
                  "failedTests": 1,
                  "passedTests": 1
                }
              ]
            }
          ]
        }
        "#);
        for wrong in [
            "/monitors/recent-runs?limit=201",
            "/monitors/recent-runs?limit=0",
        ] {
            assert_eq!(house.get(wrong).await.error().0, 400);
        }
        let count = async |query: &str| {
            let list = house
                .get(&format!("/monitors/{monitor}/runs?{query}"))
                .await
                .ok();
            list["runs"].as_array().unwrap().len()
        };
        assert_eq!(count("trigger=manual").await, 3);
        assert_eq!(count("trigger=schedule").await, 0);
        assert_eq!(count("since=2100-01-01T00:00:00Z").await, 0);
        assert_eq!(
            count("until=2100-01-01T00:00:00Z&since=2001-01-01T00:00:00Z").await,
            3
        );
        let answer = house
            .get(&format!("/monitors/{monitor}/runs?trigger=luck"))
            .await;
        assert_eq!(answer.error().0, 400);
    }
}
