//! One attempt, from the row that is due to the row that tells how it ended.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use postern_catalogue::Sends;
use postern_egress::{Exchange, Failure, Limits, Request, check_url};
use postern_model::{Attempt, AttemptId, Integration, Outcome, PhaseTimes, ReceiverAuth, Shard};
use postern_storage::DueDelivery;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::auth;
use super::commit::Made;
use super::connector;
use super::outcome::Ended;
use super::render;
use super::sign;
use super::transform::transformed;
use super::way::way;
use crate::context::Context;
use crate::driver::words;
use crate::lease::Holding;

/// The most MiB that large bodies under way may have together.
const LARGE_BODIES_MIB: usize = 64;

/// What is sent, and to whom.
pub(crate) struct Parcel {
    pub(crate) due: DueDelivery,
    pub(crate) integration: Arc<Integration>,
    /// The body, if it is at hand.
    pub(crate) body: Option<Bytes>,
    /// The epoch of its shard's lease: what comes of the attempt is written under it.
    pub(crate) epoch: i64,
}

/// Room for the bodies that are too large to be kept at hand.
pub(crate) fn room_for_large_bodies() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(LARGE_BODIES_MIB))
}

/// Makes the attempt. Nothing if it could not even begin, because the database doesn't give the body or the lease has
/// run out.
pub(crate) async fn send(
    context: &Context,
    holding: &Holding,
    room: &Semaphore,
    parcel: &Parcel,
) -> Option<Made> {
    let due = &parcel.due;
    let mut large = None;
    let body = if let Some(body) = &parcel.body {
        Ok(body.clone())
    } else {
        large = room.acquire().await.ok();
        match fetch(context, parcel).await {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(error = %words(&error), "failed to read what is to be sent");
                return None;
            }
        }
    };
    // The last look before the request goes out.
    if !holding.allows(Shard(due.delivery.shard), parcel.epoch) {
        return None;
    }
    let made = make(context, parcel, body).await;
    drop(large);
    Some(made)
}

async fn fetch(
    context: &Context,
    parcel: &Parcel,
) -> Result<Result<Bytes, String>, postern_storage::StorageError> {
    let event = &parcel.due.event;
    let form = parcel.integration.options.payload;
    let mut tx = context.parts.store.read().await?;
    let body = tx.events().body(event.team, event.id, form).await?;
    Ok(body
        .map(Bytes::from)
        .ok_or_else(|| format!("the body of the event {} is not stored", event.id)))
}

async fn make(context: &Context, parcel: &Parcel, body: Result<Bytes, String>) -> Made {
    let due = &parcel.due;
    let started_at = context.parts.clock.now();
    let mut attempt = Attempt {
        id: AttemptId::new(started_at, context.parts.random.as_ref()),
        team: due.delivery.team,
        delivery: due.delivery.id,
        integration: parcel.integration.id,
        number: due.number,
        trigger: due.trigger,
        epoch: parcel.epoch,
        started_at,
        times: PhaseTimes::default(),
        outcome: Outcome::Internal,
        message: String::new(),
        peer: None,
        url: parcel.integration.config.url.clone(),
        status: None,
        request_headers: Vec::new(),
        response_headers: Vec::new(),
        response_body: Vec::new(),
        response_bytes: 0,
        retry_after_ms: None,
        steps: Vec::new(),
    };
    let ended = match postern_catalogue::find(&parcel.integration.connector) {
        Some(known) if known.sends() != Sends::Webhook => {
            let body = body.map_err(Ended::internal).and_then(kept);
            match body {
                Ok(body) => {
                    Box::pin(connector::play(context, known, parcel, &body, &mut attempt)).await
                }
                Err(ended) => ended,
            }
        }
        _ => match Box::pin(request(context, parcel, body, &mut attempt)).await {
            Ok((integration, request)) => {
                Box::pin(exchange(context, &integration, request, &mut attempt)).await
            }
            Err(ended) => ended,
        },
    };
    attempt.outcome = ended.outcome;
    attempt.message.clone_from(&ended.message);
    attempt.retry_after_ms = ended.retry_after.map(milliseconds);
    Made {
        attempt,
        ended,
        spent: due.delivery.attempts,
        shard: Shard(due.delivery.shard),
        delay: started_at.since(due.delivery.created_at),
        jitter: context.parts.random.unit(),
    }
}

/// The body, if it is still there.
fn kept(body: Bytes) -> Result<Bytes, Ended> {
    if body.is_empty() {
        // Retention took it (retention.bodies_days); a body is JSON, so it is never empty otherwise.
        return Err(Ended::internal("the event's body is not kept any more"));
    }
    Ok(body)
}

