//! A house with two teams, and a way to knock at its door.

use std::borrow::Borrow;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use futures_util::StreamExt as _;
use http::{HeaderMap, Request, StatusCode};
use postern_api::{Api, ApiConfig, Limits, Transforms, Tried};
use postern_journal::{Bells, Journal};
use postern_model::testing::{FakeClock, SeededRandom};
use postern_model::{
    ApiKey, ApiKeyId, Clock, ContentHash, Random, Role, Team, TeamId, User, UserId, Workspace,
    WorkspaceId, WorkspaceKind,
};
use postern_storage::Store;
use postern_storage::testing::{TestStore, engines};
use serde_json::Value;
use tower::ServiceExt;

/// Keys of the first team, one for each role, and one of another team's admin.
pub(crate) const ADMIN: &str = "pk-admin-of-team-one-000000000000";
pub(crate) const EDITOR: &str = "pk-editor-of-team-one-00000000000";
pub(crate) const VIEWER: &str = "pk-viewer-of-team-one-00000000000";
pub(crate) const STRANGER: &str = "pk-admin-of-team-two-000000000000";

/// The largest body in tests: small, so that "too large" is quick.
pub(crate) const BODY_LIMIT: usize = 256 * 1024;

/// A door, the house behind it, and the clock on its wall.
pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) clock: Arc<FakeClock>,
    pub(crate) team: TeamId,
    pub(crate) api: Api,
    pub(crate) journal: Journal,
    pub(crate) router: Router,
    _store: TestStore,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON; `null` when it isn't.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// The body, after checking that the call succeeded.
    pub(crate) fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        self.json()
    }

    /// The status and the error's name, after checking that the answer is an error in the envelope.
    pub(crate) fn error(&self) -> (u16, String) {
        let body = self.json();
        let error = body["error"]
            .as_object()
            .unwrap_or_else(|| panic!("no envelope: {} {}", self.status, self.text));
        assert_eq!(
            body.as_object().unwrap().len(),
            1,
            "only the envelope: {body}"
        );
        assert!(
            error["message"].as_str().is_some_and(|it| !it.is_empty()),
            "{body}"
        );
        assert!(
            error
                .keys()
                .all(|key| ["name", "message", "details"].contains(&key.as_str())),
            "{body}"
        );
        (
            self.status.as_u16(),
            error["name"].as_str().unwrap().to_owned(),
        )
    }

    /// The error's message.
    pub(crate) fn message(&self) -> String {
        self.json()["error"]["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

/// One fresh house for each engine.
pub(crate) async fn houses() -> Vec<House> {
    let mut houses = Vec::new();
    for store in engines().await {
        houses.push(House::on(store).await);
    }
    houses
}

impl House {
    /// A fresh house on SQLite, for what no engine can change.
    pub(crate) async fn sqlite() -> Self {
        Self::on(TestStore::sqlite().await).await
    }

    /// The same where a user has so many calls in a minute.
    pub(crate) async fn limited(calls: u32) -> Self {
        Self::with_calls(TestStore::sqlite().await, Some(calls)).await
    }

    async fn on(test_store: TestStore) -> Self {
        Self::with_calls(test_store, None).await
    }

    async fn with_calls(test_store: TestStore, calls_per_minute: Option<u32>) -> Self {
        let store = test_store.store();
        let clock = Arc::clone(&test_store.clock);
        let random = Arc::new(SeededRandom::default());
        let journal = Journal::new(store.clone(), Bells::default(), random.clone());
        let config = ApiConfig {
            limits: Limits {
                body_bytes: BODY_LIMIT,
                calls_per_minute,
                ..Limits::default()
            },
            ..ApiConfig::new("http://127.0.0.1:7676".parse().unwrap())
        };
        let api = Api::new(
            config,
            store.clone(),
            journal.clone(),
            clock.clone(),
            random.clone(),
            Vec::new(),
        )
        .with_transforms(Arc::new(Same));
        let team = furnish(&store, &clock, random.as_ref()).await;
        Self {
            router: api.router(),
            api,
            journal,
            store,
            clock,
            team,
            _store: test_store,
        }
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let is_stream = parts
            .headers
            .get("content-type")
            .is_some_and(|it| it == "text/event-stream");
        let bytes = if is_stream {
            // It has no end; what comes first is what a table of calls can look at.
            body.into_data_stream().next().await.unwrap().unwrap()
        } else {
            to_bytes(body, usize::MAX).await.unwrap()
        };
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Calls with a key and, where there is one, a body.
    pub(crate) async fn call(
        &self,
        key: &str,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        self.call_raw(
            key,
            method,
            path,
            body.map(|body| body.to_string().into_bytes()),
        )
        .await
    }

    /// Calls with a key and a body of any bytes.
    pub(crate) async fn call_raw(
        &self,
        key: &str,
        method: &str,
        path: &str,
        body: Option<Vec<u8>>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/api{path}"));
        if !key.is_empty() {
            request = request.header("x-api-key", key);
        }
        self.send(
            request
                .body(body.map_or_else(Body::empty, Body::from))
                .unwrap(),
        )
        .await
    }

    /// `GET`, as the editor.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(EDITOR, "GET", path, None).await
    }

    /// `POST`, as the editor.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(EDITOR, "POST", path, Some(body)).await
    }

    /// `PUT`, as the editor.
    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.call(EDITOR, "PUT", path, Some(body)).await
    }

    /// `DELETE`, as the editor.
    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.call(EDITOR, "DELETE", path, None).await
    }

    /// Everything that the team's admin can see, as one value: equal before and after a call that must change nothing.
    pub(crate) async fn state(&self) -> Value {
        let mut state = serde_json::Map::new();
        for path in [
            "/workspaces",
            "/collections",
            "/environments",
            "/monitors",
            "/integrations",
            "/deliveries",
            "/activities",
            "/api-keys",
        ] {
            state.insert(
                path.to_owned(),
                self.call(ADMIN, "GET", path, None).await.ok(),
            );
        }
        for key in state["/api-keys"]["apiKeys"].as_array_mut().unwrap() {
            key.as_object_mut().unwrap().remove("lastUsedAt");
        }
        Value::Object(state)
    }
}

