//! Receivers that are broken or mean: each attempt ends in time and by its name, and healthy ones don't notice.

use std::time::Duration;

use postern_egress::testing::{Answer, BlackHole, Identity, Receiver};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::server::{PATIENCE, Place, Server};

/// The deadline of each attempt, in seconds.
const TIMEOUT: u64 = 2;

#[expect(clippy::too_many_lines, reason = "a table")]
fn faults() -> Vec<(&'static str, Answer, &'static str)> {
    let ok = || Answer::status(200);
    let ms = Duration::from_millis;
    vec![
        ("hangs", Answer::hang(), "timeout"),
        ("head, then silence", ok().then_silence(), "timeout"),
        ("drips", ok().body("x".repeat(200)).drip(ms(100)), "timeout"),
        ("late", ok().delay(ms(5_000)), "timeout"),
        ("resets", Answer::reset(), "reset"),
        (
            "resets in the body",
            ok().body("x".repeat(9_000)).reset_after(100),
            "reset",
        ),
        ("closes", Answer::raw(""), "reset"),
        (
            "half a head",
            Answer::raw("HTTP/1.1 200 OK\r\ncontent-le"),
            "reset",
        ),
        (
            "speaks SSH",
            Answer::raw("SSH-2.0-OpenSSH_9.6\r\n"),
            "protocol_error",
        ),
        (
            "speaks HTTP/0.9",
            Answer::raw("<html></html>"),
            "protocol_error",
        ),
        (
            "two lengths",
            Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab"),
            "protocol_error",
        ),
        (
            "a negative length",
            Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n"),
            "protocol_error",
        ),
        (
            "a length that lies",
            Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nab"),
            "reset",
        ),
        (
            "bad chunks",
            Answer::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"),
            "protocol_error",
        ),
        (
            "a header without end",
            Answer::raw([b"HTTP/1.1 200 OK\r\nx: ".to_vec(), vec![b'a'; 600_000]].concat()),
            "protocol_error",
        ),
        (
            "many headers",
            Answer::raw(
                [
                    "HTTP/1.1 200 OK\r\n".to_owned(),
                    "a: b\r\n".repeat(20_000),
                    "\r\n".to_owned(),
                ]
                .concat(),
            ),
            "protocol_error",
        ),
        ("a body without end", Answer::endless(), "succeeded"),
        (
            "100 for ever",
            Answer::raw("HTTP/1.1 100 Continue\r\n\r\n".repeat(5_000)),
            "protocol_error",
        ),
        (
            "a bomb",
            ok().header("content-encoding", "gzip")
                .body(vec![0x1f, 0x8b, 8, 0]),
            "succeeded",
        ),
        (
            "redirects to a secret",
            Answer::status(302).header("location", "http://169.254.169.254/"),
            "redirect",
        ),
        (
            "redirects to itself",
            Answer::status(307).header("location", "/"),
            "redirect",
        ),
        ("304", Answer::status(304), "redirect"),
        ("204", Answer::status(204), "succeeded"),
        ("299", Answer::status(299), "succeeded"),
        ("401", Answer::status(401), "rejected"),
        ("409", Answer::status(409), "rejected"),
        ("410", Answer::status(410), "gone"),
        (
            "429",
            Answer::status(429).header("retry-after", "120"),
            "rate_limited",
        ),
        (
            "429, soon",
            Answer::status(429).header("retry-after", "soon"),
            "rate_limited",
        ),
        (
            "503",
            Answer::status(503).header("retry-after", "-5"),
            "server_error",
        ),
        ("599", Answer::status(599), "server_error"),
        ("999", Answer::status(999), "unexpected_status"),
        (
            "a reason in bytes",
            Answer::raw(b"HTTP/1.1 200 \xff\xfe\r\ncontent-length: 0\r\n\r\n".to_vec()),
            "succeeded",
        ),
        (
            "NUL in a header",
            Answer::raw("HTTP/1.1 200 OK\r\na: b\0c\r\ncontent-length: 0\r\n\r\n"),
            "protocol_error",
        ),
    ]
}

async fn integration(server: &Server, name: &str, url: &str, kind: &str) -> String {
    let wanted = json!({"integration": {
        "name": name, "event": "custom", "config": {"url": url},
        "options": {"types": [kind], "timeout": TIMEOUT, "retries": [3600]},
    }});
    let made = server.post("/api/integrations", &wanted).await;
    made["integration"]["id"].as_str().unwrap().to_owned()
}

