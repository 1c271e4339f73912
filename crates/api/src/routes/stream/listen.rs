//! `GET /stream`.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use http::{HeaderMap, HeaderValue, Uri, header};
use postern_journal::{Counts, Topic, Topics};
use postern_model::TeamId;
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Instant, sleep_until};

use super::{came_back, id_of, topics};
use crate::Api;
use crate::caller::{Caller, Refused, Sent, Viewer};
use crate::error::ApiError;
use crate::params::Params;

/// The least time between two events: four a second.
const PAUSE: Duration = Duration::from_millis(250);
/// How often a comment is sent, so that nothing on the way takes the connection for dead.
const COMMENT_EVERY: Duration = Duration::from_secs(15);
/// How often it is looked up whether the caller may still listen, where nothing gives reason to look earlier.
const LOOKED_UP_EVERY: Duration = Duration::from_mins(1);
/// After how long a browser connects again.
const RETRY: Duration = Duration::from_secs(1);

/// What to listen for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Some of `deliveries`, `runs`, `activities`, `integrations` and `inbox`, with commas between (all).
    topics: Option<String>,
}

/// Tells what has changed, as it changes (server-sent events).
///
/// First comes `hello` with the program's version; what was read after it is not out of date unless `changed` says so.
/// `changed` names topics, at most four times a second, and never what has changed: read that again. Who comes back with the last event's
/// id is told what was missed; after a restart of the server, that everything may have changed. The stream ends with the session or key.
#[utoipa::path(
    get, path = "/stream", tag = "stream",
    security(("api_key" = ["viewer"])),
    params(
        Wanted,
        ("Last-Event-ID" = Option<String>, Header, description = "The id of the last event that was heard; browsers send it."),
    ),
    responses((
        status = 200, content_type = "text/event-stream", body = String,
        description = "`event: hello` with `{\"version\"}`, and then `event: changed` with `{\"topics\": […]}`.",
    )),
)]
pub(crate) async fn listen(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    headers: HeaderMap,
    uri: Uri,
    Params(wanted): Params<Wanted>,
) -> Result<Response, ApiError> {
    let topics = topics(wanted.topics.as_deref())?;
    let sent = Sent::with(&headers, &uri).ok_or_else(|| Refused::Nobody.told())?;
    let last = headers.get("last-event-id");
    let last = last.map(|it| String::from_utf8_lossy(it.as_bytes()));
    let (seen, missed) = came_back(&api, caller.team, last.as_deref());
    let listener = Listener {
        // Another than it is: rights that changed since this call was let in are looked up at once.
        people: api.journal().people_changed().wrapping_sub(1),
        looked_up: Instant::now(),
        team: caller.team,
        greeted: false,
        told_at: None,
        topics,
        seen,
        missed: missed.and(topics),
        sent,
        api,
    };
    let events = unfold(listener, |mut listener| async {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let stream = Sse::new(events).keep_alive(KeepAlive::new().interval(COMMENT_EVERY));
    let mut response = stream.into_response();
    let headers = response.headers_mut();
    let no_store = HeaderValue::from_static("no-store");
    headers.insert(header::CACHE_CONTROL, no_store);
    // A proxy that waits until it has more makes nothing of it.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// One who listens.
struct Listener {
    api: Api,
    sent: Sent,
    team: TeamId,
    topics: Topics,
    seen: Counts,
    /// What may have changed besides what the counts say.
    missed: Topics,
    greeted: bool,
    told_at: Option<Instant>,
    /// What the journal said of people's rights when the caller was looked up.
    people: u64,
    looked_up: Instant,
}

impl Listener {
    /// The next event, once there is one; nothing when the stream ends.
    async fn next(&mut self) -> Option<Event> {
        if !self.greeted {
            self.greeted = true;
            return Some(self.hello());
        }
        let closing = self.api.closing().clone();
        loop {
            if closing.is_cancelled() {
                return None;
            }
            // Before the look, so that no ring is lost.
            let told = self.api.journal().told();
            let rung = told.listen(self.team);
            let now = told.counts(self.team);
            if !self.may_listen().await {
                return None;
            }
            let mut topics = now.since(self.seen).and(self.topics);
            topics.add(self.missed);
            let rests_until = self.told_at.map(|at| at + PAUSE);
            if topics.is_empty() {
                tokio::select! {
                    () = rung => {}
                    () = sleep_until(self.looked_up + LOOKED_UP_EVERY) => {}
                    () = closing.cancelled() => {}
                }
            } else if let Some(until) = rests_until.filter(|until| Instant::now() < *until) {
                closing.run_until_cancelled(sleep_until(until)).await;
            } else {
                self.told_at = Some(Instant::now());
                self.seen = now;
                self.missed = Topics::default();
                return Some(self.changed(topics));
            }
        }
    }

    /// Whether the key or the session is still good. Where that can't be found out the stream ends, and whoever comes back learns why.
    async fn may_listen(&mut self) -> bool {
        let people = self.api.journal().people_changed();
        if people == self.people && self.looked_up.elapsed() < LOOKED_UP_EVERY {
            return true;
        }
        (self.people, self.looked_up) = (people, Instant::now());
        let found = self.api.identify(&self.sent).await;
        found.is_ok_and(|it| it.is_some_and(|identity| identity.team == self.team))
    }

    fn hello(&self) -> Event {
        let version = env!("CARGO_PKG_VERSION");
        self.event("hello", &json!({"version": version}))
            .retry(RETRY)
    }

    fn changed(&self, topics: Topics) -> Event {
        let topics: Vec<&str> = topics.iter().map(Topic::as_str).collect();
        self.event("changed", &json!({"topics": topics}))
    }

    fn event(&self, name: &str, data: &serde_json::Value) -> Event {
        Event::default()
            .event(name)
            .id(id_of(&self.api, self.seen))
            .data(data.to_string())
    }
}
