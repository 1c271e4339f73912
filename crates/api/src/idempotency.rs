//! `Idempotency-Key`: a POST that is sent twice is done once.
//!
//! The first request with a key claims it, runs, and leaves its answer; the same request with the same key gets that answer
//! again, for 24 hours. A call that failed has changed nothing and leaves the key free. What correctness rests on is the
//! claim, one row that only one request can insert; the answer beside it is what saves work.

use std::panic::AssertUnwindSafe;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use postern_model::ContentHash;
use postern_storage::{Claim, IdempotencyKey, StoredAnswer};

use crate::Api;
use crate::body::RawBody;
use crate::caller::Identity;
use crate::error::{ApiError, ErrorName};

const KEY: &str = "idempotency-key";

/// Marks an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Runs a POST with a key at most once.
pub(crate) async fn honour_key(
    State(api): State<Api>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let identity = request.extensions().get::<Identity>();
    let key = presented_key(request.headers())?;
    let (&Method::POST, Some(identity), Some(key)) = (request.method(), identity, key) else {
        return Ok(next.run(request).await);
    };
    let identity = identity.clone();
    let (parts, body) = request.into_parts();
    let body = RawBody::from_request(Request::from_parts(parts.clone(), body), &api).await?;
    let route = parts.uri.path().to_owned();
    let claim = IdempotencyKey {
        team: identity.team,
        request: fingerprint(&identity, parts.uri.query(), &body.0),
        key,
        route,
        created_at: api.now(),
    };
    match api.claim(&claim).await? {
        Claim::New => {
            let request = Request::from_parts(parts, Body::from(body.0));
            // On a task of its own: a client that hangs up must not leave the call half done and the key claimed.
            let call = api.clone().run_claimed(claim, request, next);
            api.tasks().spawn(call).await.map_err(ApiError::server)?
        }
        Claim::Answered(answer) => Ok(replay(answer)),
        Claim::UnderWay => Err(ApiError::new(
            ErrorName::IdempotencyKeyBusy,
            "a call with this Idempotency-Key is under way",
        )),
        Claim::OtherRequest => Err(ApiError::new(
            ErrorName::IdempotencyKeyReused,
            "this Idempotency-Key was used for a different request",
        )),
    }
}

impl Api {
    async fn claim(&self, key: &IdempotencyKey) -> Result<Claim, ApiError> {
        let mut tx = self.store().begin().await?;
        let claim = tx.idempotency_keys().claim(key).await?;
        tx.commit().await?;
        Ok(claim)
    }

    /// Makes the call and leaves its answer; a call that failed, or panicked, gives the key back.
    async fn run_claimed(
        self,
        key: IdempotencyKey,
        request: Request,
        next: Next,
    ) -> Result<Response, ApiError> {
        let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let succeeded = answered
            .as_ref()
            .is_ok_and(|response| response.status().is_success());
        let mut tx = self.store().begin().await?;
        if !succeeded {
            tx.idempotency_keys().forget(key.team, &key.key).await?;
            tx.commit().await?;
            return answered.map_err(|panic| ApiError::panicked(panic.as_ref()));
        }
        let (parts, body) = answered
            .map_err(|panic| ApiError::panicked(panic.as_ref()))?
            .into_parts();
        let body = to_bytes(body, usize::MAX).await.map_err(ApiError::server)?;
        let answer = StoredAnswer {
            status: parts.status.as_u16(),
            body: body.to_vec(),
        };
        tx.idempotency_keys()
            .answer(key.team, &key.key, &answer)
            .await?;
        tx.commit().await?;
        Ok(Response::from_parts(parts, Body::from(body)))
    }
}

fn presented_key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get(KEY) else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > 255 {
        return Err(ApiError::invalid(
            "Idempotency-Key",
            "must be 1 to 255 visible ASCII characters",
        ));
    }
    Ok(Some(key.to_owned()))
}

/// Everything besides the route that makes two requests the same: who may do what and where, the query without the key, the body.
fn fingerprint(identity: &Identity, query: Option<&str>, body: &Bytes) -> ContentHash {
    let mut text = format!("{}\n{}\n", identity.user.id, identity.role.as_str()).into_bytes();
    for workspace in identity.places.few() {
        text.extend_from_slice(format!("{workspace}\n").as_bytes());
    }
    for (name, value) in url::form_urlencoded::parse(query.unwrap_or("").as_bytes()) {
        if name != "apikey" {
            text.extend_from_slice(format!("{name}={value}\n").as_bytes());
        }
    }
    text.push(b'\n');
    text.extend_from_slice(body);
    ContentHash::of(&text)
}

fn replay(answer: StoredAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let json = HeaderValue::from_static("application/json");
    // An answer without a body says nothing of its form.
    let form = (!answer.body.is_empty()).then_some([(header::CONTENT_TYPE, json)]);
    let mut response = (status, answer.body).into_response();
    response.headers_mut().remove(header::CONTENT_TYPE);
    response.headers_mut().extend(form.into_iter().flatten());
    response
        .headers_mut()
        .insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
