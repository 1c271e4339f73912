//! `POST /incoming-hooks`.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use postern_journal::IncomingSubject;

use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Caller, Editor};
use crate::error::ApiError;
use crate::find;
use crate::shapes::incoming_hook::{IncomingHookAnswer, IncomingHookBody, IncomingHookView};

/// Makes an address that a signed call refreshes a source by, or starts a monitor.
///
/// `url` and `secret` are in this answer, and never again: they are what GitHub, GitLab or another sender is given. Exactly one of `source` and
/// `monitor` is named; each has at most 20 such hooks (409).
#[utoipa::path(
    post, path = "/incoming-hooks", tag = "incoming-hooks",
    security(("api_key" = ["editor"])),
    request_body = IncomingHookBody,
    responses((status = 201, description = "The hook was made.", body = IncomingHookAnswer)),
)]
pub(crate) async fn create_incoming_hook(
    State(api): State<Api>,
    caller: Caller<Editor>,
    JsonBody(body): JsonBody<IncomingHookBody>,
) -> Result<(StatusCode, Json<IncomingHookAnswer>), ApiError> {
    let (wanted, new) = body.incoming_hook.read()?;
    let mut tx = api.store().read().await?;
    let about = match (wanted.source, wanted.monitor) {
        (Some(id), None) => {
            let source = find::source(&mut tx, &caller, &id).await;
            let source = find::named_by("incomingHook.source", source)?;
            IncomingSubject::Source(source.id)
        }
        (None, Some(uid)) => {
            let monitor = find::monitor(&mut tx, &caller, &uid).await;
            let monitor = find::named_by("incomingHook.monitor", monitor)?;
            IncomingSubject::Monitor(monitor.id)
        }
        _ => {
            let why = "name a source or a monitor, and one of the two";
            return Err(ApiError::invalid("incomingHook.source", why));
        }
    };
    drop(tx);
    let journal = api.journal();
    let (made, token) = journal
        .create_incoming_hook(&caller.actor(), wanted.kind, about, new, wanted.secret)
        .await?;
    let url = api.config().at(&format!("/api/incoming/{token}"));
    let incoming_hook = IncomingHookView::with_secret(&made).at(url);
    Ok((
        StatusCode::CREATED,
        Json(IncomingHookAnswer { incoming_hook }),
    ))
}
