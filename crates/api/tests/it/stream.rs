//! The stream: who hears what, when, and until when.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use futures_util::StreamExt as _;
use http::{HeaderMap, Request};
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

use crate::house::{ADMIN, EDITOR, House, STRANGER, VIEWER, houses};

/// Longer than anything here takes.
const SOON: Duration = Duration::from_secs(10);
/// Longer than a ring takes.
const A_WHILE: Duration = Duration::from_millis(400);

/// A tab that listens.
struct Tab {
    headers: HeaderMap,
    body: BodyDataStream,
}

/// What it hears.
#[derive(Debug, PartialEq)]
struct Heard {
    event: String,
    id: String,
    data: Value,
}

impl Tab {
    /// Begins to listen with a key or a cookie, as one that comes back where there is an id.
    async fn open(house: &House, who: (&str, &str), query: &str, last: Option<&str>) -> Self {
        let mut request = Request::builder()
            .uri(format!("/api/stream{query}"))
            .header(who.0, who.1);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = tower::ServiceExt::oneshot(house.router.clone(), request);
        let response = response.await.unwrap();
        assert_eq!(response.status(), 200);
        let (parts, body) = response.into_parts();
        let body = body.into_data_stream();
        let headers = parts.headers;
        Self { headers, body }
    }

    /// The next event; nothing when the stream has ended.
    async fn next(&mut self) -> Option<Heard> {
        let frame = timeout(SOON, self.body.next()).await.unwrap()?.unwrap();
        let text = String::from_utf8(frame.to_vec()).unwrap();
        let field = |name: &str| {
            let mut lines = text.lines();
            let line = lines.find_map(|line| line.strip_prefix(&format!("{name}: ")));
            line.unwrap_or_else(|| panic!("no {name} in {text:?}"))
                .to_owned()
        };
        Some(Heard {
            event: field("event"),
            id: field("id"),
            data: serde_json::from_str(&field("data")).unwrap(),
        })
    }

    async fn hears(&mut self, topics: &[&str]) -> String {
        let heard = self.next().await.unwrap();
        assert_eq!(
            (heard.event.as_str(), &heard.data),
            ("changed", &json!({"topics": topics}))
        );
        heard.id
    }

    async fn hears_nothing(&mut self) {
        let heard = timeout(A_WHILE, self.body.next()).await;
        assert!(heard.is_err(), "{heard:?}");
    }
}

impl House {
    async fn tab(&self, key: &str, query: &str) -> (Tab, String) {
        let mut tab = Tab::open(self, ("x-api-key", key), query, None).await;
        let hello = tab.next().await.unwrap();
        assert_eq!(hello.event, "hello");
        (tab, hello.id)
    }

    async fn back(&self, last: &str) -> Tab {
        let mut tab = Tab::open(self, ("x-api-key", VIEWER), "", Some(last)).await;
        assert_eq!(tab.next().await.unwrap().event, "hello");
        tab
    }

    /// Something that the feed tells.
    async fn happens(&self) {
        let new = json!({"workspace": {"name": "Another", "type": "team"}});
        self.post("/workspaces", new).await.ok();
    }

    /// Something that has deliveries.
    async fn is_sent(&self) {
        let integration = json!({"integration": {"name": "Builds", "event": "custom", "config": {"url": "https://example.com/in"}}});
        self.post("/integrations", integration).await.ok();
        let event = json!({"event": {"type": "build.finished", "payload": {}}});
        self.post("/events", event).await.ok();
    }
}

#[tokio::test]
async fn a_tab_hears_what_has_changed_in_its_own_team() {
    for house in houses().await {
        let (mut tab, _) = house.tab(VIEWER, "").await;
        let (mut few, _) = house.tab(VIEWER, "?topics=deliveries,runs").await;
        let (mut stranger, _) = house.tab(STRANGER, "").await;
        house.happens().await;
        tab.hears(&["activities"]).await;
        few.hears_nothing().await;
        house.is_sent().await;
        few.hears(&["deliveries"]).await;
        stranger.hears_nothing().await;
    }
}

#[tokio::test]
async fn a_stream_is_one_that_browsers_and_proxies_let_through() {
    let house = House::sqlite().await;
    let mut tab = Tab::open(&house, ("x-api-key", VIEWER), "", None).await;
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("cache-control", "no-store"),
        ("x-accel-buffering", "no"),
    ] {
        assert_eq!(tab.headers[name], value);
    }
    let first = tab.body.next().await.unwrap().unwrap();
    let first = String::from_utf8(first.to_vec()).unwrap();
    let id = first.lines().find(|it| it.starts_with("id: ")).unwrap();
    let said = first.replace(id, "id: [id]");
    insta::assert_snapshot!(said.trim().replace(env!("CARGO_PKG_VERSION"), "[version]"), @r#"
    event: hello
    id: [id]
    data: {"version":"[version]"}
    retry: 1000
    "#);
}

