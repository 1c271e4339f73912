//! `GET /session/oidc` and `GET /session/oidc/callback`.

use axum::extract::State;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use postern_journal::NewMember;
use serde::Deserialize;
use url::Url;

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
    /// A path of this server (`/`).
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

type Redirect = (StatusCode, [(HeaderName, HeaderValue); 2]);

/// Sends the browser to the service that people sign in with.
#[utoipa::path(
    get, path = "/session/oidc", tag = "session",
    security(()),
    params(Start),
    responses((status = 302, description = "To the service.")),
)]
pub(crate) async fn start_oidc(
    State(api): State<Api>,
    Params(start): Params<Start>,
) -> Result<Redirect, ApiError> {
    let oidc = configured(&api)?;
    let errand = oidc.begin(&back_to(&api)?, api.random()).await;
    let errand = errand.map_err(|why| unreachable(oidc, &why))?;
    let path = local(start.r#return.as_deref());
    let path: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
    let held = format!(
        "{}.{}.{}.{path}",
        errand.state, errand.nonce, errand.verifier
    );
    redirect(errand.to.as_str(), &held_by_browser(&api, &held, 600))
}

/// Signs in whoever comes back from the service.
///
/// Who is in the team by the e-mail address that the service says comes in; who has an invitation for that address comes to the team by it.
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
    Params(back): Params<Back>,
) -> Result<Redirect, ApiError> {
    let oidc = configured(&api)?;
    let begun = || {
        ApiError::new(
            ErrorName::Authentication,
            "this sign-in was not begun in this browser, or more than ten minutes ago: begin again",
        )
    };
    let held = sent(&headers, COOKIE).ok_or_else(begun)?;
    let [state, nonce, verifier, path] = held
        .splitn(4, '.')
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| begun())?;
    if back.state.as_deref() != Some(state.as_str()) {
        return Err(begun());
    }
    if let Some(error) = back.error {
        let more = back.error_description.unwrap_or_default();
        let why = format!("{} refuses: {error} {more}", oidc.config.name);
        return Err(ApiError::new(
            ErrorName::Authentication,
            why.trim().to_owned(),
        ));
    }
    let code = back.code.ok_or_else(|| ApiError::missing("code"))?;
    let person = oidc.person(&back_to(&api)?, code, nonce, verifier).await;
    let person = person.map_err(|why| unreachable(oidc, &why))?;
    let new = NewMember {
        full_name: person.name.clone(),
        email: Some(person.email.clone()),
        password_hash: None,
        origin: origin_of(&headers, &extensions),
    };
    let (actor, user, role) = known(&api, oidc, &person, new).await?;
    let (session, _) = begin(&api, &actor, user, role).await?;
    let [(_, session)] = session;
    let path = percent_encoding::percent_decode_str(&path.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned();
    redirect(&local(Some(&path)), &session)
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
    let base = api.config().public_url.as_str().trim_end_matches('/');
    format!("{base}/api/session/oidc/callback")
        .parse()
        .map_err(ApiError::server)
}

/// A path of this server, and no other's.
fn local(path: Option<&str>) -> String {
    let path = path.unwrap_or("/");
    let is_local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.contains(char::is_control);
    if is_local { path } else { "/" }.to_owned()
}

fn held_by_browser(api: &Api, value: &str, seconds: u64) -> String {
    cookie(
        COOKIE,
        value,
        "/api/session/oidc",
        seconds,
        &api.config().public_url,
    )
}

fn redirect(to: &str, cookie: &str) -> Result<Redirect, ApiError> {
    let value = |text: &str| HeaderValue::from_str(text).map_err(ApiError::server);
    Ok((
        StatusCode::FOUND,
        [
            (header::LOCATION, value(to)?),
            (header::SET_COOKIE, value(cookie)?),
        ],
    ))
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
}
