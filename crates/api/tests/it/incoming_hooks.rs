//! Incoming hooks: made, and called by GitHub, GitLab and others, rightly and wrongly.

use std::time::Duration;

use axum::body::Body;
use http::Request;
use http::request::Builder;
use postern_model::Timestamp;
use postern_model::signature::{sign, sign_hub};
use serde_json::{Value, json};

use crate::house::{
    ADMIN, Answer, EDITOR, House, VIEWER, assert_each_snapshot, houses, shown, text,
};
use crate::things::{every_hour, petstore};

/// The example of GitHub's own documentation.
const SECRET: &str = "It's a Secret to Everybody";
const MAIN: &str = r#"{"ref": "refs/heads/main", "after": "1f2e"}"#;

struct Hook {
    id: String,
    url: String,
    secret: String,
    source: String,
}

impl House {
    async fn a_source(&self) -> String {
        let source =
            json!({"source": {"name": "Docs", "type": "postman", "apiKey": "k3y", "every": 0}});
        let made = self.post("/sources", source).await.ok();
        text(&made["source"]["id"])
    }

    /// A hook that refreshes a source which nobody looks at otherwise.
    async fn hook(&self, kind: &str, fields: Value) -> Hook {
        let source = self.a_source().await;
        let mut wanted = json!({"name": "On push", "kind": kind, "source": source});
        for (name, value) in fields.as_object().unwrap() {
            wanted[name] = value.clone();
        }
        let made = self.post("/incoming-hooks", json!({"incomingHook": wanted}));
        let made = made.await.ok()["incomingHook"].clone();
        Hook {
            id: text(&made["id"]),
            url: text(&made["url"]),
            secret: text(&made["secret"]),
            source,
        }
    }

    async fn calls(&self, url: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let request = Request::builder().method("POST").uri(url);
        let request = headers.iter().fold(request, |it, (name, value)| {
            Builder::header(it, *name, *value)
        });
        self.send(request.body(body.into()).unwrap()).await
    }

    /// The worker has looked at it: it is not due.
    async fn rests(&self, source: &str) {
        let mut tx = self.store.begin().await.unwrap();
        let known = tx.sources().get(self.team, source.parse().unwrap()).await;
        let known = known.unwrap().unwrap();
        assert!(tx.sources().claim(&known, None).await.unwrap());
        tx.commit().await.unwrap();
    }

    async fn is_due(&self, source: &str) -> bool {
        let shown = self.get(&format!("/sources/{source}")).await.ok();
        shown["source"]["nextCheckAt"].is_string()
    }

    /// The time that calls are judged by.
    async fn now(&self) -> Timestamp {
        self.store.read().await.unwrap().now().await.unwrap()
    }

    /// Lets time pass, where it is not PostgreSQL's own; whether it has.
    async fn sleeps(&self, span: Duration) -> bool {
        let before = self.now().await;
        self.clock.advance(span);
        self.now().await.since(before) >= span
    }

    async fn last(&self, hook: &str) -> (Value, Value) {
        let shown = self.get(&format!("/incoming-hooks/{hook}")).await.ok();
        let hook = &shown["incomingHook"];
        assert_eq!(
            hook["lastCalledAt"].is_string(),
            hook["lastOutcome"].is_string()
        );
        (hook["lastOutcome"].clone(), hook["lastReason"].clone())
    }
}

/// A call: to which kind of hook, its headers, its body, the answer's status, and what that says.
type CallCase<'a> = (&'a str, Vec<(&'a str, &'a str)>, &'a str, u16, &'a str);

