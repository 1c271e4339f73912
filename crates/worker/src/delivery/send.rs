//! One attempt, from the row that is due to the row that tells how it ended.

use std::time::Duration;

use bytes::Bytes;
use postern_egress::{Exchange, Failure, Limits, Request, check_url};
use postern_journal::JournalError;
use postern_model::{
    Attempt, AttemptId, AttemptTrigger, Event, Integration, PhaseTimes, RetrySchedule, Shard,
};
use postern_storage::{DueDelivery, Finished, StorageError};
use tokio::time::sleep;
use tracing::Instrument as _;

use super::outcome::{Decision, Ended, decide};
use super::render::{self, RenderError};
use super::sign;
use crate::context::Context;
use crate::driver::words;
use crate::lease::Holding;

/// How often an outcome is offered to a database that doesn't take it. By then the lease has run out, and the row,
/// which is still due, is sent again.
const COMMITS: u32 = 12;

/// How long a delivery that could not be sent after all keeps its place: its row may still be due, and finding it again
/// at once would be a busy loop.
const REST: Duration = Duration::from_secs(1);

/// What is sent, gathered before the request.
struct Parcel {
    integration: Integration,
    event: Event,
    body: Result<Bytes, String>,
}

/// An attempt that has ended.
struct Made {
    attempt: Attempt,
    ended: Ended,
}

/// Makes one attempt for a delivery that is due, and writes what came of it.
pub(crate) async fn send(context: &Context, holding: &Holding, due: DueDelivery) {
    let span = tracing::info_span!(
        "worker.delivery.attempt",
        delivery.id = %due.delivery.id,
        integration.id = %due.delivery.integration,
        event.id = %due.delivery.event,
        attempt = due.number,
    );
    attempt(context, holding, &due).instrument(span).await;
}

async fn attempt(context: &Context, holding: &Holding, due: &DueDelivery) {
    let parcel = match gather(context, due).await {
        Ok(Some(parcel)) => parcel,
        // Paused, disabled or deleted since the look: whoever did that took care of the row.
        Ok(None) => return sleep(REST).await,
        Err(error) => {
            tracing::error!(error = %words(&error), "failed to read what is to be sent");
            return sleep(REST).await;
        }
    };
    // The last look before the request goes out.
    if !holding.allows(Shard(due.delivery.shard), due.epoch) {
        return sleep(REST).await;
    }
    let made = make(context, due, &parcel).await;
    commit(context, holding, due, made).await;
}

async fn gather(context: &Context, due: &DueDelivery) -> Result<Option<Parcel>, StorageError> {
    let mut tx = context.parts.store.read().await?;
    let delivery = &due.delivery;
    let found = tx
        .integrations()
        .get(delivery.team, delivery.integration)
        .await?;
    let Some(integration) = found.filter(|integration| integration.status.is_active()) else {
        return Ok(None);
    };
    let Some(event) = tx.events().get(delivery.team, delivery.event).await? else {
        return Ok(None);
    };
    let body = match render::body(&mut tx, &event, &integration).await {
        Ok(body) => Ok(body),
        Err(RenderError::Storage(error)) => return Err(error),
        Err(missing) => Err(missing.to_string()),
    };
    Ok(Some(Parcel {
        integration,
        event,
        body,
    }))
}

