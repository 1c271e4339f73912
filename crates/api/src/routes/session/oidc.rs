//! `GET /session/oidc` and `GET /session/oidc/callback`.

use axum::extract::State;
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use postern_journal::{NewMember, Origin};
use serde::Deserialize;
use url::{Position, Url};

use super::sign_in::begin;
use crate::Api;
use crate::caller::cookie::{cookie, sent};
use crate::caller::origin_of;
use crate::error::{ApiError, ErrorName};
use crate::oidc::{Oidc, Person};
use crate::params::Params;

/// What the browser takes along, for ten minutes.
const COOKIE: &str = "postern_oidc";

/// Where to go afterwards.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Start {
    /// A path of the app (`/`).
    r#return: Option<String>,
}

/// What the service sends back.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Back {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

type Redirect = (StatusCode, HeaderMap);

/// Sends the browser to the service that people sign in with.
///
/// A failure leads a browser to the page to sign in at, which tells it; others are answered with it.
#[utoipa::path(
    get, path = "/session/oidc", tag = "session",
    security(()),
    params(Start),
    responses((status = 302, description = "To the service.")),
)]
pub(crate) async fn start_oidc(
    State(api): State<Api>,
    headers: HeaderMap,
    start: Result<Params<Start>, ApiError>,
) -> Result<Redirect, ApiError> {
    let (path, unread) = match start {
        Ok(Params(start)) => (start.r#return, None),
        Err(error) => (None, Some(error)),
    };
    let path = local(path.as_deref());
    let begun = match unread {
        Some(error) => Err(error),
        None => start_errand(&api, path).await,
    };
    begun.or_else(|error| refuse(&api, &headers, path, error))
}

async fn start_errand(api: &Api, path: &str) -> Result<Redirect, ApiError> {
    let oidc = configured(api)?;
    let errand = oidc.begin(&back_to(api)?, api.random()).await;
    let errand = errand.map_err(|why| unreachable(oidc, &why))?;
    let path: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
    let held = format!(
        "{}.{}.{}.{path}",
        errand.state, errand.nonce, errand.verifier
    );
    redirect(errand.to.as_str(), Some(&held_by_browser(api, &held, 600)))
}

/// Signs in whoever comes back from the service.
///
/// Who is in the team by the e-mail address that the service says comes in; who has an invitation for that address comes to the team by it.
/// A failure leads a browser to the page to sign in at, which tells it; others are answered with it.
#[utoipa::path(
    get, path = "/session/oidc/callback", tag = "session",
    security(()),
    params(Back),
    responses((status = 302, description = "Signed in, and to where the browser was.")),
)]
pub(crate) async fn finish_oidc(
    State(api): State<Api>,
    headers: HeaderMap,
    extensions: Extensions,
    back: Result<Params<Back>, ApiError>,
) -> Result<Redirect, ApiError> {
    let held = sent(&headers, COOKIE).and_then(|held| Held::read(&held));
    let path = held.as_ref().map(|held| held.path.clone());
    let path = local(path.as_deref());
    let ended = match back {
        Ok(Params(back)) => {
            let origin = origin_of(&headers, &extensions);
            finish_errand(&api, held, back, origin).await
        }
        Err(error) => Err(error),
    };
    match ended {
        Ok(session) => redirect(&below(&api.config().public_url, path), Some(&session)),
        Err(error) => refuse(&api, &headers, path, error),
    }
}

/// The cookie of the session that has begun.
async fn finish_errand(
    api: &Api,
    held: Option<Held>,
    back: Back,
    origin: Origin,
) -> Result<String, ApiError> {
    let oidc = configured(api)?;
    let held = held.filter(|held| back.state.as_ref() == Some(&held.state));
    let held = held.ok_or_else(|| {
        ApiError::new(
            ErrorName::Authentication,
            "this sign-in was not begun in this browser, or more than ten minutes ago: begin again",
        )
    })?;
    if let Some(error) = back.error {
        let more = back.error_description.unwrap_or_default();
        let why = format!("{} refuses: {error} {more}", oidc.config.name);
        return Err(ApiError::new(
            ErrorName::Authentication,
            why.trim().to_owned(),
        ));
    }
    let code = back.code.ok_or_else(|| ApiError::missing("code"))?;
    let back_to = back_to(api)?;
    let person = oidc.person(&back_to, code, held.nonce, held.verifier);
    let person = person.await.map_err(|why| unreachable(oidc, &why))?;
    let new = NewMember {
        full_name: person.name.clone(),
        email: Some(person.email.clone()),
        password_hash: None,
        origin,
    };
    let (actor, user, role) = known(api, oidc, &person, new).await?;
    let ([(_, session)], _) = begin(api, &actor, user, role).await?;
    Ok(session)
}

/// What the browser took along.
struct Held {
    state: String,
    nonce: String,
    verifier: String,
    /// Where to go afterwards.
    path: String,
}

impl Held {
    fn read(cookie: &str) -> Option<Self> {
        let mut parts = cookie.splitn(4, '.').map(str::to_owned);
        let (state, nonce, verifier) = (parts.next()?, parts.next()?, parts.next()?);
        let path = parts.next()?.replace('+', " ");
        let path = percent_encoding::percent_decode_str(&path).decode_utf8_lossy();
        Some(Self {
            state,
            nonce,
            verifier,
            path: path.into_owned(),
        })
    }
}

