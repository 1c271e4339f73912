//! Rules that open a closed range: an address, a network, or a host by name.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

use super::Range;

/// One thing that configuration opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AllowRule {
    /// The addresses of a network; of a single address if the network is that small.
    Network(IpNet),
    /// Whatever a host of this name stands for, metadata addresses excepted.
    Host(String),
}

/// A rule that can't be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "failed to understand {0:?}: a rule is an address (10.0.0.5), a network (10.0.0.0/8) or a host name (hooks.intra)"
)]
pub struct InvalidRule(String);

impl FromStr for AllowRule {
    type Err = InvalidRule;

    fn from_str(text: &str) -> Result<Self, InvalidRule> {
        let text = text.trim();
        let bare = text
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
            .unwrap_or(text);
        if let Ok(address) = bare.parse::<IpAddr>() {
            return Ok(Self::Network(IpNet::from(address)));
        }
        if let Ok(network) = bare.parse::<IpNet>() {
            return Ok(Self::Network(network.trunc()));
        }
        // The URL parser is what hosts of requests go through, so the rule takes the same way: punycode, lower case,
        // and no digits that are an address in disguise.
        match url::Host::parse(text) {
            Ok(url::Host::Domain(name)) if is_host_name(&name) => {
                Ok(Self::Host(name.trim_end_matches('.').to_owned()))
            }
            _ => Err(InvalidRule(text.to_owned())),
        }
    }
}

fn is_host_name(name: &str) -> bool {
    name.chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        && !name.trim_end_matches('.').is_empty()
}

impl fmt::Display for AllowRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network(network) if network.prefix_len() == network.max_prefix_len() => {
                network.addr().fmt(f)
            }
            Self::Network(network) => network.fmt(f),
            Self::Host(name) => f.write_str(name),
        }
    }
}

impl AllowRule {
    /// Whether the rule opens `address`, in `range`, for a URL that names `host`.
    pub(super) fn opens(&self, host: &str, address: IpAddr, range: Range) -> bool {
        match self {
            Self::Network(network) => {
                let metadata = range == Range::Metadata;
                let single = network.prefix_len() == network.max_prefix_len();
                (single || !metadata)
                    && (network.contains(&address) || network.contains(&address.to_canonical()))
            }
            Self::Host(name) => {
                range != Range::Metadata && host.trim_end_matches('.').eq_ignore_ascii_case(name)
            }
        }
    }
}