async fn make(context: &Context, due: &DueDelivery, parcel: &Parcel) -> Made {
    let Parcel {
        integration,
        event,
        body,
    } = parcel;
    let started_at = context.parts.clock.now();
    let mut headers = render::headers(event, integration, due.number, &context.config.user_agent);
    let ready = body.clone().and_then(|body| {
        let signed = sign::headers(&integration.secrets, event.id, started_at, &body)
            .map_err(|error| error.to_string())?;
        headers.extend(signed);
        Ok(body)
    });
    let mut attempt = Attempt {
        id: AttemptId::new(started_at, context.parts.random.as_ref()),
        team: due.delivery.team,
        delivery: due.delivery.id,
        integration: integration.id,
        number: due.number,
        trigger: due.trigger,
        epoch: due.epoch,
        started_at,
        times: PhaseTimes::default(),
        outcome: postern_model::Outcome::Internal,
        message: String::new(),
        peer: None,
        url: integration.config.url.clone(),
        status: None,
        request_headers: render::recorded(&headers, integration),
        response_headers: Vec::new(),
        response_body: Vec::new(),
        response_bytes: 0,
        retry_after_ms: None,
    };
    let ended = match (ready, check_url(&integration.config.url)) {
        (Err(message), _) => Ended::internal(message),
        (Ok(_), Err(invalid)) => Ended {
            outcome: postern_model::Outcome::InvalidUrl,
            message: invalid.to_string(),
            retry_after: None,
        },
        (Ok(body), Ok(url)) => {
            let request = Request {
                headers,
                body,
                ..Request::new("POST", url)
            };
            let limits = Limits::WEBHOOK.with_deadline(deadline(integration));
            match context.parts.webhooks.send(request, &limits).await {
                Ok(exchange) => {
                    record_answer(&mut attempt, &exchange);
                    Ended::of_answer(&exchange, context.parts.clock.now())
                }
                Err(failure) => {
                    record_failure(&mut attempt, &failure);
                    Ended::of_failure(&failure)
                }
            }
        }
    };
    attempt.outcome = ended.outcome;
    attempt.message.clone_from(&ended.message);
    attempt.retry_after_ms = ended.retry_after.map(milliseconds);
    Made { attempt, ended }
}

fn deadline(integration: &Integration) -> Duration {
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

fn times(timings: &postern_egress::Timings) -> PhaseTimes {
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

/// Writes the attempt and what follows, until the database takes it or the lease is lost. The request can't be taken
/// back, so its outcome is kept in memory for as long as it counts.
async fn commit(context: &Context, holding: &Holding, due: &DueDelivery, made: Made) {
    let jitter = context.parts.random.unit();
    for tries in 1..=COMMITS {
        match write(context, due, &made, jitter).await {
            Ok(Some((finished, decision))) => return tell(&made, finished, &decision),
            Ok(None) => return,
            Err(error) => {
                tracing::error!(error = %words(&error), tries, "failed to write an attempt's outcome");
                if !holding.allows(Shard(due.delivery.shard), due.epoch) {
                    return;
                }
                sleep(Duration::from_millis(100) * tries).await;
            }
        }
    }
}

async fn write(
    context: &Context,
    due: &DueDelivery,
    made: &Made,
    jitter: f64,
) -> Result<Option<(Finished, Decision)>, JournalError> {
    let attempt = &made.attempt;
    let mut tx = context.parts.store.begin().await?;
    let now = context.now(&mut tx).await?;
    // Read again and locked: other attempts of the lane have ended meanwhile, and somebody may have paused it.
    let found = tx
        .integrations()
        .get_for_update(attempt.team, attempt.integration)
        .await?;
    let Some(integration) = found else {
        return Ok(None);
    };
    let schedule = RetrySchedule::of(&integration.options);
    let decision = decide(
        &made.ended,
        due.delivery.attempts,
        &integration,
        &schedule,
        now,
        jitter,
    );
    let finished = tx
        .deliveries()
        .finish(context.config.node, attempt, decision.next, now)
        .await?;
    if finished == Finished::LeaseLost {
        return Ok(Some((finished, decision)));
    }
    tx.integrations()
        .set_send_state(attempt.team, attempt.integration, &decision.state)
        .await?;
    match &decision.disable {
        // The journal's to write, for the team is told; within this unit of work, which it commits.
        Some(reason) if integration.status.is_active() => {
            let journal = &context.parts.journal;
            journal
                .disable_integration(tx, &integration, reason)
                .await?;
        }
        _ => tx.commit().await?,
    }
    Ok(Some((finished, decision)))
}

fn tell(made: &Made, finished: Finished, decision: &Decision) {
    let Made { attempt, ended } = made;
    let (outcome, duration_ms) = (ended.outcome.code(), attempt.times.total_ms);
    match finished {
        Finished::LeaseLost => {
            tracing::warn!(
                outcome,
                "the shard changed hands: the attempt's outcome is discarded"
            );
        }
        Finished::Written | Finished::AlreadyOver => {
            let manual = attempt.trigger == AttemptTrigger::Manual;
            tracing::info!(
                outcome,
                duration_ms,
                status = attempt.status,
                manual,
                "{}",
                ended.message
            );
            if let Some(reason) = &decision.disable {
                tracing::warn!(reason, "the integration is disabled");
            }
        }
    }
}