#[tokio::test]
async fn however_much_happens_four_events_in_a_second_are_the_most() {
    let house = House::sqlite().await;
    let (mut tab, _) = house.tab(VIEWER, "").await;
    let began = Instant::now();
    let happening = async {
        while began.elapsed() < Duration::from_secs(1) {
            house.happens().await;
        }
    };
    let mut events = 0;
    let hearing = async {
        while timeout(Duration::from_secs(1), tab.body.next())
            .await
            .is_ok()
        {
            events += 1;
        }
    };
    tokio::join!(happening, hearing);
    // One at once, and the last change is not left out.
    let quarters = began.elapsed().as_millis() / 250 + 1;
    assert!((2..=quarters).contains(&events), "{events} events");
    assert!(events <= 6, "{events} events");
}

#[tokio::test]
async fn who_comes_back_is_told_what_was_missed_and_after_a_restart_everything() {
    for house in houses().await {
        let (tab, hello) = house.tab(VIEWER, "").await;
        drop(tab);
        house.back(&hello).await.hears_nothing().await;
        house.is_sent().await;
        let mut tab = house.back(&hello).await;
        let id = tab
            .hears(&["deliveries", "activities", "integrations"])
            .await;
        tab.hears_nothing().await;
        house.back(&id).await.hears_nothing().await;
        let all = ["deliveries", "runs", "activities", "integrations", "inbox"];
        let count = id.split_once('-').unwrap().1;
        for foreign in [&format!("0123456789abcdef-{count}"), "what", "", "-", "7"] {
            let mut tab = house.back(foreign).await;
            let id = tab.hears(&all).await;
            house.back(&id).await.hears_nothing().await;
        }
        // Only what it listens for.
        let mut few = Tab::open(&house, ("x-api-key", VIEWER), "?topics=runs", Some("what")).await;
        few.next().await.unwrap();
        few.hears(&["runs"]).await;
    }
}

#[tokio::test]
async fn a_topic_that_is_none_is_refused() {
    let house = House::sqlite().await;
    for wrong in ["weather", "runs,weather", "", "runs,"] {
        let answer = house.get(&format!("/stream?topics={wrong}")).await;
        assert_eq!(answer.error(), (400, "invalidParamsError".to_owned()));
        assert!(answer.message().contains("deliveries, runs"), "{answer:?}");
    }
    assert_eq!(house.call("", "GET", "/stream", None).await.error().0, 401);
}

#[tokio::test]
async fn a_stream_ends_with_the_key_and_with_the_session() {
    for house in houses().await {
        let body = json!({"apiKey": {"name": "Own", "role": "viewer"}});
        let made = house
            .call(ADMIN, "POST", "/api-keys", Some(body))
            .await
            .ok();
        let (mut by_key, _) = house
            .tab(made["apiKey"]["key"].as_str().unwrap(), "?topics=inbox")
            .await;
        let token = made_session(&house).await;
        let cookie = format!("postern_session={token}");
        let who = ("cookie", cookie.as_str());
        let mut by_session = Tab::open(&house, who, "?topics=inbox", None).await;
        by_session.next().await.unwrap();
        let path = format!("/api-keys/{}", made["apiKey"]["id"].as_str().unwrap());
        house.call(ADMIN, "DELETE", &path, None).await.ok();
        assert_eq!(by_key.next().await, None);
        by_session.hears_nothing().await;
        house.call(ADMIN, "DELETE", "/users/10000002", None).await;
        assert_eq!(by_session.next().await, None);
    }
}

/// A session of the editor, begun behind the door.
async fn made_session(house: &House) -> String {
    use postern_model::{Clock as _, ContentHash, Session, SessionId, UserId};

    let token = "ses_of_the_editor";
    let now = house.clock.now();
    let session = Session {
        id: SessionId(uuid::Uuid::from_u128(7)),
        hash: ContentHash::of(token.as_bytes()),
        team: house.team,
        user: UserId(10_000_002),
        agent: String::new(),
        created_at: now,
        used_at: now,
        expires_at: now + Duration::from_hours(1),
        by_link: false,
    };
    let mut tx = house.store.begin().await.unwrap();
    tx.sessions().insert(&session).await.unwrap();
    tx.commit().await.unwrap();
    token.to_owned()
}

#[tokio::test]
async fn opening_it_is_one_call() {
    let house = House::limited(2).await;
    let (mut tab, _) = house.tab(EDITOR, "").await;
    house.happens().await;
    tab.hears(&["activities"]).await;
    assert_eq!(house.get("/stream").await.error().0, 429);
}
