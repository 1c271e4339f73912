//! Who asks, and what that person may do.
//!
//! [`authenticate`] stands in front of every route and looks the key up once; a handler names the role that it needs by
//! the type of its [`Caller`], and does not run for a lesser one.

use std::marker::PhantomData;
use std::time::Duration;

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderMap, Uri, header};
use postern_journal::Actor;
use postern_model::{ApiKey, ContentHash, Role, TeamId, User};

use crate::Api;
use crate::error::{ApiError, ErrorName};

/// How exactly it is known when a key was last used.
const USE_NOTED_EVERY: Duration = Duration::from_mins(1);

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    /// The team that the key opens.
    pub(crate) team: TeamId,
    /// For whom the key acts.
    pub(crate) user: User,
    /// The most that the key may do.
    pub(crate) role: Role,
}

impl Identity {
    /// Who acts, in the journal's words.
    pub(crate) fn actor(&self) -> Actor {
        Actor {
            team: self.team,
            user: self.user.id,
            name: self.user.full_name.clone(),
        }
    }
}

/// A caller with at least the role `R`.
#[derive(Debug)]
pub(crate) struct Caller<R> {
    pub(crate) identity: Identity,
    role: PhantomData<R>,
}

impl<R> std::ops::Deref for Caller<R> {
    type Target = Identity;

    fn deref(&self) -> &Identity {
        &self.identity
    }
}

/// A role, as a type.
pub(crate) trait Needed: Send {
    /// The least role that will do.
    const ROLE: Role;
}

/// May read.
#[derive(Debug)]
pub(crate) struct Viewer;

/// May change collections, environments, monitors and integrations.
#[derive(Debug)]
pub(crate) struct Editor;

/// May do everything.
#[derive(Debug)]
pub(crate) struct Admin;

impl Needed for Viewer {
    const ROLE: Role = Role::Viewer;
}

impl Needed for Editor {
    const ROLE: Role = Role::Editor;
}

impl Needed for Admin {
    const ROLE: Role = Role::Admin;
}

impl<R: Needed, S: Sync> FromRequestParts<S> for Caller<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let identity = parts.extensions.get::<Identity>().cloned().ok_or_else(|| {
            ApiError::new(
                ErrorName::Authentication,
                if parts.extensions.get::<UnknownKey>().is_some() {
                    "the API key is not known"
                } else {
                    "no API key was sent (X-Api-Key, Authorization: Bearer or ?apikey=)"
                },
            )
        })?;
        if identity.role < R::ROLE {
            return Err(ApiError::new(
                ErrorName::Forbidden,
                format!(
                    "this call needs the role {}, and the key has the role {}",
                    R::ROLE.as_str(),
                    identity.role.as_str()
                ),
            ));
        }
        Ok(Self {
            identity,
            role: PhantomData,
        })
    }
}

impl Api {
    /// Whose key this is, or nobody's. A key does no more than its user may, whatever it was made for.
    async fn identify(&self, hash: ContentHash) -> Result<Option<Identity>, ApiError> {
        // Before the database is asked: what changes meanwhile makes the answer worthless.
        let generation = self.journal().people_changed();
        if let Some(identity) = self.identities().get(&hash, generation) {
            return Ok(Some(identity));
        }
        let mut tx = self.store().read().await?;
        let Some(key) = tx.api_keys().find_by_hash(hash).await? else {
            return Ok(None);
        };
        let user = tx.users().get(key.user).await?;
        let member = tx.memberships().role(key.team, key.user).await?;
        let (Some(user), Some(member)) = (user, member) else {
            return Ok(None);
        };
        drop(tx);
        self.note_use(&key).await;
        let identity = Identity {
            team: key.team,
            user,
            role: key.role.min(member),
        };
        self.identities().put(hash, identity.clone(), generation);
        Ok(Some(identity))
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
}

/// Marks a request whose key nobody has.
#[derive(Debug, Clone, Copy)]
struct UnknownKey;

/// Looks up the request's key and leaves an [`Identity`] for the extractors. It refuses nothing itself: a route that needs
/// nobody in particular (the OpenAPI description) answers without a key.
pub(crate) async fn authenticate(
    State(api): State<Api>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    if let Some(key) = presented_key(request.headers(), request.uri()) {
        match api.identify(ContentHash::of(key.as_bytes())).await? {
            Some(identity) => {
                request.extensions_mut().insert(identity);
            }
            None => {
                request.extensions_mut().insert(UnknownKey);
            }
        }
    }
    Ok(next.run(request).await)
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
