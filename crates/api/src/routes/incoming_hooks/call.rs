//! `POST /incoming/{token}`: where GitHub, GitLab and others call. Who calls is known by the signature alone.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use postern_journal::Called;
use postern_model::{
    CallOutcome, Heard, IncomingCall, IncomingHook, IncomingKind, IncomingTarget, Timestamp,
};
use tokio::task::spawn_blocking;

use crate::Api;
use crate::body::read_bounded;
use crate::error::{ApiError, ErrorName};
use crate::params::PathText;
use crate::previous::previous_request;
use crate::shapes::incoming_hook::{CalledAnswer, CalledView};

/// The most bytes that GitHub and GitLab send, and that they may: 25 MiB.
const MOST_OF_THEIRS: usize = 25 * 1024 * 1024;
/// The most bytes that others may send: 1 MiB.
const MOST_OF_OTHERS: usize = 1024 * 1024;

/// Headers that a run's scripts don't see, besides those that no script sees: with them anybody can pass for the sender.
const KEPT_BACK: [&str; 4] = [
    "x-gitlab-token",
    "x-hub-signature",
    "x-hub-signature-256",
    "webhook-signature",
];

/// Says that something was pushed; whoever can sign it may.
///
/// GitHub signs with `X-Hub-Signature-256`, GitLab sends `X-Gitlab-Token` or signs with `webhook-signature`, and others do one of these or send the secret
/// as a bearer token. 200 tells why nothing is done: a ping, another branch or event, a call that has come before. GitHub's and GitLab's bodies have at most
/// 25 MiB, others 1 MiB; each hook takes 50 calls a second. A hundred runs of one monitor may wait; then 409.
#[utoipa::path(
    post, path = "/incoming/{token}", tag = "incoming-hooks",
    security(()),
    params(("token" = String, Path, description = "What the hook's address holds.")),
    request_body(content = String, description = "What the sender sends.", content_type = "application/json"),
    responses(
        (status = 202, description = "It will be done in a moment.", body = CalledAnswer),
        (status = 200, description = "It is right, and there is nothing to do.", body = CalledAnswer),
    ),
)]
pub(crate) async fn call_incoming_hook(
    State(api): State<Api>,
    PathText(token): PathText<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<CalledAnswer>), ApiError> {
    let (hook, now) = found(&api, &token).await?;
    if !api.receiving().allows(hook.id.0) {
        let what = "an incoming hook takes at most 50 calls a second";
        return Err(ApiError::too_often(what, 1));
    }
    let call = read(&api, &hook, &headers, body).await?;
    let (hook, call, heard) = hear(hook, call, now).await?;
    let input = match (hook.target, &heard) {
        (IncomingTarget::Monitor { .. }, Heard::Wanted { .. }) => {
            let headers = call.headers.iter();
            let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
            let seen = headers.filter(|(name, _)| !KEPT_BACK.contains(name));
            previous_request(seen, &call.body)
        }
        _ => String::new(),
    };
    let journal = api.journal();
    let called = journal
        .take_incoming_call(&hook, &heard, input.as_bytes())
        .await?;
    tell(&hook, &called);
    answer(&hook, called)
}

/// The hook, and the time that all nodes agree on: a secret's end was written by it.
async fn found(api: &Api, token: &str) -> Result<(IncomingHook, Timestamp), ApiError> {
    let mut tx = api.store().read().await?;
    let now = tx.now().await?;
    let found = tx.incoming_hooks().find(token).await?;
    let missing = "there is no incoming hook at this address";
    let found = found.ok_or_else(|| ApiError::new(ErrorName::InstanceNotFound, missing))?;
    Ok((found, now))
}

async fn read(
    api: &Api,
    hook: &IncomingHook,
    headers: &HeaderMap,
    body: Body,
) -> Result<IncomingCall, ApiError> {
    let most = match hook.kind {
        IncomingKind::GitHub | IncomingKind::GitLab => MOST_OF_THEIRS,
        IncomingKind::Generic => MOST_OF_OTHERS,
    };
    let pushes = &api.receiving().pushes;
    let body = read_bounded("this incoming hook", headers, body, most, pushes).await?;
    let headers = headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        (name.to_string(), value.into_owned())
    });
    Ok(IncomingCall {
        headers: headers.collect(),
        body: body.into(),
    })
}

/// Judges a call. A large body is hashed where nobody waits for it.
async fn hear(
    hook: IncomingHook,
    call: IncomingCall,
    now: Timestamp,
) -> Result<(IncomingHook, IncomingCall, Heard), ApiError> {
    let judge = move || {
        let heard = hook.hear(&call, now);
        (hook, call, heard)
    };
    spawn_blocking(judge).await.map_err(ApiError::server)
}

/// For who runs the server: how many calls come, and which are refused. Never what they hold.
fn tell(hook: &IncomingHook, called: &Called) {
    let (kind, outcome) = (hook.kind.as_str(), called.outcome.as_str());
    metrics::counter!("incoming_hook_calls_total", "kind" => kind, "outcome" => outcome)
        .increment(1);
    if called.outcome == CallOutcome::Refused {
        tracing::warn!(
            incoming_hook.id = %hook.id,
            kind,
            reason = called.reason.as_deref().unwrap_or_default(),
            "refused a call of an incoming hook"
        );
    }
}

fn answer(
    hook: &IncomingHook,
    called: Called,
) -> Result<(StatusCode, Json<CalledAnswer>), ApiError> {
    let reason = called.reason.clone().unwrap_or_default();
    match called.outcome {
        CallOutcome::Refused => Err(ApiError::new(ErrorName::Authentication, reason)),
        CallOutcome::Unreadable => Err(ApiError::new(ErrorName::MalformedRequest, reason)),
        CallOutcome::Full => Err(ApiError::new(
            ErrorName::Conflict,
            format!("{reason}; send it again when some have ended"),
        )),
        CallOutcome::Refresh | CallOutcome::Run => {
            let incoming_hook = CalledView::of(hook, called);
            Ok((StatusCode::ACCEPTED, Json(CalledAnswer { incoming_hook })))
        }
        CallOutcome::Ping | CallOutcome::Ignored | CallOutcome::Repeat => {
            let incoming_hook = CalledView::of(hook, called);
            Ok((StatusCode::OK, Json(CalledAnswer { incoming_hook })))
        }
    }
}
