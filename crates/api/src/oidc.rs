//! Signing in by way of another service: OpenID Connect, the authorization code flow with PKCE.
//!
//! The service says who somebody is; what that person may do is Postern's. Who is in the team by its e-mail address comes in; who has an
//! invitation for that address comes to the team by it; and others do if the configuration says so.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, TokenResponse,
};
use postern_egress::{Egress, Limits, Request};
use postern_model::{Random, Role};
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

/// For how long what a service says of itself, its keys among it, is believed.
const BELIEVED: Duration = Duration::from_hours(1);
/// The longest that a service may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// How people sign in by way of another service.
#[derive(Debug, Clone)]
pub struct OidcConfig {
    /// The service's issuer.
    pub issuer: Url,
    /// What the service knows this server by.
    pub client_id: String,
    /// And that it is this server.
    pub client_secret: String,
    /// What people call the service.
    pub name: String,
    /// The role of whoever comes for the first time; `None`: only by invitation.
    pub new_members: Option<Role>,
    /// The way out to the service.
    pub egress: Egress,
}

/// The service, and what it has said of itself.
pub(crate) struct Oidc {
    pub(crate) config: OidcConfig,
    known: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

/// What a browser takes along to the service and back.
pub(crate) struct Errand {
    /// Where the browser goes.
    pub(crate) to: Url,
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
}

/// Who somebody is, as the service says.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) email: String,
    pub(crate) name: String,
}

impl Oidc {
    pub(crate) fn new(config: OidcConfig) -> Self {
        Self {
            config,
            known: Mutex::default(),
        }
    }

    /// Sends somebody to the service.
    pub(crate) async fn begin(&self, back: &Url, random: &dyn Random) -> Result<Errand, String> {
        let metadata = self.metadata().await?;
        let client = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(self.config.client_id.clone()),
            Some(ClientSecret::new(self.config.client_secret.clone())),
        )
        .set_redirect_uri(RedirectUrl::from_url(back.clone()));
        let (state, nonce, verifier) = (secret(random), secret(random), secret(random));
        let verifier = PkceCodeVerifier::new(verifier);
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let (to, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(Errand {
            to,
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        })
    }

    /// Asks the service who has come back with this code.
    pub(crate) async fn person(
        &self,
        back: &Url,
        code: String,
        nonce: String,
        verifier: String,
    ) -> Result<Person, String> {
        let metadata = self.metadata().await?;
        let client = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(self.config.client_id.clone()),
            Some(ClientSecret::new(self.config.client_secret.clone())),
        )
        .set_redirect_uri(RedirectUrl::from_url(back.clone()));
        let http = self.http();
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| told("it names no place to get tokens from", &error))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&http)
            .await
            .map_err(|error| told("it gives no token for the code", &error))?;
        let token = answer.id_token().ok_or("it gives no ID token")?;
        let check = client.id_token_verifier();
        let claims = token
            .claims(&check, &Nonce::new(nonce))
            .map_err(|error| told("its ID token is not to be believed", &error))?;
        if let Some(expected) = claims.access_token_hash() {
            let hash = AccessTokenHash::from_token(
                answer.access_token(),
                token
                    .signing_alg()
                    .map_err(|error| told("its ID token is not signed", &error))?,
                token
                    .signing_key(&check)
                    .map_err(|error| told("its ID token is signed with an unknown key", &error))?,
            );
            if hash.ok().as_ref() != Some(expected) {
                return Err("its tokens do not belong together".to_owned());
            }
        }
        if claims.email_verified() == Some(false) {
            return Err("the e-mail address is not verified there".to_owned());
        }
        let email = claims.email().map(|email| email.as_str().to_owned());
        let email = email.ok_or("it says no e-mail address (the scope email)")?;
        let name = claims.name().and_then(|name| name.get(None));
        let name = name
            .map(|name| name.as_str().to_owned())
            .filter(|name| !name.trim().is_empty());
        let name = name.unwrap_or_else(|| email.split('@').next().unwrap_or_default().to_owned());
        Ok(Person { email, name })
    }

    async fn metadata(&self) -> Result<CoreProviderMetadata, String> {
        let mut known = self.known.lock().await;
        if let Some((at, metadata)) = known.as_ref()
            && at.elapsed() < BELIEVED
        {
            return Ok(metadata.clone());
        }
        let issuer = self.config.issuer.as_str();
        // What has no path of its own is written without a slash by those who issue.
        let issuer = issuer.strip_suffix('/').unwrap_or(issuer);
        let issuer = IssuerUrl::new(issuer.to_owned()).map_err(|error| error.to_string())?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &self.http()).await;
        let metadata = metadata.map_err(|error| told("it does not say what it is", &error))?;
        *known = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }

    /// Our way out, as the library wants it. It follows no redirects.
    fn http(&self) -> impl Fn(HttpRequest) -> Answer + Send + Sync {
        let egress = self.config.egress.clone();
        move |request| {
            let egress = egress.clone();
            Box::pin(async move { fetch(&egress, request).await })
        }
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<HttpResponse, Unreached>> + Send>>;

/// The service could not be asked.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unreached(String);

async fn fetch(egress: &Egress, request: HttpRequest) -> Result<HttpResponse, Unreached> {
    let unreached = |error: &dyn std::fmt::Display| Unreached(error.to_string());
    let (parts, body) = request.into_parts();
    let url: Url = parts
        .uri
        .to_string()
        .parse()
        .map_err(|error| unreached(&error))?;
    let mut asked = Request::new(parts.method.as_str(), url).body(body);
    for (name, value) in &parts.headers {
        asked = asked.header(
            name.as_str(),
            String::from_utf8_lossy(value.as_bytes()).as_ref(),
        );
    }
    let limits = Limits::WHOLE.with_deadline(PATIENCE);
    let answer = egress.send(asked, &limits).await;
    let answer = answer.map_err(|failure| unreached(&failure.message))?;
    let mut response = http::Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name.as_str(), value.as_str());
    }
    response
        .body(answer.body.to_vec())
        .map_err(|error| unreached(&error))
}

/// An error and what lies beneath it, in one line.
fn told(what: &str, error: &(dyn std::error::Error + 'static)) -> String {
    let mut told = format!("{what}: {error}");
    let mut next = error.source();
    while let Some(cause) = next {
        told.push_str(": ");
        told.push_str(&cause.to_string());
        next = cause.source();
    }
    told.chars().take(500).collect()
}

/// 32 random bytes in hexadecimal.
fn secret(random: &dyn Random) -> String {
    let mut bytes = [0_u8; 32];
    random.fill(&mut bytes);
    postern_model::ContentHash(bytes).to_string()
}
