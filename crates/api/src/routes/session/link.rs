//! `POST /session/link`.

use axum::extract::State;
use http::{Extensions, HeaderMap};

use super::sign_in::{SignedIn, begun};
use crate::Api;
use crate::body::JsonBody;
use crate::caller::{Peer, origin_of};
use crate::error::{ApiError, ErrorName};
use crate::shapes::session::{LinkBody, SessionAnswer};

/// Signs in by a link that opens once.
///
/// The first start prints one, and `postern users link <email>` makes others; the token is what stands behind the `#`. Wrong ones are
/// counted as wrong passwords from that address are.
#[utoipa::path(
    post, path = "/session/link", tag = "session",
    security(()),
    request_body = LinkBody,
    responses((status = 200, description = "A session has begun.", body = SessionAnswer)),
)]
pub(crate) async fn sign_in_by_link(
    State(api): State<Api>,
    headers: HeaderMap,
    extensions: Extensions,
    JsonBody(body): JsonBody<LinkBody>,
) -> Result<SignedIn, ApiError> {
    let address = extensions.get::<Peer>().map(|peer| peer.0);
    let guard = api.guard();
    if let Some(seconds) = guard.blocked_from(address) {
        return Err(ApiError::too_often(
            "too many links that open nothing",
            seconds,
        ));
    }
    let origin = origin_of(&headers, &extensions);
    let Some(it) = api.journal().sign_in_by_link(&body.token, origin).await? else {
        guard.failed_from(address);
        return Err(ApiError::new(
            ErrorName::Authentication,
            "the link is wrong, was used already or has expired: `postern users link <email>`, on the server, makes another",
        ));
    };
    begun(&api, &it.session, &it.token, it.user, it.role).await
}
