//! How many calls a user may make in a minute, where the configuration limits them. Each process counts for itself.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue};
use postern_model::UserId;
use tokio::time::Instant;

use crate::Api;
use crate::caller::Identity;
use crate::error::ApiError;

/// The time that calls are counted in.
const WINDOW: Duration = Duration::from_mins(1);
/// The most users that are counted for; beyond, those whose minute is over are forgotten.
const MOST: usize = 10_000;

/// The calls of each user in its present minute.
#[derive(Debug, Default)]
pub(crate) struct Calls(Mutex<HashMap<UserId, (Instant, u32)>>);

/// How a user stands after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Standing {
    limit: u32,
    remaining: u32,
    /// Seconds until the next minute begins.
    reset: u64,
    allowed: bool,
}

impl Calls {
    fn count(&self, user: UserId, limit: u32) -> Standing {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if calls.len() >= MOST {
            calls.retain(|_, (began, _)| now.duration_since(*began) < WINDOW);
        }
        let (began, count) = calls.entry(user).or_insert((now, 0));
        if now.duration_since(*began) >= WINDOW {
            (*began, *count) = (now, 0);
        }
        let allowed = *count < limit;
        if allowed {
            *count += 1;
        }
        Standing {
            limit,
            remaining: limit - *count,
            reset: WINDOW.saturating_sub(now.duration_since(*began)).as_secs() + 1,
            allowed,
        }
    }
}

/// Refuses a call beyond the limit, and tells with each answer how the caller stands. Without a limit it does neither.
pub(crate) async fn limit_rate(State(api): State<Api>, request: Request, next: Next) -> Response {
    let user = request.extensions().get::<Identity>().map(|it| it.user.id);
    let (Some(user), Some(limit)) = (user, api.config().limits.calls_per_minute) else {
        return next.run(request).await;
    };
    let standing = api.calls().count(user, limit);
    let mut response = if standing.allowed {
        next.run(request).await
    } else {
        let what = format!("more than {limit} calls within a minute");
        ApiError::too_often(&what, standing.reset).into_response()
    };
    let mut tell = |name: &'static str, value: u64| {
        let name = HeaderName::from_static(name);
        response
            .headers_mut()
            .insert(name, HeaderValue::from(value));
    };
    for (name, value) in [
        ("ratelimit-limit", standing.limit.into()),
        ("ratelimit-remaining", standing.remaining.into()),
        ("ratelimit-reset", standing.reset),
        ("x-ratelimit-limit", standing.limit.into()),
        ("x-ratelimit-remaining", standing.remaining.into()),
        ("x-ratelimit-reset", standing.reset),
    ] {
        tell(name, value);
    }
    if !standing.allowed {
        tell("x-ratelimit-retryafter", standing.reset);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_user_has_so_many_calls_in_each_minute() {
        let calls = Calls::default();
        let (mia, bob) = (UserId(1), UserId(2));
        for remaining in [1, 0] {
            let standing = calls.count(mia, 2);
            assert_eq!((standing.allowed, standing.remaining), (true, remaining));
            tokio::time::advance(Duration::from_secs(10)).await;
        }
        let refused = calls.count(mia, 2);
        assert_eq!(
            (refused.allowed, refused.remaining, refused.reset),
            (false, 0, 41)
        );
        assert!(calls.count(bob, 2).allowed);
        tokio::time::advance(Duration::from_secs(41)).await;
        assert!(calls.count(mia, 2).allowed);
    }
}