/// Two teams: the first with an admin, an editor and a viewer; each with a workspace.
async fn furnish(store: &Store, clock: &FakeClock, random: &dyn Random) -> TeamId {
    let mut first = None;
    let mut tx = store.begin().await.unwrap();
    let now = clock.now();
    for (name, people) in [
        (
            "One",
            vec![
                ("Ada", ADMIN, Role::Admin),
                ("Edi", EDITOR, Role::Editor),
                ("Vio", VIEWER, Role::Viewer),
            ],
        ),
        ("Two", vec![("Stan", STRANGER, Role::Admin)]),
    ] {
        let team = Team {
            id: TeamId::new(now, random),
            name: name.to_owned(),
            domain: name.to_lowercase(),
            created_at: now,
        };
        tx.teams().insert(&team).await.unwrap();
        let mut maker = None;
        for (at, (person, key, role)) in people.into_iter().enumerate() {
            let number = i64::try_from(at).unwrap()
                + if first.is_none() {
                    10_000_001
                } else {
                    20_000_001
                };
            let user = User {
                id: UserId(number),
                username: person.to_lowercase(),
                email: format!("{}@example.com", person.to_lowercase()),
                full_name: person.to_owned(),
                created_at: now,
            };
            tx.users().insert(&user).await.unwrap();
            tx.memberships()
                .put(team.id, user.id, role, now)
                .await
                .unwrap();
            let key = ApiKey {
                id: ApiKeyId::new(now, random),
                team: team.id,
                user: user.id,
                name: format!("{person}'s key"),
                role,
                hash: ContentHash::of(key.as_bytes()),
                prefix: key[..8].to_owned(),
                created_at: now,
                last_used_at: None,
                expires_at: None,
                workspaces: Vec::new(),
            };
            tx.api_keys().insert(&key).await.unwrap();
            maker.get_or_insert(user.id);
        }
        let workspace = Workspace {
            id: WorkspaceId::new(now, random),
            team: team.id,
            name: format!("Workspace of {name}"),
            kind: WorkspaceKind::Team,
            description: String::new(),
            created_by: maker.unwrap(),
            created_at: now,
            updated_at: now,
        };
        tx.workspaces().insert(&workspace).await.unwrap();
        first.get_or_insert(team.id);
    }
    tx.commit().await.unwrap();
    first.unwrap()
}

/// Checks an inline snapshot that is the same on each engine: insta wants to be told that it is met more than once.
macro_rules! assert_each_snapshot {
    ($shown:expr, @$expected:literal) => {{
        let shown = $shown;
        insta::allow_duplicates! { insta::assert_snapshot!(shown, @$expected) }
    }};
}
pub(crate) use assert_each_snapshot;

/// The status and the body, with ids and times as words.
pub(crate) fn shown(answer: impl Borrow<Answer>) -> String {
    let answer = answer.borrow();
    let body = serde_json::to_string_pretty(&redacted(answer.json())).unwrap();
    format!("{} {body}", answer.status.as_u16())
}

/// Ids and times as words, so that snapshots are the same each time.
pub(crate) fn redacted(mut value: Value) -> Value {
    redact(&mut value);
    value
}

fn redact(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(redact),
        Value::Object(fields) => fields.values_mut().for_each(redact),
        Value::String(text) => {
            let bare = text.split_once('-').map_or(text.as_str(), |(_, rest)| rest);
            if uuid::Uuid::try_parse(text).is_ok() {
                "[id]".clone_into(text);
            } else if uuid::Uuid::try_parse(bare).is_ok() {
                *text = format!("{}-[id]", text.split('-').next().unwrap());
            } else if text.len() == 24 && text.ends_with('Z') && text.as_bytes()[10] == b'T' {
                "[time]".clone_into(text);
            } else if text.starts_with("whsec_") {
                "[secret]".clone_into(text);
            } else if text.len() == 64 && text.bytes().all(|it| it.is_ascii_hexdigit()) {
                "[hash]".clone_into(text);
            }
        }
        Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

/// The text that a field of an answer must be.
pub(crate) fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value}"))
        .to_owned()
}

/// Gives back what it was given, as the shortest transform does; the program's own tests run real ones.
struct Same;

impl Transforms for Same {
    fn run(
        &self,
        _: String,
        input: String,
    ) -> Pin<Box<dyn Future<Output = Result<Tried, String>> + Send>> {
        Box::pin(async move {
            let value = serde_json::from_str(&input).map_err(|error| error.to_string())?;
            let console = Vec::new();
            Ok(Tried { value, console })
        })
    }
}
