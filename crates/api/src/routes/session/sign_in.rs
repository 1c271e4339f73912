//! `POST /session`.

use axum::Json;
use axum::extract::State;
use http::{Extensions, HeaderMap, HeaderName};
use postern_journal::{Actor, Origin};
use postern_model::{Role, Session, User, is_password};
use tokio::task::spawn_blocking;

use super::{may_reset, team_of};
use crate::Api;
use crate::body::JsonBody;
use crate::caller::{By, Identity, Peer, Places, csrf_token, origin_of, session_cookie};
use crate::error::{ApiError, ErrorName};
use crate::shapes::session::{SessionAnswer, SessionView, SignIn};

/// An answer that has the browser keep a session.
pub(crate) type SignedIn = ([(HeaderName, String); 1], Json<SessionAnswer>);

/// Signs in with an e-mail address and a password.
///
/// The answer sets a cookie for 30 days. Ten wrong passwords for one account, or fifty from one address, within 15 minutes
/// are too many: 429, with `Retry-After`.
#[utoipa::path(
    post, path = "/session", tag = "session",
    security(()),
    request_body = SignIn,
    responses((status = 200, description = "A session has begun.", body = SessionAnswer)),
)]
pub(crate) async fn sign_in(
    State(api): State<Api>,
    headers: HeaderMap,
    extensions: Extensions,
    JsonBody(body): JsonBody<SignIn>,
) -> Result<SignedIn, ApiError> {
    let address = extensions.get::<Peer>().map(|peer| peer.0);
    let origin = origin_of(&headers, &extensions);
    let guard = api.guard();
    if let Some(seconds) = guard.blocked(&body.email, address) {
        return Err(ApiError::too_often("too many wrong passwords", seconds));
    }
    let known = account(&api, &body.email, origin).await?;
    let (hash, account) = known.unzip();
    if !check(&api, body.password, hash.flatten()).await? {
        guard.failed(&body.email, address);
        if let Some((actor, ..)) = account {
            api.journal().refuse_session(&actor).await?;
        }
        return Err(wrong());
    }
    let (actor, user, role) = account.ok_or_else(wrong)?;
    guard.succeeded(&body.email);
    begin(&api, &actor, user, role).await
}

/// Begins a session for somebody who has proved who it is.
pub(crate) async fn begin(
    api: &Api,
    actor: &Actor,
    user: User,
    role: Role,
) -> Result<SignedIn, ApiError> {
    let (session, token) = api.journal().open_session(actor).await?;
    begun(api, &session, &token, user, role).await
}

/// The answer that has the browser keep a session that has begun.
pub(super) async fn begun(
    api: &Api,
    session: &Session,
    token: &str,
    user: User,
    role: Role,
) -> Result<SignedIn, ApiError> {
    let identity = identity(session, token, user, role);
    let mut tx = api.store().read().await?;
    let team = team_of(&mut tx, &identity).await?;
    let resets = may_reset(&mut tx, &identity, api.now()).await?;
    let view = SessionView::of(&identity, &team, resets);
    Ok((
        session_cookie(token, &api.config().public_url),
        Json(SessionAnswer { session: view }),
    ))
}

fn identity(session: &Session, token: &str, user: User, role: Role) -> Identity {
    Identity {
        team: session.team,
        user,
        role,
        places: Places::default(),
        by: By::Session {
            id: session.id,
            expires_at: session.expires_at,
            csrf_token: csrf_token(token),
            resets_until: session.resets_until(),
        },
        origin: Origin::default(),
        asks: Role::Viewer,
    }
}

/// Who somebody is, and in which team's words and role.
pub(crate) type Account = (Actor, User, Role);

/// The password's hash of whoever has this address, if anybody, and who that is in which team.
pub(crate) async fn account(
    api: &Api,
    email: &str,
    origin: Origin,
) -> Result<Option<(Option<String>, Account)>, ApiError> {
    let mut tx = api.store().read().await?;
    let Some(user) = tx.users().find_by_email(email).await? else {
        return Ok(None);
    };
    let hash = tx.users().password_hash(user.id).await?;
    let Some((team, role)) = tx.memberships().first(user.id).await? else {
        return Ok(None);
    };
    let actor = Actor {
        team,
        user: user.id,
        name: user.full_name.clone(),
        origin,
    };
    Ok(Some((hash, (actor, user, role))))
}

/// Whether the password is the one of this hash. Where there is none it takes as long.
pub(crate) async fn check(
    api: &Api,
    password: String,
    hash: Option<String>,
) -> Result<bool, ApiError> {
    let _turn = api
        .guard()
        .checks
        .acquire()
        .await
        .map_err(ApiError::server)?;
    let checked = spawn_blocking(move || is_password(&password, hash.as_deref()));
    checked.await.map_err(ApiError::server)
}

fn wrong() -> ApiError {
    ApiError::new(
        ErrorName::Authentication,
        "the e-mail address or the password is wrong",
    )
}
