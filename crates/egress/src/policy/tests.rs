use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use proptest::prelude::*;

use super::*;

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn public() -> AddressPolicy {
    AddressPolicy::public("egress.webhooks.allow")
}

#[test]
fn every_closed_range_is_refused_at_both_ends_and_open_beside_them() {
    let table = [
        ("0.0.0.0/8", Range::ThisNetwork),
        ("10.0.0.0/8", Range::Private10),
        ("100.64.0.0/10", Range::Shared),
        ("127.0.0.0/8", Range::Loopback),
        ("169.254.0.0/16", Range::LinkLocal),
        ("172.16.0.0/12", Range::Private172),
        ("192.0.0.0/24", Range::ProtocolAssignments),
        ("192.0.2.0/24", Range::Documentation),
        ("192.88.99.0/24", Range::RelayAnycast),
        ("192.168.0.0/16", Range::Private192),
        ("198.18.0.0/15", Range::Benchmarking),
        ("198.51.100.0/24", Range::Documentation),
        ("203.0.113.0/24", Range::Documentation),
        ("224.0.0.0/4", Range::Multicast),
        ("240.0.0.0/5", Range::Reserved),
        ("100::/64", Range::Discard6),
        ("64:ff9b:1::/48", Range::LocalTranslation6),
        ("2001:2::/48", Range::ProtocolAssignments6),
        ("2001:10::/28", Range::ProtocolAssignments6),
        ("2001:db8::/32", Range::Documentation6),
        ("3fff::/20", Range::Documentation6),
        ("5f00::/16", Range::SegmentRouting6),
        ("fc00::/7", Range::UniqueLocal6),
        ("fe80::/10", Range::LinkLocal6),
        ("fec0::/10", Range::SiteLocal6),
        ("ff00::/8", Range::Multicast6),
        ("4000::/3", Range::Unallocated6),
    ];
    for (network, range) in table {
        let network: IpNet = network.parse().unwrap();
        for address in [network.network(), network.broadcast()] {
            assert_eq!(Range::of(address), Some(range), "{address}");
        }
    }
    assert_eq!(Range::of(ip("255.255.255.255")), Some(Range::Broadcast));
    for open in [
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "8.8.8.8",
        "2606:4700::1111",
        "2a00:1450:4001::200e",
        "2001:4860:4860::8888",
        "2001:3::1",
        "2001:4:112::1",
        "2001:200::1",
    ] {
        assert_eq!(Range::of(ip(open)), None, "{open}");
    }
}

#[test]
fn an_address_inside_another_notation_is_judged_by_what_it_is() {
    for (text, range) in [
        ("::ffff:127.0.0.1", Range::Loopback),
        ("::ffff:0:10.1.2.3", Range::Private10),
        ("::192.168.1.1", Range::Private192),
        ("64:ff9b::10.0.0.1", Range::Private10),
        ("64:ff9b::169.254.169.254", Range::Metadata),
        ("2002:7f00:1::", Range::Loopback),
        ("2002:a9fe:a9fe::1", Range::Metadata),
        // Teredo: a private server; then a public server with a private client (all bits flipped).
        ("2001:0:a00:1::1", Range::Private10),
        ("2001:0:808:808::f5ff:fffe", Range::Private10),
        ("2a00::5efe:10.0.0.1", Range::Private10),
        ("2a00::200:5efe:127.0.0.1", Range::Loopback),
        ("::5efe:8.8.8.8", Range::Reserved6),
        ("fe80::5efe:8.8.8.8", Range::LinkLocal6),
        ("::", Range::Unspecified6),
        ("::1", Range::Loopback6),
        ("::2", Range::ThisNetwork),
    ] {
        assert_eq!(Range::of(ip(text)), Some(range), "{text}");
    }
    for text in [
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "2001:0:808:808::f7f7:f7f7",
    ] {
        assert_eq!(Range::of(ip(text)), None, "{text}");
    }
}

#[test]
fn metadata_stays_shut_unless_it_is_named_itself() {
    let metadata = ip("169.254.169.254");
    for rules in [
        vec!["169.254.0.0/16"],
        vec!["0.0.0.0/0"],
        vec!["metadata.intra"],
    ] {
        let policy = public().allow(rules.iter().map(|rule| rule.parse().unwrap()).collect());
        assert_eq!(
            policy.judge_for("metadata.intra", metadata),
            Verdict::Forbidden(Range::Metadata),
            "{rules:?}"
        );
    }
    let named = public().allow(vec!["169.254.169.254".parse().unwrap()]);
    assert!(named.judge(metadata).allows());
    assert!(named.judge(ip("::ffff:169.254.169.254")).allows());
    assert!(!named.judge(ip("169.254.170.2")).allows());
}

