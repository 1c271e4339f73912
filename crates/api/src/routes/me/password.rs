//! `PUT /me/password`.

use axum::extract::State;
use http::StatusCode;
use postern_model::{InvalidPassword, hash_password};
use tokio::task::spawn_blocking;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{By, Caller, Viewer};
use crate::error::{ApiError, ErrorName};
use crate::routes::session::sign_in::check;
use crate::shapes::session::NewPassword;

/// Changes the caller's password, and ends the caller's other sessions.
///
/// Who has none yet needs no `currentPassword`, nor does, once, who was signed in by a one-time link within the last hour (the session's
/// `mayResetPassword`). Who is known by a key alone can't: a key may do less than the person that it acts for.
#[utoipa::path(
    put, path = "/me/password", tag = "me",
    security(("api_key" = ["viewer"])),
    request_body = NewPassword,
    responses((status = 204, description = "It is the password from now on.")),
)]
pub(crate) async fn put_password(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    JsonBody(body): JsonBody<NewPassword>,
) -> Result<StatusCode, ApiError> {
    let By::Session {
        id, resets_until, ..
    } = caller.by
    else {
        return Err(ApiError::new(
            ErrorName::Conflict,
            "a password is changed by who is signed in, not with an API key",
        ));
    };
    let journal = api.journal();
    if resets_until.is_some_and(|until| api.now() < until) {
        let hash = hashed(&api, "newPassword", body.new_password).await?;
        journal.reset_password(&caller.actor(), &hash, id).await?;
        // Whoever tried the forgotten one too often knows one now.
        api.guard().succeeded(&caller.user.email);
        return Ok(StatusCode::NO_CONTENT);
    }
    let email = &caller.user.email;
    if let Some(seconds) = api.guard().blocked(email, None) {
        return Err(ApiError::too_often("too many wrong passwords", seconds));
    }
    let mut tx = api.store().read().await?;
    let old = tx.users().password_hash(caller.user.id).await?;
    drop(tx);
    // Who has none came in by a link or another service, and is signed in: that is proof enough.
    if old.is_some() && !check(&api, body.current_password.unwrap_or_default(), old).await? {
        api.guard().failed(email, None);
        let why = "is not the password until now";
        return Err(ApiError::invalid("currentPassword", why));
    }
    let hash = hashed(&api, "newPassword", body.new_password).await?;
    journal
        .set_password(&caller.actor(), &hash, Some(id))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The hash of a new password.
pub(crate) async fn hashed(api: &Api, field: &str, password: String) -> Result<String, ApiError> {
    let _turn = api
        .guard()
        .checks
        .acquire()
        .await
        .map_err(ApiError::server)?;
    let at_work = api.clone();
    let hashed = spawn_blocking(move || hash_password(&password, at_work.random())).await;
    hashed
        .map_err(ApiError::server)?
        .map_err(|error| match error {
            InvalidPassword::Length => ApiError::invalid(field, error),
            _ => ApiError::server(error),
        })
}