/// The first attempt for an integration, waited for.
async fn attempt(server: &Server, integration: &str) -> Value {
    let until = Instant::now() + PATIENCE;
    loop {
        let list = server
            .get(&format!("/api/integrations/{integration}/deliveries"))
            .await;
        if let Some(id) = list["deliveries"][0]["id"].as_str() {
            let whole = server.get(&format!("/api/deliveries/{id}")).await;
            if whole["attempts"][0].is_object() {
                return whole["attempts"][0].clone();
            }
        }
        assert!(Instant::now() < until, "no attempt: {list}");
        sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table, and what is said of it")]
async fn each_ends_by_its_deadline_with_its_name_and_healthy_ones_are_served_beside_them() {
    let place = Place::new();
    let server = place.serve();
    let faults = faults();
    let receivers: Vec<Receiver> = faults
        .iter()
        .map(|(_, answer, _)| {
            let receiver = Receiver::start();
            receiver.answer(answer.clone());
            receiver
        })
        .collect();
    let expired = Receiver::start_tls(Identity::expired(&["127.0.0.1"]));
    let stranger = Receiver::start_tls(Identity::self_signed(&["127.0.0.1"]));
    let plain = Receiver::start();
    let black_hole = BlackHole::open();
    let healthy = Receiver::start();
    let mut lanes = Vec::new();
    for ((name, _, outcome), receiver) in faults.iter().zip(&receivers) {
        let id = integration(&server, name, &receiver.url("/"), "one").await;
        lanes.push((*name, id, *outcome));
    }
    let closed = {
        let gone = Receiver::start();
        gone.url("/")
    };
    for (name, url, outcome) in [
        ("expired", expired.url("/"), "tls_failed"),
        ("a stranger", stranger.url("/"), "tls_failed"),
        (
            "no TLS",
            plain.url("/").replace("http:", "https:"),
            "tls_failed",
        ),
        ("itself", server.url.clone(), "address_refused"),
        ("nothing listens", closed, "connect_refused"),
        ("accepts nobody", black_hole.url(), "timeout"),
        (
            "metadata",
            "http://169.254.169.254/".to_owned(),
            "address_refused",
        ),
        (
            "decimal metadata",
            "http://2852039166/".to_owned(),
            "address_refused",
        ),
        (
            "octal loopback elsewhere",
            "http://0300.0250.0.1/".to_owned(),
            "address_refused",
        ),
        ("private", "http://10.0.0.1/".to_owned(), "address_refused"),
        (
            "IPv6 of IPv4",
            "http://[::ffff:10.0.0.1]/".to_owned(),
            "address_refused",
        ),
        (
            "NAT64",
            "http://[64:ff9b::a00:1]/".to_owned(),
            "address_refused",
        ),
        (
            "no such name",
            "http://nowhere.invalid/".to_owned(),
            "dns_failed",
        ),
    ] {
        let id = integration(&server, name, &url, "one").await;
        lanes.push((name, id, outcome));
    }
    integration(&server, "healthy", &healthy.url("/"), "two").await;
    let before = memory(&server);
    server
        .post(
            "/api/events",
            &json!({"event": {"type": "one", "payload": {}}}),
        )
        .await;
    let begun = Instant::now();
    for number in 0..50 {
        let event = json!({"event": {"type": "two", "payload": {"number": number}}});
        server.post("/api/events", &event).await;
    }
    healthy.wait_for(50, PATIENCE).await;
    let healthy_took = begun.elapsed();
    let mut wrong = Vec::new();
    for (name, id, outcome) in &lanes {
        let attempt = attempt(&server, id).await;
        let took = attempt["timings"]["totalMs"].as_u64().unwrap();
        if attempt["outcome"] != *outcome {
            wrong.push(format!(
                "{name}: {} and not {outcome}: {}",
                attempt["outcome"], attempt["message"]
            ));
        }
        if took > (TIMEOUT + 1) * 1000 {
            wrong.push(format!("{name}: took {took} ms"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(
        healthy_took < Duration::from_secs(TIMEOUT),
        "{healthy_took:?}"
    );
    let grown = memory(&server).saturating_sub(before);
    assert!(grown < 64 << 10, "it has grown by {grown} KiB");
    server.stop();
}

/// The server's memory in KiB.
fn memory(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid()));
    let status = status.expect("its status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    kib.and_then(|kib| kib.parse().ok()).expect("its memory")
}