#[tokio::test]
async fn a_hook_is_made_changed_and_deleted_and_what_opens_it_is_shown_once() {
    for house in houses().await {
        let source = house.a_source().await;
        let new = json!({"incomingHook": {"name": "On push", "kind": "github", "source": source, "branches": ["main", "release/*"]}});
        let made = house.post("/incoming-hooks", new).await;
        let url = text(&made.json()["incomingHook"]["url"]);
        let secret = text(&made.json()["incomingHook"]["secret"]);
        let token = url.strip_prefix("http://127.0.0.1:7676/api/incoming/incoming_");
        let token = token.unwrap().to_owned();
        assert_eq!(token.len(), 48);
        let id = text(&made.json()["incomingHook"]["id"]);
        let made = Answer {
            text: made.text.replace(&token, "[token]"),
            ..made
        };
        assert_each_snapshot!(shown(made), @r#"
        201 {
          "incomingHook": {
            "id": "[id]",
            "name": "On push",
            "kind": "github",
            "source": "[id]",
            "workspace": "[id]",
            "branches": [
              "main",
              "release/*"
            ],
            "events": [
              "push"
            ],
            "url": "http://127.0.0.1:7676/api/incoming/incoming_[token]",
            "secret": "[secret]",
            "createdBy": 10000002,
            "createdAt": "[time]",
            "updatedAt": "[time]"
          }
        }
        "#);
        let path = format!("/incoming-hooks/{id}");
        let change = json!({"incomingHook": {"name": "On release", "branches": [], "events": ["release", "push"]}});
        house.call(EDITOR, "PATCH", &path, Some(change)).await.ok();
        let seen = house.call(VIEWER, "GET", &path, None).await;
        assert!(!seen.text.contains("whsec_") && !seen.text.contains(&token));
        assert_each_snapshot!(shown(&seen), @r#"
        200 {
          "incomingHook": {
            "id": "[id]",
            "name": "On release",
            "kind": "github",
            "source": "[id]",
            "workspace": "[id]",
            "branches": [],
            "events": [
              "release",
              "push"
            ],
            "createdBy": 10000002,
            "createdAt": "[time]",
            "updatedAt": "[time]"
          }
        }
        "#);
        let listed = house
            .get(&format!("/incoming-hooks?source={source}"))
            .await
            .ok();
        assert_eq!(
            listed["incomingHooks"],
            json!([seen.json()["incomingHook"]])
        );
        let other = house.a_source().await;
        let listed = house
            .get(&format!("/incoming-hooks?source={other}"))
            .await
            .ok();
        assert_eq!(listed["incomingHooks"], json!([]));

        let rotated = house
            .call(EDITOR, "POST", &format!("{path}/rotate-secret"), None)
            .await
            .ok();
        let new_secret = text(&rotated["incomingHook"]["secret"]);
        assert_ne!(new_secret, secret);
        // Both are good for a day, and the new one afterwards.
        let called = async |secret: &str| {
            let signature = sign_hub(secret, MAIN.as_bytes());
            let headers = [
                ("x-github-event", "push"),
                ("x-hub-signature-256", &*signature),
            ];
            house.calls(&url, &headers, MAIN).await.status.as_u16()
        };
        assert_eq!(
            (called(&secret).await, called(&new_secret).await),
            (202, 202)
        );
        if house.sleeps(Duration::from_hours(24)).await {
            assert_eq!(
                (called(&secret).await, called(&new_secret).await),
                (401, 202)
            );
        }
        let own = json!({"secret": SECRET, "overlapSeconds": 0});
        house.post(&format!("{path}/rotate-secret"), own).await.ok();
        assert_eq!(
            (called(&new_secret).await, called(SECRET).await),
            (401, 202)
        );

        assert_eq!(house.delete(&path).await.status, 204);
        assert_eq!(house.delete(&path).await.error().0, 404);
        assert_eq!(called(SECRET).await, 404);
        let feed = house.get("/activities?model=incoming_hook").await.ok();
        let told: Vec<_> = feed["activities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| text(&it["message"]))
            .collect();
        assert_each_snapshot!(told.join("\n"), @r#"
        Edi deleted the incoming hook On release
        Edi gave the incoming hook On release a new secret
        Edi gave the incoming hook On release a new secret
        Edi updated the incoming hook On release
        Edi renamed the incoming hook On push to On release
        Edi created the incoming hook On push
        "#);
        let log = house.call(ADMIN, "GET", "/audit/logs", None).await.ok();
        assert_eq!(
            log.to_string().matches("incoming_hook.").count(),
            4,
            "{log:#}"
        );
        assert!(!log.to_string().contains("whsec_"));
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table, a line for each call")]
async fn each_sender_s_calls_are_taken_or_refused_with_a_reason() {
    for house in houses().await {
        let long = MAIN.len();
        let hub = sign_hub(SECRET, MAIN.as_bytes());
        let other = r#"{"ref": "refs/heads/topic"}"#;
        let other_hub = sign_hub(SECRET, other.as_bytes());
        let zen = r#"{"zen": "Anything added dilutes everything else."}"#;
        let zen_hub = sign_hub(SECRET, zen.as_bytes());
        let broken = &MAIN[..long - 1];
        let broken_hub = sign_hub(SECRET, broken.as_bytes());
        let (push, ping) = (("x-github-event", "push"), ("x-github-event", "ping"));
        let (gitlab, tag) = (
            ("x-gitlab-event", "Push Hook"),
            ("x-gitlab-event", "Tag Push Hook"),
        );
        let token = ("x-gitlab-token", SECRET);
        let bearer = format!("Bearer {SECRET}");
        let github = |value: &'static str| ("x-hub-signature-256", value);
        let cases: Vec<CallCase<'_>> = vec![
            (
                "github",
                vec![push, ("x-hub-signature-256", &hub)],
                MAIN,
                202,
                "refresh",
            ),
            (
                "github",
                vec![push, ("x-hub-signature-256", &hub)],
                other,
                401,
                "refused",
            ),
            (
                "github",
                vec![push, github("sha256=00")],
                MAIN,
                401,
                "refused",
            ),
            (
                "github",
                vec![push, ("x-hub-signature", &hub)],
                MAIN,
                401,
                "refused",
            ),
            ("github", vec![push], MAIN, 401, "refused"),
            (
                "github",
                vec![push, ("authorization", &bearer)],
                MAIN,
                401,
                "refused",
            ),
            (
                "github",
                vec![push, ("x-hub-signature-256", &other_hub)],
                other,
                200,
                "ignored",
            ),
            (
                "github",
                vec![ping, ("x-hub-signature-256", &zen_hub)],
                zen,
                200,
                "ping",
            ),
            (
                "github",
                vec![ping, github("sha256=00")],
                zen,
                401,
                "refused",
            ),
            (
                "github",
                vec![push, ("x-hub-signature-256", &broken_hub)],
                broken,
                400,
                "unreadable",
            ),
            (
                "github",
                vec![("x-hub-signature-256", &hub)],
                MAIN,
                400,
                "unreadable",
            ),
            ("gitlab", vec![gitlab, token], MAIN, 202, "refresh"),
            ("gitlab", vec![gitlab, token], other, 200, "ignored"),
            (
                "gitlab",
                vec![tag, token],
                r#"{"ref": "refs/tags/v1"}"#,
                200,
                "ignored",
            ),
            (
                "gitlab",
                vec![gitlab, ("x-gitlab-token", "It's a Secret to Everybodx")],
                MAIN,
                401,
                "refused",
            ),
            (
                "gitlab",
                vec![gitlab, ("x-gitlab-token", "It's")],
                MAIN,
                401,
                "refused",
            ),
            ("gitlab", vec![gitlab], MAIN, 401, "refused"),
            (
                "gitlab",
                vec![gitlab, ("x-hub-signature-256", &hub)],
                MAIN,
                401,
                "refused",
            ),
            (
                "generic",
                vec![("authorization", &bearer)],
                MAIN,
                202,
                "refresh",
            ),
            (
                "generic",
                vec![("x-hub-signature-256", &hub)],
                MAIN,
                202,
                "refresh",
            ),
            (
                "generic",
                vec![("x-hub-signature-256", &hub)],
                other,
                401,
                "refused",
            ),
            (
                "generic",
                vec![("authorization", &bearer)],
                other,
                200,
                "ignored",
            ),
            (
                "generic",
                vec![("authorization", &bearer)],
                "not JSON",
                200,
                "ignored",
            ),
            (
                "generic",
                vec![("authorization", "Bearer no")],
                MAIN,
                401,
                "refused",
            ),
            ("generic", vec![], MAIN, 401, "refused"),
        ];
        for (kind, headers, body, status, outcome) in cases {
            let hook = house
                .hook(kind, json!({"secret": SECRET, "branches": ["main"]}))
                .await;
            house.rests(&hook.source).await;
            let answer = house.calls(&hook.url, &headers, body.to_owned()).await;
            let what = format!("{kind} {headers:?} {body}: {answer:?}");
            assert_eq!(answer.status.as_u16(), status, "{what}");
            assert!(!answer.text.contains("Secret to"), "{what}");
            let (last, reason) = house.last(&hook.id).await;
            assert_eq!(last, outcome, "{what}");
            assert_eq!(house.is_due(&hook.source).await, status == 202, "{what}");
            match status {
                202 => assert_eq!(
                    answer.json(),
                    json!({"incomingHook": {"did": "refresh", "source": hook.source}})
                ),
                200 => {
                    let told = &answer.json()["incomingHook"];
                    assert_eq!(told["did"], "nothing", "{what}");
                    let reason = if outcome == "ping" {
                        json!("ping")
                    } else {
                        reason
                    };
                    assert_eq!(told["reason"], reason, "{what}");
                }
                401 => assert_eq!(answer.error().1, "AuthenticationError"),
                _ => assert_eq!(answer.error().1, "malformedRequestError"),
            }
        }
    }
}

#[tokio::test]
async fn standard_webhooks_signatures_are_taken_while_they_are_fresh() {
    for house in houses().await {
        for (kind, event) in [("generic", "x-a"), ("gitlab", "x-gitlab-event")] {
            let hook = house.hook(kind, json!({})).await;
            let now = house.now().await;
            let call = async |at: Timestamp, body: &'static str| {
                let signature = sign(&hook.secret, "msg_1", at, MAIN.as_bytes()).unwrap();
                let seconds = at.seconds().to_string();
                let headers = [
                    (event, "Push Hook"),
                    ("webhook-id", "msg_1"),
                    ("webhook-timestamp", &*seconds),
                    ("webhook-signature", &*signature),
                    ("x-gitlab-token", &*hook.secret),
                ];
                house.calls(&hook.url, &headers, body).await
            };
            let stale = call(Timestamp(now.0 - 301_000), MAIN).await;
            assert_eq!(stale.error().0, 401);
            assert!(
                stale.message().contains("five minutes"),
                "{}",
                stale.message()
            );
            assert_eq!(call(Timestamp(now.0 + 301_000), MAIN).await.error().0, 401);
            // The token beside it does not make it good.
            assert_eq!(call(now, "{}").await.error().0, 401);
            assert_eq!(call(now, MAIN).await.status, 202);
            let again = call(now, MAIN).await;
            assert_eq!(again.status, 200);
            assert_eq!(house.last(&hook.id).await.0, "repeat");
        }
    }
}

#[tokio::test]
async fn a_call_that_comes_again_within_a_day_does_nothing_again() {
    for house in houses().await {
        for (kind, event, id) in [
            ("github", ("x-github-event", "push"), "x-github-delivery"),
            (
                "gitlab",
                ("x-gitlab-event", "Push Hook"),
                "x-gitlab-event-uuid",
            ),
            ("generic", ("x-a", "b"), "idempotency-key"),
        ] {
            let hook = house.hook(kind, json!({"secret": SECRET})).await;
            let second = house.hook(kind, json!({"secret": SECRET})).await;
            let hub = sign_hub(SECRET, MAIN.as_bytes());
            let call = async |url: &str, name: &str, hub: &str| {
                let mut headers = vec![event, (id, name)];
                if kind == "gitlab" {
                    headers.push(("x-gitlab-token", if hub == "no" { hub } else { SECRET }));
                } else {
                    headers.push(("x-hub-signature-256", hub));
                }
                house.calls(url, &headers, MAIN).await.status.as_u16()
            };
            // What is refused takes nobody's place.
            assert_eq!(call(&hook.url, "d1", "no").await, 401);
            assert_eq!(call(&hook.url, "d1", &hub).await, 202, "{kind}");
            house.rests(&hook.source).await;
            assert_eq!(call(&hook.url, "d1", &hub).await, 200, "{kind}");
            assert!(!house.is_due(&hook.source).await);
            assert_eq!(call(&second.url, "d1", &hub).await, 202, "another hook's");
            assert_eq!(call(&hook.url, "d2", &hub).await, 202);
            house.rests(&hook.source).await;
            if house.sleeps(Duration::from_secs(24 * 3600 + 1)).await {
                assert_eq!(call(&hook.url, "d1", &hub).await, 202, "after a day");
                assert!(house.is_due(&hook.source).await);
            }
        }
    }
}

#[tokio::test]
async fn a_monitor_runs_with_what_was_pushed_and_a_hundred_runs_wait_at_most() {
    for house in houses().await {
        let collection = house
            .post("/collections", json!({"collection": petstore()}))
            .await
            .ok();
        let collection = text(&collection["collection"]["uid"]);
        let monitor = house.post("/monitors", every_hour(&collection)).await.ok();
        let monitor = text(&monitor["monitor"]["uid"]);
        let hook = json!({"incomingHook": {"name": "On push", "kind": "generic", "monitor": monitor, "secret": SECRET}});
        let hook = house.post("/incoming-hooks", hook).await.ok()["incomingHook"].clone();
        assert_eq!(hook["monitor"], monitor.as_str());
        let (id, url) = (text(&hook["id"]), text(&hook["url"]));
        let bearer = format!("Bearer {SECRET}");
        let call = async |name: &str, body: Vec<u8>| {
            // A limit of calls in a second is not what is asked for here.
            tokio::time::sleep(Duration::from_millis(21)).await;
            let headers = [
                ("authorization", &*bearer),
                ("idempotency-key", name),
                ("x-gitlab-token", "no"),
            ];
            house.calls(&url, &headers, body).await
        };
        let first = call("0", b"{\"n\": 1}".to_vec()).await;
        assert_eq!(first.status, 202);
        let told = first.json()["incomingHook"].clone();
        assert_eq!(
            (&told["did"], &told["monitor"]),
            (&json!("run"), &json!(monitor))
        );
        let run = text(&told["run"]);
        let shown = house.get(&format!("/runs/{run}")).await.ok();
        assert_eq!(shown["run"]["info"]["trigger"], "webhook");
        let input = async |run: &str| {
            let mut tx = house.store.read().await.unwrap();
            let input = tx.runs().input(house.team, run.parse().unwrap()).await;
            serde_json::from_slice::<Value>(&input.unwrap().unwrap()).unwrap()
        };
        assert_eq!(
            input(&run).await,
            json!({"data": {"n": 1}, "headers": {"idempotency-key": "0"}})
        );
        // What is too large for scripts still starts a run.
        let large = call("1", vec![b'x'; 256 * 1024 + 1]).await;
        assert_eq!(large.status, 202);
        let large = input(&text(&large.json()["incomingHook"]["run"])).await;
        assert_eq!(
            (&large["data"], &large["tooLarge"]),
            (&Value::Null, &json!(true))
        );
        for number in 2..100 {
            let answer = call(&number.to_string(), b"{}".to_vec()).await;
            assert_eq!(answer.status, 202, "{number}: {answer:?}");
        }
        let refused = call("100", b"{}".to_vec()).await;
        assert_eq!(refused.error(), (409, "conflictError".to_owned()));
        assert_eq!(house.last(&id).await.0, "full");
        // It goes with its monitor.
        house.delete(&format!("/monitors/{monitor}")).await.ok();
        assert_eq!(
            house.get(&format!("/incoming-hooks/{id}")).await.error().0,
            404
        );
        assert_eq!(call("101", b"{}".to_vec()).await.error().0, 404);
    }
}

#[tokio::test]
async fn a_hook_goes_with_its_source() {
    for house in houses().await {
        let hook = house.hook("generic", json!({})).await;
        let bearer = format!("Bearer {}", hook.secret);
        let headers = [("authorization", &*bearer), ("webhook-id", "1")];
        assert_eq!(house.calls(&hook.url, &headers, "").await.status, 202);
        house.delete(&format!("/sources/{}", hook.source)).await;
        assert_eq!(house.calls(&hook.url, &headers, "").await.error().0, 404);
        let path = format!("/incoming-hooks/{}", hook.id);
        assert_eq!(house.get(&path).await.error().0, 404);
    }
}

#[tokio::test]
async fn a_huge_body_is_refused_and_so_is_who_calls_too_often() {
    let house = House::sqlite().await;
    let most = [("generic", 1024 * 1024), ("github", 25 * 1024 * 1024)];
    for (kind, most) in most {
        let hook = house.hook(kind, json!({"secret": SECRET})).await;
        let mut body = MAIN.as_bytes().to_vec();
        body.resize(most, b' ');
        let hub = sign_hub(SECRET, &body);
        let headers = [("x-github-event", "push"), ("x-hub-signature-256", &*hub)];
        let answer = house.calls(&hook.url, &headers, body.clone()).await;
        assert_eq!(answer.status, 202, "{kind}: {answer:?}");
        body.push(b' ');
        let length = body.len().to_string();
        let announced = [("content-length", &*length)];
        // Said beforehand, nothing of it is read; otherwise it is read to the limit.
        let refused = house.calls(&hook.url, &announced, Body::empty()).await;
        assert_eq!(refused.error(), (413, "payloadTooLargeError".to_owned()));
        let parts: Vec<_> = body
            .chunks(100_000)
            .map(|it| Ok::<_, std::io::Error>(it.to_vec()))
            .collect();
        let stream = Body::from_stream(futures_util::stream::iter(parts));
        let refused = house.calls(&hook.url, &headers, stream).await;
        assert_eq!(refused.error(), (413, "payloadTooLargeError".to_owned()));
    }
    let hook = house.hook("generic", json!({})).await;
    let all = (0..200).map(|_| house.calls(&hook.url, &[], ""));
    let answers = futures_util::future::join_all(all).await;
    let refused: Vec<_> = answers.iter().filter(|it| it.status == 429).collect();
    assert!(!refused.is_empty());
    assert_eq!(refused[0].headers["retry-after"], "1");
    for url in [
        "/api/incoming/incoming_0",
        "/api/incoming/x",
        "/api/incoming/%00",
    ] {
        let refused = house.calls(url, &[], "").await;
        assert_eq!(
            refused.error(),
            (404, "instanceNotFoundError".to_owned()),
            "{url}"
        );
    }
}

#[tokio::test]
async fn a_hook_in_a_closed_workspace_is_its_members_and_its_calls_come_through() {
    for house in houses().await {
        let make =
            async |path: &str, body: Value| house.call(ADMIN, "POST", path, Some(body)).await.ok();
        let new = json!({"workspace": {"name": "Payroll", "type": "private"}});
        let workspace = text(&make("/workspaces", new).await["workspace"]["id"]);
        let source = json!({"source": {"name": "Inside", "type": "postman", "apiKey": "k3y", "workspace": workspace}});
        let source = text(&make("/sources", source).await["source"]["id"]);
        let hook = json!({"incomingHook": {"name": "Inside", "kind": "generic", "source": source}});
        let refused = house.post("/incoming-hooks", hook.clone()).await;
        assert_eq!(refused.error().0, 400, "the source is not there for others");
        let there = make("/incoming-hooks", hook).await["incomingHook"].clone();
        let path = format!("/incoming-hooks/{}", text(&there["id"]));
        let change = json!({"incomingHook": {"name": "Mine"}});
        for (method, path, body) in [
            ("GET", path.clone(), None),
            ("PATCH", path.clone(), Some(change)),
            ("DELETE", path.clone(), None),
            ("POST", format!("{path}/rotate-secret"), None),
            ("GET", format!("/incoming-hooks?source={source}"), None),
        ] {
            let answer = house.call(EDITOR, method, &path, body).await;
            assert_eq!(answer.error().0, 404, "{method} {path}");
        }
        let listed = house.get("/incoming-hooks").await.ok();
        assert_eq!(listed["incomingHooks"], json!([]));
        let bearer = format!("Bearer {}", text(&there["secret"]));
        let headers = [("authorization", &*bearer)];
        let answer = house.calls(&text(&there["url"]), &headers, "").await;
        assert_eq!(answer.status, 202, "{answer:?}");
    }
}

#[tokio::test]
async fn what_a_hook_cannot_be_is_refused() {
    let house = House::sqlite().await;
    let source = house.a_source().await;
    let long: Vec<String> = (0..51).map(|number| format!("b{number}")).collect();
    let mut told = Vec::new();
    for (change, why) in [
        (json!({"source": null}), "neither"),
        (json!({"monitor": "x"}), "both"),
        (json!({"source": "x"}), "no such source"),
        (json!({"kind": "bitbucket"}), "kind"),
        (json!({"secret": "short"}), "secret"),
        (json!({"secret": "whsec_not-base64-at-all"}), "secret"),
        (
            json!({"secret": "whpk_PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="}),
            "secret",
        ),
        (json!({"branches": ["a b"]}), "branch"),
        (json!({"branches": ["refs/heads/main"]}), "branch"),
        (json!({"branches": long}), "branches"),
        (json!({"events": []}), "events"),
        (json!({"events": ["Push Hook"]}), "event"),
        (json!({"kind": "generic", "events": ["release"]}), "event"),
        (json!({"name": ""}), "name"),
    ] {
        let mut fields = json!({"name": "On push", "kind": "github", "source": source});
        for (name, value) in change.as_object().unwrap() {
            fields[name] = value.clone();
        }
        let refused = house
            .post("/incoming-hooks", json!({"incomingHook": fields}))
            .await;
        assert_eq!(refused.error().0, 400, "{why}: {refused:?}");
        told.push(refused.message());
    }
    insta::assert_snapshot!(told.join("\n"), @r#"
    incomingHook.source: name a source or a monitor, and one of the two
    incomingHook.source: name a source or a monitor, and one of the two
    incomingHook.source: there is no source "x" in this team
    incomingHook.kind: must be github, gitlab or generic
    incomingHook.secret: a secret has 16 to 255 characters that are ASCII and no control characters, and no space at either end
    incomingHook.secret: whsec_ is followed by the base64 of 24 to 64 bytes
    incomingHook.secret: a key (whsk_, whpk_) can't be the secret that both sides know
    incomingHook.branches: a branch has no spaces and no control characters in its name
    incomingHook.branches: a branch is named without refs/heads/
    incomingHook.branches: a hook names at most 50 branches
    incomingHook.events: a hook is for 1 to 20 events
    incomingHook.events: "Push Hook" is no event: push, tag_push, merge_request, in small letters with _, at most 64
    incomingHook.events: all that a generic sender signs counts as push: leave the events away
    incomingHook.name: a name can't be empty
    "#);
    let hook = json!({"incomingHook": {"name": "On push", "kind": "github", "source": source}});
    for _ in 0..20 {
        house.post("/incoming-hooks", hook.clone()).await.ok();
    }
    assert_eq!(house.post("/incoming-hooks", hook).await.error().0, 409);
}
