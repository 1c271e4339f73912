//! What an attempt's end is called, and what follows from it.
//!
//! Pure: the answer or the failure in, an [`Outcome`] and a [`Decision`] out.

use std::time::Duration;

use postern_egress::{Exchange, Failure, FailureKind};
use postern_model::{HeldReason, Outcome, RetryAfter, RetrySchedule, Timestamp};
use postern_storage::{Ending, Next, SendState};

use super::disable::{self, Standing};

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ended {
    /// Its name.
    pub(crate) outcome: Outcome,
    /// More about it, for people.
    pub(crate) message: String,
    /// How long the receiver asked to wait.
    pub(crate) retry_after: Option<Duration>,
}

/// What follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decision {
    /// For the delivery.
    pub(crate) next: Next,
    /// For the integration.
    pub(crate) standing: Standing,
}

impl Ended {
    /// The end of an attempt that was answered, whatever the answer.
    pub(crate) fn of_answer(exchange: &Exchange, now: Timestamp) -> Self {
        let status = exchange.status;
        let outcome = match status {
            200..=299 => Outcome::Succeeded,
            300..=399 => Outcome::Redirect,
            410 => Outcome::Gone,
            429 => Outcome::RateLimited,
            400..=499 => Outcome::Rejected,
            500..=599 => Outcome::ServerError,
            _ => Outcome::UnexpectedStatus,
        };
        let answered = format!("the receiver answered {status} {}", exchange.reason);
        let answered = answered.trim_end();
        let message = match (outcome, exchange.header("location")) {
            (Outcome::Redirect, Some(location)) => {
                format!("{answered} and says to go to {location}")
            }
            _ => answered.to_owned(),
        };
        let retry_after = match status {
            429 | 502 | 503 | 504 => exchange
                .header("retry-after")
                .and_then(|value| RetryAfter::parse(value, now))
                .map(RetryAfter::wait),
            _ => None,
        };
        Self {
            outcome,
            message,
            retry_after,
        }
    }

    /// The end of an attempt that came to no answer.
    pub(crate) fn of_failure(failure: &Failure) -> Self {
        Self {
            outcome: outcome_of(failure.kind),
            message: failure.message.clone(),
            retry_after: None,
        }
    }

    /// The end of an attempt that never left the house.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::before(Outcome::Internal, message)
    }

    /// The end of an attempt that ended before the receiver was asked.
    pub(crate) fn before(outcome: Outcome, message: impl Into<String>) -> Self {
        Self {
            outcome,
            message: message.into(),
            retry_after: None,
        }
    }
}

fn outcome_of(kind: FailureKind) -> Outcome {
    match kind {
        FailureKind::InvalidUrl => Outcome::InvalidUrl,
        FailureKind::InvalidRequest => Outcome::Internal,
        FailureKind::DnsNotFound | FailureKind::DnsFailed | FailureKind::DnsTimeout => {
            Outcome::DnsFailed
        }
        FailureKind::AddressForbidden => Outcome::AddressRefused,
        FailureKind::ConnectRefused => Outcome::ConnectRefused,
        FailureKind::ConnectTimeout | FailureKind::ConnectFailed | FailureKind::ProxyFailed => {
            Outcome::ConnectFailed
        }
        FailureKind::TlsCertificate
        | FailureKind::ClientCertificate
        | FailureKind::TlsHandshake
        | FailureKind::TlsTimeout => Outcome::TlsFailed,
        FailureKind::ConnectionClosed => Outcome::Reset,
        FailureKind::HeadTooLarge | FailureKind::BodyTooLarge | FailureKind::InvalidAnswer => {
            Outcome::ProtocolError
        }
        FailureKind::Timeout => Outcome::Timeout,
    }
}

/// Decides what follows. `spent` is how many attempts the delivery had spent before this one; `keeps_place`: its lane
/// keeps order; `jitter` is a random number in `[0, 1)`.
pub(crate) fn decide(
    ended: &Ended,
    spent: i32,
    before: &SendState,
    schedule: &RetrySchedule,
    keeps_place: bool,
    now: Timestamp,
    jitter: f64,
) -> Decision {
    let mut standing = disable::after(before, ended.outcome, now);
    let next = if ended.outcome == Outcome::Succeeded {
        Next::End(Ending::Succeeded)
    } else if ended.outcome == Outcome::Cancelled {
        Next::End(Ending::Cancelled)
    } else if standing.disable.is_some() {
        Next::Held(HeldReason::Disabled)
    } else if let Some(wait) = ended.retry_after {
        let due_at = now + wait;
        let state = &mut standing.state;
        state.not_before = state.not_before.max(Some(due_at));
        Next::Again {
            due_at,
            spent: false,
            keeps_place,
        }
    } else {
        let spent = u32::try_from(spent).unwrap_or(0).saturating_add(1);
        match schedule.after(spent, jitter) {
            Some(wait) => Next::Again {
                due_at: now + wait,
                spent: true,
                keeps_place,
            },
            None => Next::End(Ending::Exhausted),
        }
    };
    Decision { next, standing }
}
