//! A request and its answer: cookies, redirects, compression.

use std::time::Duration;

use bytes::Bytes;
use postern_egress::{Exchange, Failure, FailureKind, Keep, Limits, Request, Timings};
use tokio::time::Instant;

use crate::behaviour::Behaviour;
use crate::state::State;
use crate::unsent::Unsent;
use crate::{Address, Wire, decoding, wire};

/// An answer.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The status code.
    pub status: u16,
    /// The words behind it.
    pub reason: String,
    /// The headers, in order.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed.
    pub body: Bytes,
    /// The time from the first byte sent to the last received, redirects included, in milliseconds.
    pub time_ms: u64,
    /// How long each phase of the last exchange took.
    pub timings: Timings,
    /// Where the answer came from at last.
    pub url: Address,
}

impl Answered {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Sends a request and follows where its answer leads; an error says why there is no answer. The request is left as it was sent first.
pub(crate) async fn send(
    state: &mut State<'_>,
    wire: &mut Wire,
    behaviour: &Behaviour,
) -> Result<Answered, Unsent> {
    let begun = Instant::now();
    let deadline = state.request_deadline();
    let mut next = wire.clone();
    let mut redirects = 0;
    loop {
        let now = state.now();
        let cookies = state
            .jar
            .header(&next.url, now)
            .filter(|_| behaviour.cookies);
        let cookies: Vec<String> = next.own_cookie.iter().cloned().chain(cookies).collect();
        if cookies.is_empty() {
            next.remove_header("cookie");
        } else {
            next.set_header("Cookie", cookies.join("; "));
        }
        next.say_length();
        let url = next.url.to_url().map_err(|error| match redirects {
            0 => error,
            _ => error.after_a_redirect(),
        })?;
        wire::check(&next.headers)?;
        if redirects == 0 {
            wire.headers.clone_from(&next.headers);
            wire.ready = true;
        }
        let limits = Limits {
            deadline: deadline.saturating_sub(begun.elapsed()),
            connect: deadline.min(Duration::from_mins(2)),
            max_body: state.options().max_response,
            keep: Keep::Whole,
            verify_tls: behaviour.verify_tls,
        };
        let request = Request {
            method: next.method.clone(),
            url,
            target: Some(next.url.target()),
            headers: next.headers.clone(),
            body: next.body.clone(),
        };
        let way = state.options().ways.to(&request.url, behaviour.versions)?;
        let stop = state.plan.stop.clone();
        let Some(answer) = stop
            .run_until_cancelled(state.egress.send_by(&way, request, &limits))
            .await
        else {
            return Err("the run was stopped".into());
        };
        let exchange = answer.map_err(|failure| words(&failure, &next.url))?;
        if behaviour.cookies {
            let now = state.now();
            state.jar.keep(&exchange.headers, &next.url, now);
        }
        let target = exchange.header("location").filter(|to| {
            behaviour.follow_redirects && (300..400).contains(&exchange.status) && !to.is_empty()
        });
        let Some(target) = target.map(|location| next.url.follow(location)) else {
            let bodiless = next.method == "HEAD" || matches!(exchange.status, 204 | 304);
            let most = state.options().max_response;
            return answered(exchange, bodiless, begun, next.url, most);
        };
        redirects += 1;
        if redirects > behaviour.max_redirects {
            return Err(format!(
                "Exceeded maxRedirects. Probably stuck in a redirect loop {}",
                next.url
            )
            .into());
        }
        redirect(&mut next, exchange.status, target, behaviour);
    }
}

/// Turns a request into the one that a redirect asks for.
fn redirect(next: &mut Wire, status: u16, target: Address, behaviour: &Behaviour) {
    // newman keeps no `Host` of the request's own, not even at the same host.
    let names_host = next.header("host").is_some();
    next.remove_header("host");
    if !target.is_at_the_host_of(&next.url) && !behaviour.keep_authorization {
        next.remove_header("authorization");
    }
    if !behaviour.keep_method && !matches!(status, 307 | 308) {
        if next.method != "HEAD" {
            "GET".clone_into(&mut next.method);
        }
        next.body = Bytes::new();
        next.remove_header("content-type");
        next.remove_header("content-length");
    }
    if behaviour.send_referer {
        next.set_header("Referer", next.url.without_credentials());
    }
    if names_host {
        let host = match (target.protocol.as_str(), target.port.as_deref()) {
            ("http", Some("80")) | ("https", Some("443")) => target.hostname.clone(),
            _ => target.host(),
        };
        next.set_header("Host", host);
    }
    next.url = target;
    next.authorize_by_address();
}

fn answered(
    exchange: Exchange,
    bodiless: bool,
    begun: Instant,
    url: Address,
    most: usize,
) -> Result<Answered, Unsent> {
    let named = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("content-encoding");
    let encodings = exchange.headers.iter().filter(named);
    let encoding: Vec<&str> = encodings.map(|(_, value)| value.as_str()).collect();
    let encoding = encoding.join(", ");
    let body = if bodiless {
        exchange.body
    } else {
        decoding::decode(exchange.body, &encoding, most)?
    };
    Ok(Answered {
        status: exchange.status,
        reason: exchange.reason,
        headers: exchange.headers,
        body,
        time_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        timings: exchange.timings,
        url,
    })
}

/// Why there is no answer, in the words that Node's programs use, because scripts and people look for them.
fn words(failure: &Failure, url: &Address) -> String {
    let host = url.host_str();
    let port = match url.port.as_deref() {
        Some(port) if !port.is_empty() => port,
        _ if url.protocol == "https" => "443",
        _ => "80",
    };
    match failure.kind {
        FailureKind::ConnectRefused => {
            let ip = failure
                .peer
                .map_or_else(|| host.to_owned(), |peer| peer.ip().to_string());
            let ip = if ip == "localhost" {
                "127.0.0.1".to_owned()
            } else {
                ip
            };
            format!("connect ECONNREFUSED {ip}:{port}")
        }
        FailureKind::DnsNotFound => format!("getaddrinfo ENOTFOUND {host}"),
        FailureKind::DnsFailed | FailureKind::DnsTimeout => format!("getaddrinfo EAI_AGAIN {host}"),
        FailureKind::Timeout => "ESOCKETTIMEDOUT".to_owned(),
        FailureKind::ConnectTimeout => format!("connect ETIMEDOUT {host}:{port}"),
        FailureKind::ConnectionClosed => "socket hang up".to_owned(),
        _ => failure.message.clone(),
    }
}
