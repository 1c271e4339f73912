//! The address ranges that are not the public internet.
//!
//! The list is the union of what the IANA registries call not globally reachable and of what Svix, Hook0 and Convoy
//! refuse. IPv6 has many ways to write an IPv4 address (mapped, translated, tunnelled); each is judged by every
//! IPv4 address that it holds, and then by its own prefix.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

macro_rules! ranges {
    ($($(#[$doc:meta])* $variant:ident = $words:literal;)+) => {
        /// A range that is closed unless a rule opens it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Range { $($(#[$doc])* $variant),+ }

        impl Range {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The range in words: "a loopback address (127.0.0.0/8)".
            pub fn words(self) -> &'static str {
                match self { $(Self::$variant => $words),+ }
            }
        }
    };
}

ranges! {
    /// Where clouds tell a machine its own credentials. Shut unless a rule names the very address.
    Metadata = "a cloud metadata address";
    /// "This network", among it 0.0.0.0, which many systems take for the machine itself.
    ThisNetwork = "an address of \"this network\" (0.0.0.0/8)";
    /// 10.0.0.0/8.
    Private10 = "a private address (10.0.0.0/8)";
    /// 172.16.0.0/12.
    Private172 = "a private address (172.16.0.0/12)";
    /// 192.168.0.0/16.
    Private192 = "a private address (192.168.0.0/16)";
    /// Carrier-grade NAT.
    Shared = "a shared carrier address (100.64.0.0/10)";
    /// 127.0.0.0/8.
    Loopback = "a loopback address (127.0.0.0/8)";
    /// 169.254.0.0/16.
    LinkLocal = "a link-local address (169.254.0.0/16)";
    /// 192.0.0.0/24.
    ProtocolAssignments = "an address for protocols (192.0.0.0/24)";
    /// The three documentation networks.
    Documentation = "a documentation address (192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24)";
    /// The old 6to4 relay anycast network.
    RelayAnycast = "a 6to4 relay address (192.88.99.0/24)";
    /// 198.18.0.0/15.
    Benchmarking = "a benchmarking address (198.18.0.0/15)";
    /// 224.0.0.0/4.
    Multicast = "a multicast address (224.0.0.0/4)";
    /// 240.0.0.0/4 without the last address.
    Reserved = "a reserved address (240.0.0.0/4)";
    /// 255.255.255.255.
    Broadcast = "the broadcast address (255.255.255.255)";
    /// `::`.
    Unspecified6 = "the unspecified address (::)";
    /// `::1`.
    Loopback6 = "the loopback address (::1)";
    /// What is left of `::/8`.
    Reserved6 = "a reserved address (::/8)";
    /// `64:ff9b:1::/48`, whose embedding only its own network knows.
    LocalTranslation6 = "a local translation address (64:ff9b:1::/48)";
    /// `100::/64`.
    Discard6 = "a discard address (100::/64)";
    /// `2001::/23` but for what is global in it.
    ProtocolAssignments6 = "an address for protocols (2001::/23)";
    /// `2001:db8::/32` and `3fff::/20`.
    Documentation6 = "a documentation address (2001:db8::/32, 3fff::/20)";
    /// `5f00::/16`.
    SegmentRouting6 = "a segment routing address (5f00::/16)";
    /// `fc00::/7`.
    UniqueLocal6 = "a unique local address (fc00::/7)";
    /// `fe80::/10`.
    LinkLocal6 = "a link-local address (fe80::/10)";
    /// `fec0::/10`, long deprecated, still routed inside some houses.
    SiteLocal6 = "a site-local address (fec0::/10)";
    /// `ff00::/8`.
    Multicast6 = "a multicast address (ff00::/8)";
    /// Whatever is outside `2000::/3`, which is all that has been given out.
    Unallocated6 = "an address that nobody was given (outside 2000::/3)";
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

impl Range {
    /// The closed range that holds the address; `None` for a public one.
    pub fn of(address: IpAddr) -> Option<Self> {
        match address {
            IpAddr::V4(address) => of_v4(address),
            IpAddr::V6(address) => of_v6(address),
        }
    }
}

fn of_v4(address: Ipv4Addr) -> Option<Range> {
    Some(match address.octets() {
        // AWS, Google, Azure and most others; AWS tasks and pods; Alibaba; Azure's wire server; Oracle's old one.
        [169, 254, 169, 254]
        | [169, 254, 170, 2 | 23]
        | [100, 100, 100, 200]
        | [168, 63, 129, 16]
        | [192, 0, 0, 192] => Range::Metadata,
        [0, ..] => Range::ThisNetwork,
        [10, ..] => Range::Private10,
        [100, 64..=127, ..] => Range::Shared,
        [127, ..] => Range::Loopback,
        [169, 254, ..] => Range::LinkLocal,
        [172, 16..=31, ..] => Range::Private172,
        [192, 0, 0, _] => Range::ProtocolAssignments,
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Range::Documentation,
        [192, 88, 99, _] => Range::RelayAnycast,
        [192, 168, ..] => Range::Private192,
        [198, 18..=19, ..] => Range::Benchmarking,
        [224..=239, ..] => Range::Multicast,
        [255, 255, 255, 255] => Range::Broadcast,
        [240..=255, ..] => Range::Reserved,
        _ => return None,
    })
}

fn of_v6(address: Ipv6Addr) -> Option<Range> {
    let own = own_range_v6(address);
    // What is written in an address names the trouble better than the notation that it is written in.
    embedded(address)
        .into_iter()
        .flatten()
        .find_map(of_v4)
        .or(own)
}

#[expect(
    clippy::match_same_arms,
    reason = "arms are in the order of the addresses, each with its own why"
)]
fn own_range_v6(address: Ipv6Addr) -> Option<Range> {
    Some(match address.segments() {
        // AWS (instances, pods), Google.
        [0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254 | 0x0023]
        | [0xfd20, 0x00ce, 0, 0, 0, 0, 0, 0x0254] => Range::Metadata,
        [0, 0, 0, 0, 0, 0, 0, 0] => Range::Unspecified6,
        [0, 0, 0, 0, 0, 0, 0, 1] => Range::Loopback6,
        // Mapped, translated and compatible addresses are what they embed, and nothing else.
        [0, 0, 0, 0, 0, 0 | 0xffff, _, _]
        | [0, 0, 0, 0, 0xffff, 0, _, _]
        | [0x0064, 0xff9b, 0, 0, 0, 0, _, _] => return None,
        [0x0064, 0xff9b, 1, ..] => Range::LocalTranslation6,
        [0x0000..=0x00ff, ..] => Range::Reserved6,
        [0x0100, 0, 0, 0, ..] => Range::Discard6,
        // Teredo is judged by what it embeds.
        [0x2001, 0, ..] => return None,
        // The port control and TURN anycasts, DNS-SD, AMT, AS112: global by the registry.
        [0x2001, 1, 0, 0, 0, 0, 0, 1..=3] | [0x2001, 3, ..] | [0x2001, 4, 0x0112, ..] => {
            return None;
        }
        [0x2001, 0x0001..=0x01ff, ..] => Range::ProtocolAssignments6,
        [0x2001, 0x0db8, ..] | [0x3fff, 0x0000..=0x0fff, ..] => Range::Documentation6,
        [0x2000..=0x3fff, ..] => return None,
        [0x5f00, ..] => Range::SegmentRouting6,
        [0xfc00..=0xfdff, ..] => Range::UniqueLocal6,
        [0xfe80..=0xfebf, ..] => Range::LinkLocal6,
        [0xfec0..=0xfeff, ..] => Range::SiteLocal6,
        [0xff00..=0xffff, ..] => Range::Multicast6,
        _ => Range::Unallocated6,
    })
}

