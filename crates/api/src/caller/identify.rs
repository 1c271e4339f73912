//! Looks up who asks: by the key that was sent, or by the browser's cookie.

use std::net::IpAddr;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{Extensions, HeaderMap, HeaderValue, Uri, header};
use postern_journal::Origin;
use postern_model::{ApiKey, ContentHash, Role, Session};
use postern_storage::Tx;

use super::{By, Identity, Places, cookie};
use crate::Api;
use crate::error::{ApiError, ErrorName};

/// How exactly it is known when a key or a session was last used.
const USE_NOTED_EVERY: Duration = Duration::from_mins(1);

/// Where a request's connection came from; the listener says so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Why nobody is known to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Neither a key nor a cookie was sent.
    Nobody,
    /// A key that nobody has, or that has expired.
    Key,
    /// A cookie whose session has ended.
    Session,
}

impl Refused {
    /// It, told.
    pub(crate) fn told(self) -> ApiError {
        let why = match self {
            Self::Nobody => "no API key was sent (X-Api-Key, Authorization: Bearer or ?apikey=)",
            Self::Key => "the API key is not known, or has expired",
            Self::Session => "the session has ended: sign in again",
        };
        ApiError::new(ErrorName::Authentication, why)
    }
}

/// What was sent to say who asks.
pub(crate) enum Sent {
    Key(String),
    Cookie(String),
}

impl Sent {
    /// What this request has sent; a key goes before a cookie.
    pub(crate) fn with(headers: &HeaderMap, uri: &Uri) -> Option<Self> {
        let key = presented_key(headers, uri).map(Self::Key);
        key.or_else(|| cookie::sent_session(headers).map(Self::Cookie))
    }

    fn secret(&self) -> &str {
        match self {
            Self::Key(secret) | Self::Cookie(secret) => secret,
        }
    }
}

/// Looks up the request's key or cookie and leaves an [`Identity`] for the extractors. It refuses nothing itself: a route that
/// needs nobody in particular (the OpenAPI description) answers without.
pub(crate) async fn authenticate(
    State(api): State<Api>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    if let Some(sent) = Sent::with(request.headers(), request.uri()) {
        let refused = match &sent {
            Sent::Key(_) => Refused::Key,
            Sent::Cookie(_) => Refused::Session,
        };
        match api.identify(&sent).await? {
            Some(mut identity) => {
                identity.origin = origin_of(request.headers(), request.extensions());
                request.extensions_mut().insert(identity);
            }
            None => {
                request.extensions_mut().insert(refused);
            }
        }
    }
    Ok(next.run(request).await)
}

/// From where a request comes, and with what.
pub(crate) fn origin_of(headers: &HeaderMap, extensions: &Extensions) -> Origin {
    let agent = headers.get(header::USER_AGENT).map(HeaderValue::as_bytes);
    let peer = extensions.get::<Peer>();
    Origin {
        address: peer.map(|peer| peer.0.to_string()).unwrap_or_default(),
        agent: String::from_utf8_lossy(agent.unwrap_or_default()).into_owned(),
    }
}

impl Api {
    /// Whose key or cookie this is, or nobody's.
    pub(crate) async fn identify(&self, sent: &Sent) -> Result<Option<Identity>, ApiError> {
        let hash = ContentHash::of(sent.secret().as_bytes());
        // Before the database is asked: what changes meanwhile makes the answer worthless.
        let generation = self.journal().people_changed();
        if let Some(identity) = self.identities().get(&hash, generation) {
            return Ok(Some(identity));
        }
        let mut tx = self.store().read().await?;
        let identity = match sent {
            Sent::Key(_) => {
                let key = tx.api_keys().find_by_hash(hash).await?;
                let valid = |key: &ApiKey| key.expires_at.is_none_or(|at| self.now() < at);
                let Some(key) = key.filter(valid) else {
                    return Ok(None);
                };
                let identity = of_key(&mut tx, &key).await?;
                drop(tx);
                self.note_use(&key).await;
                identity
            }
            Sent::Cookie(token) => {
                let session = tx.sessions().find_by_hash(hash).await?;
                let Some(session) = session.filter(|it| self.now() < it.expires_at) else {
                    return Ok(None);
                };
                let identity = of_session(&mut tx, &session, token).await?;
                drop(tx);
                self.note_visit(&session).await;
                identity
            }
        };
        if let Some(identity) = &identity {
            self.identities().put(hash, identity.clone(), generation);
        }
        Ok(identity)
    }