#[test]
fn a_host_rule_opens_that_host_and_no_other() {
    let policy = public().allow(vec!["Hooks.Intra".parse().unwrap()]);
    assert!(policy.judge_for("hooks.intra", ip("10.0.0.5")).allows());
    assert!(policy.judge_for("hooks.intra.", ip("10.0.0.5")).allows());
    assert!(!policy.judge_for("other.intra", ip("10.0.0.5")).allows());
    assert!(!policy.judge(ip("10.0.0.5")).allows());
}

#[test]
fn a_mixed_answer_is_refused_whole_and_the_message_says_what_to_do() {
    let refusal = public()
        .vet("hooks.example", &[ip("93.184.216.34"), ip("10.0.0.5")])
        .unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "hooks.example stands for 10.0.0.5, which is a private address (10.0.0.0/8); \
         egress.webhooks.allow opens it, by address, network or host name"
    );
    let literal = public()
        .vet("169.254.169.254", &[ip("169.254.169.254")])
        .unwrap_err();
    assert_eq!(
        literal.to_string(),
        "169.254.169.254 is a cloud metadata address; only egress.webhooks.allow with this very address opens it"
    );
}

#[test]
fn a_rule_is_an_address_a_network_or_a_name_and_nothing_else() {
    for (text, shown) in [
        ("10.0.0.5", "10.0.0.5"),
        ("10.1.2.3/8", "10.0.0.0/8"),
        ("[::1]", "::1"),
        ("fd00::/8", "fd00::/8"),
        (" hooks.intra ", "hooks.intra"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("localhost", "localhost"),
    ] {
        assert_eq!(
            text.parse::<AllowRule>().unwrap().to_string(),
            shown,
            "{text}"
        );
    }
    for text in [
        "",
        "10.0.0.0/33",
        "http://hooks",
        "hooks intra",
        "0x7f.1",
        "*.intra",
        "10.0.0",
        ".",
    ] {
        assert!(text.parse::<AllowRule>().is_err(), "{text}");
    }
}

#[test]
fn a_policy_that_allows_anything_does() {
    let policy = AddressPolicy::anything();
    assert!(
        policy
            .vet("localhost", &[ip("127.0.0.1"), ip("169.254.169.254")])
            .is_ok()
    );
}

proptest! {
    #[test]
    fn no_notation_of_a_closed_ipv4_address_is_open(bits: u32, prefix: u64) {
        let v4 = Ipv4Addr::from_bits(bits);
        let flipped = u128::from(!bits);
        let closed = Range::of(IpAddr::V4(v4)).is_some();
        let bits = u128::from(bits);
        let notations = [
            bits,
            (0xffff << 32) | bits,
            (0xffff << 48) | bits,
            (0x0064_ff9b << 96) | bits,
            (0x2002 << 112) | (bits << 80) | u128::from(prefix & 0xffff),
            (0x2001_0000_0808_0808 << 64) | flipped,
            (0x2001_0000 << 96) | (bits << 64) | u128::from(!0x0808_0808_u32),
            (u128::from(prefix) << 64) | (0x5efe << 32) | bits,
            (u128::from(prefix) << 64) | (0x0200_5efe << 32) | bits,
        ];
        for v6 in notations.map(Ipv6Addr::from_bits) {
            if closed {
                prop_assert!(Range::of(IpAddr::V6(v6)).is_some(), "{v6} hides {v4}");
            }
        }
        // The mapped form is the very same address.
        prop_assert_eq!(Range::of(IpAddr::V4(v4)), Range::of(IpAddr::V6(v4.to_ipv6_mapped())));
    }

    #[test]
    fn a_rule_opens_no_address_outside_its_network(bits: u32, network: u32, length in 1u8..=32) {
        let rule = IpNet::new(IpAddr::V4(Ipv4Addr::from_bits(network)), length).unwrap();
        let policy = public().allow(vec![AllowRule::Network(rule)]);
        let address = IpAddr::V4(Ipv4Addr::from_bits(bits));
        if !rule.contains(&address) {
            prop_assert_eq!(policy.judge(address), public().judge(address));
        }
    }

    #[test]
    fn what_is_outside_global_unicast_is_never_open_unless_it_embeds(bits: u128) {
        let v6 = Ipv6Addr::from_bits(bits);
        if !(0x2000..=0x3fff).contains(&v6.segments()[0]) && v6.segments()[0] > 0x00ff {
            prop_assert!(Range::of(IpAddr::V6(v6)).is_some());
        }
    }
}
