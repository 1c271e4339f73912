//! Nothing reaches a forbidden address, however it is written.

use std::sync::Arc;

use postern_egress::testing::{FixedNames, Receiver};
use postern_egress::{
    AddressPolicy, Egress, EgressConfig, FailureKind, Resolve as _, SystemResolver,
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
