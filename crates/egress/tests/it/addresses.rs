//! Nothing reaches a forbidden address, however it is written.

use std::sync::Arc;

use postern_egress::testing::{Answer, FixedNames, Receiver};
use postern_egress::{
    AddressPolicy, Doorway, Egress, EgressConfig, FailureKind, Resolve as _, SystemResolver,
};

use crate::{get, short};

fn webhooks(names: Arc<FixedNames>, rules: &[&str]) -> Egress {
    let rules = rules
        .iter()
        .map(|rule| rule.parse().expect("a rule"))
        .collect();
    let policy = AddressPolicy::public("egress.webhooks.allow").allow(rules);
    Egress::new(EgressConfig::new(policy).with_resolver(names))
}

#[tokio::test]
async fn a_forbidden_address_is_refused_in_every_spelling() {
    let receiver = Receiver::start();
    let port = receiver.address().port();
    let names = FixedNames::new()
        .with("plain.test", &["127.0.0.1"])
        .with("mapped.test", &["::ffff:127.0.0.1"])
        .with("mixed.test", &["93.184.216.34", "127.0.0.1"])
        .with("late.test", &["2606:4700::1111", "93.184.216.34", "::1"])
        .with("nat64.test", &["64:ff9b::7f00:1"])
        .with("6to4.test", &["2002:7f00:1::1"])
        .with("teredo.test", &["2001:0:808:808::80ff:fffe"])
        .with("isatap.test", &["2a00::5efe:127.0.0.1"])
        .with("metadata.test", &["169.254.169.254"]);
    let egress = webhooks(Arc::new(names), &[]);
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "017700000001",
        "0177.0.0.1",
        "0",
        "0.0.0.0",
        "127.0.0.1.",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:0:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "１２７.０.０.１",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "plain.test",
        "PLAIN.test",
        "mapped.test",
        "mixed.test",
        "late.test",
        "nat64.test",
        "6to4.test",
        "teredo.test",
        "isatap.test",
        "metadata.test",
    ] {
        let failure = get(&egress, &format!("http://{host}:{port}/"), &short())
            .await
            .unwrap_err();
        assert_eq!(
            failure.kind,
            FailureKind::AddressForbidden,
            "{host}: {failure}"
        );
        assert!(
            failure.to_string().contains("egress.webhooks.allow"),
            "{failure}"
        );
    }
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn a_rule_opens_what_it_names() {
    let receiver = Receiver::start();
    let names = Arc::new(
        FixedNames::new()
            .with("hooks.test", &["127.0.0.1"])
            .with("other.test", &["127.0.0.1"]),
    );
    let by_network = webhooks(names.clone(), &["127.0.0.0/8"]);
    assert!(get(&by_network, &receiver.url("/"), &short()).await.is_ok());
    let by_name = webhooks(names, &["hooks.test"]);
    assert!(
        get(&by_name, &receiver.url_as("hooks.test", "/"), &short())
            .await
            .is_ok()
    );
    for url in [receiver.url_as("other.test", "/"), receiver.url("/")] {
        let failure = get(&by_name, &url, &short()).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::AddressForbidden);
    }
}

#[tokio::test]
async fn a_name_that_turns_to_a_forbidden_address_is_refused_at_its_next_connection() {
    let receiver = Receiver::start();
    let names = Arc::new(FixedNames::new().with("hooks.test", &["127.0.0.1"]));
    let egress = webhooks(names.clone(), &["127.0.0.1"]);
    let url = receiver.url_as("hooks.test", "/");
    assert!(get(&egress, &url, &short()).await.is_ok());
    names.set("hooks.test", &["127.0.0.1", "10.0.0.1"]);
    // The connection that stands goes to the address that was vetted; a new one is judged anew.
    assert!(get(&egress, &url, &short()).await.unwrap().reused);
    let failure = get(&webhooks(names, &["127.0.0.1"]), &url, &short())
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::AddressForbidden);
}

#[tokio::test]
async fn a_name_without_an_address_is_told_so() {
    let egress = webhooks(Arc::new(FixedNames::new().with("empty.test", &[])), &[]);
    for host in ["nowhere.test", "empty.test"] {
        let failure = get(&egress, &format!("http://{host}/"), &short())
            .await
            .unwrap_err();
        assert_eq!(failure.kind, FailureKind::DnsNotFound);
        assert_eq!(failure.to_string(), format!("{host} has no address"));
    }
}

