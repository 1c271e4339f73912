//! `Authorization` towards a receiver. A token that a token server gives is kept for as long as it lasts, by this process
//! alone, and asked for by one attempt at a time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postern_egress::{Egress, Keep, Limits, Request, Way, check_url};
use postern_model::{ClientAuthentication, ClientCredentials, ReceiverAuth};
use serde::Deserialize;
use tokio::time::{Instant, timeout_at};
use url::form_urlencoded;

/// How long a token lasts whose server doesn't say.
const UNTOLD: Duration = Duration::from_mins(5);
/// How long a refusal is believed, so that a thousand deliveries don't ask a thousand times.
const REFUSAL: Duration = Duration::from_secs(5);
/// The longest that a token is kept, whatever its server says.
const LONGEST: Duration = Duration::from_hours(24);
/// The most tokens that are kept.
const MOST: usize = 1024;

/// The tokens that are at hand.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    kept: Mutex<HashMap<ClientCredentials, Arc<Place>>>,
}

type Place = tokio::sync::Mutex<Option<Kept>>;

/// What a token server said last.
#[derive(Debug)]
struct Kept {
    token: Result<String, String>,
    until: Instant,
}

/// The value of `Authorization` for an auth that needs no asking.
pub(crate) fn ready(auth: &ReceiverAuth) -> Option<String> {
    match auth {
        ReceiverAuth::Basic { username, password } => {
            let pair = STANDARD.encode(format!("{username}:{password}"));
            Some(format!("Basic {pair}"))
        }
        ReceiverAuth::Bearer { token } => Some(format!("Bearer {token}")),
        ReceiverAuth::OAuth2(_) => None,
    }
}

impl Tokens {
    /// The value of `Authorization` with a token for this client, other than `worn`, which the receiver did not take.
    pub(crate) async fn authorization(
        &self,
        client: &ClientCredentials,
        worn: Option<&str>,
        egress: &Egress,
        way: &Way,
        deadline: Instant,
    ) -> Result<String, String> {
        let late = || "the deadline passed before the token server had answered".to_owned();
        let place = self.place(client);
        let mut kept = timeout_at(deadline, place.lock())
            .await
            .map_err(|_| late())?;
        if let Some(Kept { token, until }) = kept.as_ref() {
            let is_worn = worn.is_some() && token.as_deref().ok() == worn;
            if Instant::now() < *until && !is_worn {
                return token.clone();
            }
        }
        let told = timeout_at(deadline, ask(client, egress, way)).await;
        let told = told.unwrap_or_else(|_| Err(late()));
        let now = Instant::now();
        let (token, lasts) = match told {
            Ok((token, lasts)) => (Ok(format!("Bearer {token}")), lasts),
            Err(refused) => (Err(refused), REFUSAL),
        };
        *kept = Some(Kept {
            token: token.clone(),
            until: now + lasts,
        });
        token
    }

    fn place(&self, client: &ClientCredentials) -> Arc<Place> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST && !kept.contains_key(client) {
            kept.clear();
        }
        Arc::clone(kept.entry(client.clone()).or_default())
    }
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    expires_in: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
    error_description: Option<String>,
}

/// Asks for a token; it, and how long it is good for.
async fn ask(
    client: &ClientCredentials,
    egress: &Egress,
    way: &Way,
) -> Result<(String, Duration), String> {
    let url = check_url(&client.token_url).map_err(|error| format!("the token URL: {error}"))?;
    let limits = Limits {
        keep: Keep::Whole,
        ..Limits::WEBHOOK
    };
    let answer = egress
        .send_by(way, request(client, url), &limits)
        .await
        .map_err(|failure| format!("the token server: {}", failure.message))?;
    if answer.status != 200 {
        let why = serde_json::from_slice::<Refused>(&answer.body).map_or_else(
            |_| String::new(),
            |refused| match refused.error_description {
                Some(words) => format!(": {} ({words})", refused.error),
                None => format!(": {}", refused.error),
            },
        );
        let why: String = why.chars().take(300).collect();
        return Err(format!("the token server answered {}{why}", answer.status));
    }
    let granted: Granted = serde_json::from_slice(&answer.body)
        .map_err(|_| "the token server's answer holds no access_token".to_owned())?;
    let token = granted.access_token;
    if token.is_empty() || token.chars().any(char::is_control) {
        return Err("the token server's answer holds no access_token".to_owned());
    }
    Ok((token, good_for(granted.expires_in.as_ref())))
}

fn request(client: &ClientCredentials, url: url::Url) -> Request {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "client_credentials");
    if let Some(scope) = &client.scope {
        form.append_pair("scope", scope);
    }
    if let Some(audience) = &client.audience {
        form.append_pair("audience", audience);
    }
    let mut request = Request::new("POST", url)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "application/json")
        .header("accept-encoding", "identity");
    match client.client_authentication {
        ClientAuthentication::Header => {
            // Encoded first, as RFC 6749 §2.3.1 has it.
            let [id, secret] = [&client.client_id, &client.client_secret]
                .map(|text| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>());
            let pair = STANDARD.encode(format!("{id}:{secret}"));
            request = request.header("authorization", format!("Basic {pair}"));
        }
        ClientAuthentication::Body => {
            form.append_pair("client_id", &client.client_id);
            form.append_pair("client_secret", &client.client_secret);
        }
    }
    request.body(form.finish())
}

/// How long a token is used: until a tenth of its time is left, or half a minute if that is less.
fn good_for(expires_in: Option<&serde_json::Value>) -> Duration {
    let told = match expires_in {
        Some(serde_json::Value::String(text)) => text.parse().ok(),
        Some(other) => other.as_f64(),
        None => None,
    };
    let lasts = told
        .filter(|seconds: &f64| *seconds >= 0.0)
        .map_or(UNTOLD, |seconds| {
            Duration::from_secs_f64(seconds.min(LONGEST.as_secs_f64()))
        });
    lasts.saturating_sub((lasts / 10).min(Duration::from_secs(30)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_token_is_renewed_before_it_ends() {
        for (told, seconds) in [
            (Some(json!(3600)), 3570),
            (Some(json!("100")), 90),
            (Some(json!(0)), 0),
            (Some(json!(-5)), 270),
            (Some(json!("soon")), 270),
            (Some(json!(1e300)), 24 * 3600 - 30),
            (None, 270),
        ] {
            let good = good_for(told.as_ref());
            assert_eq!(good, Duration::from_secs(seconds), "{told:?}");
        }
    }

    #[test]
    fn id_and_secret_go_where_they_are_wanted() {
        let mut client = ClientCredentials {
            token_url: "https://id.example/token".to_owned(),
            client_id: "a b".to_owned(),
            client_secret: "c:d".to_owned(),
            scope: Some("x y".to_owned()),
            audience: None,
            client_authentication: ClientAuthentication::Header,
        };
        let url = url::Url::parse(&client.token_url).unwrap();
        let by_header = request(&client, url.clone());
        let pair = STANDARD.encode("a+b:c%3Ad");
        let header = ("authorization".to_owned(), format!("Basic {pair}"));
        assert!(by_header.headers.contains(&header));
        assert_eq!(by_header.body, "grant_type=client_credentials&scope=x+y");
        client.client_authentication = ClientAuthentication::Body;
        let by_body = request(&client, url);
        assert_eq!(
            by_body.body,
            "grant_type=client_credentials&scope=x+y&client_id=a+b&client_secret=c%3Ad"
        );
    }
}