    /// Keeps "last used" true to the minute. A call does not fail for it.
    async fn note_use(&self, key: &ApiKey) {
        let now = self.now();
        if key
            .last_used_at
            .is_some_and(|last| now.since(last) < USE_NOTED_EVERY)
        {
            return;
        }
        let noted = async {
            let mut tx = self.store().begin().await?;
            tx.api_keys().touch(key.team, key.id, now).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(error = %error, api_key.id = %key.id, "the use of an API key could not be noted");
        }
    }

    /// The same for a session.
    async fn note_visit(&self, session: &Session) {
        let now = self.now();
        if now.since(session.used_at) < USE_NOTED_EVERY {
            return;
        }
        let noted = async {
            let mut tx = self.store().begin().await?;
            tx.sessions().touch(session.hash, now).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(error = %error, session.id = %session.id, "the use of a session could not be noted");
        }
    }
}

/// For whom a key acts. It does no more than its user may, whatever it was made for.
async fn of_key(tx: &mut Tx, key: &ApiKey) -> Result<Option<Identity>, ApiError> {
    let user = tx.users().get(key.user).await?;
    let member = tx.memberships().role(key.team, key.user).await?;
    let (Some(user), Some(member)) = (user, member) else {
        return Ok(None);
    };
    let places = Places::of(tx, key.team, key.user, member, &key.workspaces).await?;
    Ok(Some(Identity {
        team: key.team,
        user,
        role: key.role.min(member),
        places,
        by: By::Key {
            id: key.id,
            expires_at: key.expires_at,
        },
        origin: Origin::default(),
        asks: Role::Viewer,
    }))
}

/// Who is signed in.
async fn of_session(
    tx: &mut Tx,
    session: &Session,
    token: &str,
) -> Result<Option<Identity>, ApiError> {
    let user = tx.users().get(session.user).await?;
    let member = tx.memberships().role(session.team, session.user).await?;
    let (Some(user), Some(member)) = (user, member) else {
        return Ok(None);
    };
    let places = Places::of(tx, session.team, session.user, member, &[]).await?;
    Ok(Some(Identity {
        team: session.team,
        user,
        role: member,
        places,
        by: By::Session {
            id: session.id,
            expires_at: session.expires_at,
            csrf_token: cookie::csrf_token(token),
            resets_until: session.resets_until(),
        },
        origin: Origin::default(),
        asks: Role::Viewer,
    }))
}

/// The key that was sent: in `X-Api-Key`, as a bearer token, or as `?apikey=` (as newman has it), in this order.
fn presented_key(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    if let Some(key) = headers.get("x-api-key") {
        return Some(String::from_utf8_lossy(key.as_bytes()).trim().to_owned());
    }
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let value = String::from_utf8_lossy(value.as_bytes());
        let (scheme, token) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
        if scheme.eq_ignore_ascii_case("bearer") {
            return Some(token.trim().to_owned());
        }
    }
    let query = uri.query()?;
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "apikey")
        .map(|(_, key)| key.into_owned())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_key_is_found_in_each_of_the_three_places() {
        let empty = HeaderMap::new();
        let plain = Uri::from_static("/api/me");
        let header = |name: &'static str, value: &'static str| {
            HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static(value))])
        };
        for (headers, uri, key) in [
            (header("x-api-key", "k1"), plain.clone(), Some("k1")),
            (
                header("authorization", "Bearer k2"),
                plain.clone(),
                Some("k2"),
            ),
            (
                header("authorization", "bearer  k2 "),
                plain.clone(),
                Some("k2"),
            ),
            (header("authorization", "Basic eDp5"), plain.clone(), None),
            (
                empty.clone(),
                Uri::from_static("/api/me?a=b&apikey=k%203"),
                Some("k 3"),
            ),
            (empty, plain, None),
        ] {
            assert_eq!(presented_key(&headers, &uri).as_deref(), key);
        }
    }
}