#[tokio::test]
async fn the_system_resolver_knows_this_machine() {
    let addresses = SystemResolver::new().resolve("localhost").await.unwrap();
    assert!(
        addresses.iter().all(std::net::IpAddr::is_loopback),
        "{addresses:?}"
    );
    assert!(!addresses.is_empty());
}

/// A way out that may not reach a server, but what is below a path of it.
fn beside(receiver: &Receiver, names: Arc<FixedNames>, bases: &[String]) -> Egress {
    let doorways: Vec<Doorway> = bases
        .iter()
        .map(|base| Doorway::below(&base.parse().expect("a URL"), "in").expect("a doorway"))
        .collect();
    let rules = doorways.iter().filter_map(Doorway::rule).collect();
    let policy = AddressPolicy::public("egress.webhooks.allow");
    let through = policy.clone().allow(rules);
    let through = Egress::new(EgressConfig::new(through).with_resolver(names.clone()));
    let policy = policy.except(receiver.address());
    Egress::new(EgressConfig::new(policy).with_resolver(names)).with_doorways(doorways, through)
}

#[tokio::test]
async fn a_doorway_opens_what_is_below_its_path_and_nothing_else_of_the_server() {
    let receiver = Receiver::start();
    let names = Arc::new(
        FixedNames::new()
            .with("postern.test", &["127.0.0.1"])
            .with("other.test", &["127.0.0.1"])
            .with("metadata.test", &["169.254.169.254"]),
    );
    let bases = [
        receiver.url("/"),
        receiver.url_as("postern.test", "/"),
        "http://metadata.test/".to_owned(),
    ];
    let egress = beside(&receiver, names, &bases);
    for url in [
        receiver.url("/in/in_0a1b"),
        receiver.url_as("postern.test", "/in/in_0a1b/more?x=1"),
    ] {
        assert!(get(&egress, &url, &short()).await.is_ok(), "{url}");
    }
    let opened = receiver.connections();
    let other_port = Receiver::start();
    for url in [
        // A connection that stands, opened for the doorway, serves nothing else.
        receiver.url("/api/me"),
        receiver.url("/in/../api/me"),
        receiver.url("/in/%2e%2e/api/me"),
        receiver.url("/in/..%2fapi/me"),
        receiver.url_as("postern.test", "/api/me"),
        receiver.url_as("other.test", "/in/in_0a1b"),
        receiver.url_as("mia@postern.test", "/in/in_0a1b"),
        other_port.url("/in/in_0a1b"),
        other_port.url_as("postern.test", "/in/in_0a1b"),
        "http://metadata.test/in/in_0a1b".to_owned(),
    ] {
        let failure = get(&egress, &url, &short()).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::AddressForbidden, "{url}");
    }
    assert_eq!(
        (receiver.connections(), other_port.connections()),
        (opened, 0)
    );

    // Where an answer points is nobody's business but the caller's, and then judged anew.
    let away = Answer::status(302).header("location", receiver.url("/api/me"));
    receiver.answer(away);
    let answer = get(&egress, &receiver.url("/in/in_0a1b"), &short()).await;
    assert_eq!(answer.unwrap().status, 302);
    let asked = receiver.requests();
    assert!(
        asked.iter().all(|it| it.path().starts_with("/in/")),
        "{asked:?}"
    );
}

#[tokio::test]
async fn the_server_itself_stays_shut_where_its_network_is_open() {
    let receiver = Receiver::start();
    let rules = vec!["127.0.0.0/8".parse().expect("a rule")];
    let policy = AddressPolicy::public("egress.webhooks.allow").allow(rules);
    let doorways = vec![Doorway::below(&receiver.url("/").parse().unwrap(), "in").unwrap()];
    let own = policy.clone().except(receiver.address());
    let egress = Egress::new(EgressConfig::new(own))
        .with_doorways(doorways, Egress::new(EgressConfig::new(policy)));
    assert!(get(&egress, &receiver.url("/in/x"), &short()).await.is_ok());
    let failure = get(&egress, &receiver.url("/api"), &short())
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::AddressForbidden);
    assert!(failure.to_string().contains("itself listens"), "{failure}");
}
