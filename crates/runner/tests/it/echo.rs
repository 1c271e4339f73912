//! A server that answers what a collection needs, and says back what it was asked.

mod digest;
pub(crate) mod ntlm;

use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postern_egress::testing::{Answer, Received, Receiver};
use serde_json::json;

/// Starts it.
pub(crate) fn server() -> Receiver {
    answering(Receiver::start())
}

/// Starts it on this port.
pub(crate) fn server_on(port: u16) -> Receiver {
    answering(Receiver::start_on(port))
}

fn answering(receiver: Receiver) -> Receiver {
    let connections = ntlm::Connections::default();
    receiver.choose(move |request| Some(answer(request, &connections)));
    receiver
}

fn answer(request: &Received, connections: &ntlm::Connections) -> Answer {
    let path: Vec<&str> = request.path().trim_matches('/').split('/').collect();
    let json = |status: u16, body: serde_json::Value| {
        Answer::status(status)
            .header("content-type", "application/json")
            .body(body.to_string())
    };
    if request.method == "HEAD" {
        return Answer::status(200);
    }
    match path.as_slice() {
        ["status", code] => json(code.parse().unwrap_or(500), json!({"code": code})),
        ["redirect", code] => {
            Answer::status(code.parse().unwrap_or(302)).header("location", "/echo/redirected")
        }
        ["answer"] => told(request),
        ["ntlm", ..] => connections.answer(request),
        ["digest", ..] => digest::answer(request),
        ["loop"] => Answer::status(302).header("location", "/loop"),
        ["cookies", "set"] => json(200, json!({"set": true}))
            .header("set-cookie", "flavour=vanilla; Path=/")
            .header("set-cookie", "only=here; Path=/cookies"),
        ["gzip"] => {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(br#"{"packed": true}"#).unwrap();
            json(200, json!(null))
                .header("content-encoding", "gzip")
                .body(encoder.finish().unwrap())
        }
        ["text"] => Answer::status(200)
            .header("content-type", "text/plain")
            .body("plain words"),
        ["empty"] => Answer::status(204),
        _ => json(
            200,
            json!({"method": request.method, "target": request.target, "body": request.text(), "list": [1, 2, 3]}),
        ),
    }
}

/// What the request's query asks for: `status`, any number of `h` (`name:value`), and the body as text (`body`) or in base64
/// (`b64`).
fn told(request: &Received) -> Answer {
    let query = request
        .target
        .split_once('?')
        .map_or("", |(_, query)| query);
    let entries: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    let one = |wanted: &str| {
        entries
            .iter()
            .find(|(key, _)| key == wanted)
            .map(|(_, value)| value)
    };
    let status = one("status").and_then(|status| status.parse().ok());
    let mut answer = Answer::status(status.unwrap_or(200));
    for (_, header) in entries.iter().filter(|(key, _)| key == "h") {
        let (name, value) = header.split_once(':').unwrap();
        answer = answer.header(name, value);
    }
    match (one("body"), one("b64")) {
        (Some(text), _) => answer.body(text.clone()),
        (None, Some(encoded)) => answer.body(STANDARD.decode(encoded).unwrap()),
        (None, None) => answer,
    }
}