/// The IPv4 addresses that an IPv6 address holds. Teredo holds two: its server's and, with all bits flipped, its
/// client's.
fn embedded(address: Ipv6Addr) -> [Option<Ipv4Addr>; 2] {
    let s = address.segments();
    match s {
        // `::` and `::1` are addresses of their own.
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => [None, None],
        // Compatible, mapped, SIIT, NAT64.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x0064, 0xff9b, 0, 0, 0, 0, high, low] => [Some(v4(high, low)), None],
        // Teredo.
        [0x2001, 0, server_high, server_low, _, _, high, low] => {
            [Some(v4(server_high, server_low)), Some(v4(!high, !low))]
        }
        // 6to4; its interface id may be ISATAP's besides.
        [0x2002, high, low, ..] => [Some(v4(high, low)), isatap(s)],
        _ => [isatap(s), None],
    }
}

/// ISATAP, in whatever prefix: `…:0:5efe:a.b.c.d`, or `…:200:5efe:a.b.c.d` for what claims to be global.
fn isatap(segments: [u16; 8]) -> Option<Ipv4Addr> {
    match segments {
        [.., 0x0000 | 0x0200, 0x5efe, high, low] => Some(v4(high, low)),
        _ => None,
    }
}

fn v4(high: u16, low: u16) -> Ipv4Addr {
    let [a, b] = high.to_be_bytes();
    let [c, d] = low.to_be_bytes();
    Ipv4Addr::new(a, b, c, d)
}