/// Who it is in a team.
async fn known(
    api: &Api,
    oidc: &Oidc,
    person: &Person,
    new: NewMember,
) -> Result<super::sign_in::Account, ApiError> {
    let origin = new.origin.clone();
    if let Some((_, account)) = super::sign_in::account(api, &person.email, origin.clone()).await? {
        return Ok(account);
    }
    let journal = api.journal();
    let joined = journal
        .join_by_address(new, oidc.config.new_members)
        .await?;
    if joined.is_none() {
        return Err(ApiError::new(
            ErrorName::Forbidden,
            format!(
                "{} is not in the team: have an admin invite this address",
                person.email
            ),
        ));
    }
    let account = super::sign_in::account(api, &person.email, origin).await?;
    let account = account.ok_or_else(|| ApiError::not_found("user", &person.email))?;
    Ok(account.1)
}

fn configured(api: &Api) -> Result<&Oidc, ApiError> {
    api.oidc().ok_or_else(|| {
        ApiError::new(
            ErrorName::InstanceNotFound,
            "no service to sign in with is configured (oidc.issuer)",
        )
    })
}

fn unreachable(oidc: &Oidc, why: &str) -> ApiError {
    ApiError::new(
        ErrorName::Unavailable,
        format!(
            "{} can't be signed in with just now: {why}",
            oidc.config.name
        ),
    )
}

fn back_to(api: &Api) -> Result<Url, ApiError> {
    let url = api.config().at("/api/session/oidc/callback");
    url.parse().map_err(ApiError::server)
}

/// A path of the app, and of no other server.
fn local(path: Option<&str>) -> &str {
    let is_local = |path: &&str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains('\\')
            && !path.contains(char::is_control)
    };
    path.filter(is_local).unwrap_or("/")
}

/// Where a path of the app lies for browsers: below the path of the public URL, and nowhere beside it.
fn below(public_url: &Url, path: &str) -> String {
    let base = public_url.path().trim_end_matches('/');
    let home = format!("{base}/");
    let url = public_url.join(&format!("{base}{}", local(Some(path))));
    url.ok()
        .filter(|url| url.origin() == public_url.origin())
        // What dots lead to is known only now.
        .filter(|url| url.path().starts_with(&home) && !url.path().starts_with("//"))
        .map_or(home, |url| url[Position::BeforePath..].to_owned())
}

/// Tells a person in the app what went wrong, and a program in the answer.
fn refuse(
    api: &Api,
    headers: &HeaderMap,
    path: &str,
    error: ApiError,
) -> Result<Redirect, ApiError> {
    if !wants_a_page(headers) {
        return Err(error);
    }
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let mut page = format!("/login?error={}", encoded(&error.into_sentence()));
    if path != "/" {
        page.push_str("&return=");
        page.push_str(&encoded(path));
    }
    redirect(&below(&api.config().public_url, &page), None)
}

/// Whether it is a browser that asks, for somebody to read the answer.
fn wants_a_page(headers: &HeaderMap) -> bool {
    let accepts = headers.get_all(header::ACCEPT).into_iter();
    accepts
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|kind| kind.split(';').next())
        .any(|kind| kind.trim().eq_ignore_ascii_case("text/html"))
}

fn held_by_browser(api: &Api, value: &str, seconds: u64) -> String {
    let public_url = &api.config().public_url;
    let base = public_url.path().trim_end_matches('/');
    let path = format!("{base}/api/session/oidc");
    cookie(COOKIE, value, &path, seconds, public_url)
}

fn redirect(to: &str, cookie: Option<&str>) -> Result<Redirect, ApiError> {
    let value = |text: &str| HeaderValue::from_str(text).map_err(ApiError::server);
    let mut headers = HeaderMap::from_iter([(header::LOCATION, value(to)?)]);
    if let Some(cookie) = cookie {
        headers.insert(header::SET_COOKIE, value(cookie)?);
    }
    Ok((StatusCode::FOUND, headers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for (asked, goes) in [
            (Some("/runs?a=b#c"), "/runs?a=b#c"),
            (None, "/"),
            (Some("https://evil.example"), "/"),
            (Some("//evil.example"), "/"),
            (Some("/\\evil.example"), "/"),
            (Some("/a\nb"), "/"),
            (Some(""), "/"),
        ] {
            assert_eq!(local(asked), goes, "{asked:?}");
        }
    }

    #[test]
    fn nobody_is_sent_beside_the_app() {
        for (public, path, goes) in [
            ("https://x.example", "/runs?a=b#c", "/runs?a=b#c"),
            ("https://x.example/postern", "/runs", "/postern/runs"),
            ("https://x.example/postern/", "/runs", "/postern/runs"),
            ("https://x.example/postern/", "/", "/postern/"),
            ("https://x.example/postern", "//evil.example", "/postern/"),
            ("https://x.example/postern", "/../mail", "/postern/"),
            (
                "https://x.example/postern",
                "/a/%2E%2e/%2e./mail",
                "/postern/",
            ),
            ("https://x.example/postern", "/../postern2", "/postern/"),
            ("https://x.example", "/.//evil.example", "/"),
            ("https://x.example", "/a/..//evil.example", "/"),
            ("https://x.example", "/@evil.example", "/@evil.example"),
            ("https://x.example", "/Prüfung", "/Pr%C3%BCfung"),
        ] {
            let public = public.parse().unwrap();
            assert_eq!(below(&public, path), goes, "{path} below {public}");
        }
    }

    #[test]
    fn browsers_get_pages() {
        for (accepts, page) in [
            (None, false),
            (Some("*/*"), false),
            (Some("application/json"), false),
            (Some("text/html,application/xhtml+xml,*/*;q=0.8"), true),
            (Some("application/xml, Text/HTML;q=0.9"), true),
        ] {
            let value = accepts.map(|it| (header::ACCEPT, HeaderValue::from_static(it)));
            let headers = HeaderMap::from_iter(value);
            assert_eq!(wants_a_page(&headers), page, "{accepts:?}");
        }
    }
}
