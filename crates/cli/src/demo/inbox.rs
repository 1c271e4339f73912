//! The demo's inbox: takes what integrations send, and checks the signatures.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response, StatusCode};
use postern_model::{Clock, Timestamp, signature};
use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;
use uuid::Uuid;

/// How far a timestamp may be away, in seconds.
const TOLERANCE: i64 = 300;

/// Something that arrived.
#[derive(Debug, Clone)]
pub(super) struct Arrival {
    /// The integration's name.
    pub(super) integration: String,
    /// What it tells: the `postern-event` header.
    pub(super) kind: String,
    /// The body.
    pub(super) body: Value,
    /// Whether a signature fits, and the timestamp is fresh.
    pub(super) verified: bool,
    /// When it arrived.
    pub(super) at: Timestamp,
    /// From the event to its arrival, in milliseconds.
    pub(super) latency_ms: i64,
}

/// The inbox. Each integration has a path of its own there.
pub(super) struct Inbox {
    known: Mutex<HashMap<String, Known>>,
    arrivals: UnboundedSender<Arrival>,
    clock: Arc<dyn Clock>,
}

struct Known {
    integration: String,
    secret: String,
}

impl Inbox {
    pub(super) fn new(arrivals: UnboundedSender<Arrival>, clock: Arc<dyn Clock>) -> Self {
        Self {
            known: Mutex::default(),
            arrivals,
            clock,
        }
    }

    /// From now on the path takes what this integration sends, signed by this secret.
    pub(super) fn expect(&self, path: &str, integration: &str, secret: &str) {
        let known = Known {
            integration: integration.to_owned(),
            secret: secret.to_owned(),
        };
        self.known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path.to_owned(), known);
    }

    pub(super) fn answer(&self, request: &Request<Bytes>) -> Response<Full<Bytes>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = known.get(request.uri().path()) else {
            // Its integration is being made this moment: it will come again.
            return status(StatusCode::SERVICE_UNAVAILABLE);
        };
        let header = |name: &str| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or("")
        };
        let (id, at) = (header("webhook-id"), self.clock.now());
        let arrival = Arrival {
            integration: known.integration.clone(),
            kind: header("postern-event").to_owned(),
            verified: self.verify(known, request, id),
            body: serde_json::from_slice(request.body()).unwrap_or_default(),
            at,
            latency_ms: made_at(id).map_or(0, |made| at.0 - made),
        };
        let answer = if arrival.verified {
            StatusCode::NO_CONTENT
        } else {
            StatusCode::BAD_REQUEST
        };
        // Nobody reads any more when the demo is ending.
        let _ = self.arrivals.send(arrival);
        status(answer)
    }

    fn verify(&self, known: &Known, request: &Request<Bytes>, id: &str) -> bool {
        let header = |name: &str| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or("")
        };
        let Ok(seconds) = header("webhook-timestamp").parse::<i64>() else {
            return false;
        };
        let fresh = (self.clock.now().seconds() - seconds).abs() <= TOLERANCE;
        let signed = signature::sign(&known.secret, id, Timestamp(seconds * 1000), request.body());
        fresh
            && signed.is_ok_and(|signed| {
                header("webhook-signature")
                    .split(' ')
                    .any(|given| given == signed)
            })
    }
}

/// When an event was made: its id begins with the time.
fn made_at(id: &str) -> Option<i64> {
    let (seconds, nanos) = Uuid::try_parse(id).ok()?.get_timestamp()?.to_unix();
    Some(i64::try_from(seconds).ok()? * 1000 + i64::from(nanos / 1_000_000))
}

fn status(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}