/// What is sent, and to whom: as the integration says, or its script makes it.
async fn request<'a>(
    context: &Context,
    parcel: &'a Parcel,
    body: Result<Bytes, String>,
    attempt: &mut Attempt,
) -> Result<(Cow<'a, Integration>, Request), Ended> {
    let event = &parcel.due.event;
    let mut integration = Cow::Borrowed(parcel.integration.as_ref());
    let mut body = body.map_err(Ended::internal).and_then(kept)?;
    let mut method = "POST".to_owned();
    if let Some(source) = &parcel.integration.config.transform {
        let transformer = &context.parts.transformer;
        let draft = transformed(transformer, source, event, &integration, &body).await?;
        method = draft.method;
        body = draft.body.into();
        integration.to_mut().config = draft.config;
        attempt.url.clone_from(&integration.config.url);
    }
    let user_agent = &context.config.user_agent;
    let mut headers = render::headers(event, &integration, attempt.number, user_agent);
    let signed = sign::headers(&integration, event.id, attempt.started_at, &body)
        .map_err(|error| Ended::internal(error.to_string()))?;
    headers.extend(signed);
    attempt.request_headers = render::recorded(&headers, &integration);
    let url = check_url(&integration.config.url)
        .map_err(|invalid| Ended::before(Outcome::InvalidUrl, invalid.to_string()))?;
    let request = Request {
        headers,
        body,
        ..Request::new(method, url)
    };
    Ok((integration, request))
}

/// Sends the request, with who we are; once more with another token if the receiver doesn't take the one we had.
async fn exchange(
    context: &Context,
    integration: &Integration,
    request: Request,
    attempt: &mut Attempt,
) -> Ended {
    let patience = deadline(integration);
    let deadline = Instant::now() + patience;
    let way = match way(integration) {
        Ok(way) => way,
        Err(message) => return Ended::before(Outcome::TlsFailed, message),
    };
    let egress = &context.parts.webhooks;
    let client = match &integration.config.auth {
        Some(ReceiverAuth::OAuth2(client)) => Some(client),
        _ => None,
    };
    let mut authorization = integration.config.auth.as_ref().and_then(auth::ready);
    let mut again = client.is_some();
    loop {
        if let Some(client) = client {
            let worn = authorization.take();
            let tokens = &context.tokens;
            let token = tokens.authorization(client, worn.as_deref(), egress, &way, deadline);
            match token.await {
                Ok(token) => authorization = Some(token),
                Err(message) => return Ended::before(Outcome::AuthFailed, message),
            }
        }
        let mut request = request.clone();
        if let Some(value) = &authorization {
            let header = ("authorization".to_owned(), value.clone());
            request.headers.push(header);
        }
        // What the token took is not there any more.
        let left = match client {
            Some(_) => deadline.saturating_duration_since(Instant::now()),
            None => patience,
        };
        let limits = Limits::WEBHOOK.with_deadline(left);
        match egress.send_by(&way, request, &limits).await {
            Ok(exchange) if exchange.status == 401 && std::mem::take(&mut again) => {}
            Ok(exchange) => {
                record_answer(attempt, &exchange);
                return Ended::of_answer(&exchange, context.parts.clock.now());
            }
            Err(failure) => {
                record_failure(attempt, &failure);
                return Ended::of_failure(&failure);
            }
        }
    }
}

pub(super) fn deadline(integration: &Integration) -> Duration {
    Duration::from_secs(integration.options.timeout.clamp(1, 120).into())
}

fn record_answer(attempt: &mut Attempt, exchange: &Exchange) {
    attempt.times = times(&exchange.timings);
    attempt.peer = Some(exchange.peer.to_string());
    attempt.status = Some(exchange.status);
    attempt.response_headers.clone_from(&exchange.headers);
    attempt.response_body = exchange.body.to_vec();
    attempt.response_bytes = i64::try_from(exchange.body_bytes).unwrap_or(i64::MAX);
}

fn record_failure(attempt: &mut Attempt, failure: &Failure) {
    attempt.times = times(&failure.timings);
    attempt.peer = failure.peer.map(|peer| peer.to_string());
    attempt.status = failure.status;
}

pub(super) fn times(timings: &postern_egress::Timings) -> PhaseTimes {
    PhaseTimes {
        dns_ms: timings.dns.map(milliseconds),
        connect_ms: timings.connect.map(milliseconds),
        tls_ms: timings.tls.map(milliseconds),
        first_byte_ms: timings.first_byte.map(milliseconds),
        total_ms: milliseconds(timings.total),
    }
}

fn milliseconds(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}
