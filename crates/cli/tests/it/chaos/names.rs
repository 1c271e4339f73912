//! A name server that lies: what it says is vetted each time, and nothing forbidden is connected to.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::time::Duration;

use postern_egress::testing::{Answer, Receiver};
use serde_json::{Value, json};
use tokio::time::sleep;
use url::Url;

use crate::server::Place;

/// For how long an answer is kept, whatever the name server says; see `egress/src/resolver.rs`.
const KEPT: Duration = Duration::from_secs(6);

/// Starts a name server on a port of its own. Each name has its lists of addresses, one for each time that it is asked for;
/// the last one stays.
fn name_server(names: &[(&'static str, &[&[&str]])]) -> SocketAddr {
    let mut names: HashMap<String, Vec<Vec<IpAddr>>> = names
        .iter()
        .map(|(name, answers)| {
            let parsed = |answer: &&[&str]| answer.iter().map(|one| one.parse().unwrap()).collect();
            (
                (*name).to_owned(),
                answers.iter().rev().map(parsed).collect(),
            )
        })
        .collect();
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut packet = [0; 512];
        while let Ok((length, asker)) = socket.recv_from(&mut packet) {
            let answer = answer(&packet[..length], &mut names);
            socket.send_to(&answer, asker).unwrap();
        }
    });
    address
}

/// An answer as RFC 1035 has it: the question again, and a record for each address of the family that was asked for.
fn answer(packet: &[u8], names: &mut HashMap<String, Vec<Vec<IpAddr>>>) -> Vec<u8> {
    let mut labels = Vec::new();
    let mut at = 12;
    while packet[at] != 0 {
        let end = at + 1 + usize::from(packet[at]);
        labels.push(String::from_utf8_lossy(&packet[at + 1..end]).into_owned());
        at = end;
    }
    let kind = packet[at + 2];
    let question = &packet[12..at + 5];
    let (a, aaaa) = (1, 28);
    let addresses = match names.get_mut(&labels.join(".")) {
        // It is asked for both families at once: the first of the two decides which list it is.
        Some(lists) if kind == a && lists.len() > 1 => lists.pop().unwrap(),
        Some(lists) => lists.last().unwrap().clone(),
        None => Vec::new(),
    };
    let wanted = |ip: &&IpAddr| kind == if ip.is_ipv4() { a } else { aaaa };
    let records: Vec<_> = addresses.iter().filter(wanted).collect();
    let mut answer = packet[..2].to_vec();
    answer.extend([
        0x81,
        0x80,
        0,
        1,
        0,
        u8::try_from(records.len()).unwrap(),
        0,
        0,
        0,
        0,
    ]);
    answer.extend(question);
    for ip in records {
        // The name of the question, this type, the Internet, for no time at all.
        answer.extend([0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 0]);
        let octets = match ip {
            IpAddr::V4(ip) => ip.octets().to_vec(),
            IpAddr::V6(ip) => ip.octets().to_vec(),
        };
        answer.extend([0, u8::try_from(octets.len()).unwrap()]);
        answer.extend(octets);
    }
    answer
}

#[tokio::test]
async fn what_a_name_server_says_is_vetted_each_time() {
    let receiver = Receiver::start();
    // A connection that is kept still leads where it was vetted for.
    receiver.answer(Answer::status(200).header("connection", "close"));
    let url: Url = receiver.url("/").parse().unwrap();
    let port = url.port().unwrap();
    // The same port on an address that nothing may connect to.
    let forbidden = TcpListener::bind(("127.0.0.2", port)).unwrap();
    forbidden.set_nonblocking(true).unwrap();
    let names = name_server(&[
        ("good.test", &[&["127.0.0.1"]]),
        ("flips.test", &[&["127.0.0.1"], &["127.0.0.2"]]),
        ("bad.test", &[&["127.0.0.2"]]),
        ("mixed.test", &[&["127.0.0.1", "127.0.0.2"]]),
        ("families.test", &[&["127.0.0.1", "::ffff:127.0.0.2"]]),
        ("mapped.test", &[&["::ffff:127.0.0.2"]]),
        ("metadata.test", &[&["169.254.169.254"]]),
        ("zero.test", &[&["0.0.0.0"]]),
    ]);
    let place = Place::new()
        .with("POSTERN_EGRESS_WEBHOOKS_ALLOW", "127.0.0.1/32")
        .with("POSTERN_EGRESS_NAME_SERVERS", names.to_string());
    let server = place.serve();
    let mut tested = HashMap::new();
    for (name, outcome) in [
        ("good", "succeeded"),
        ("flips", "succeeded"),
        ("bad", "address_refused"),
        ("mixed", "address_refused"),
        ("families", "address_refused"),
        ("mapped", "address_refused"),
        ("metadata", "address_refused"),
        ("zero", "address_refused"),
        ("unknown", "dns_failed"),
    ] {
        let integration = json!({"integration": {
            "name": name, "event": "custom", "config": {"url": format!("http://{name}.test:{port}/")},
        }});
        let made = server.post("/api/integrations", &integration).await;
        let id = made["integration"]["id"].as_str().unwrap().to_owned();
        let told: Value = server
            .post(&format!("/api/integrations/{id}/test"), &json!({}))
            .await;
        assert_eq!(told["attempts"][0]["outcome"], outcome, "{name}: {told}");
        tested.insert(name, id);
    }
    let reached = receiver.requests().len();
    assert_eq!(reached, 2);
    // Now the name that was good leads elsewhere.
    sleep(KEPT).await;
    let path = format!("/api/integrations/{}/test", tested["flips"]);
    let told = server.post(&path, &json!({})).await;
    assert_eq!(told["attempts"][0]["outcome"], "address_refused", "{told}");
    assert_eq!(receiver.requests().len(), reached);
    assert!(
        forbidden.accept().is_err(),
        "something reached what is forbidden"
    );
    server.stop();
}
