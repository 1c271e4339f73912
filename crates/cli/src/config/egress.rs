//! What may be reached besides public addresses.

use std::net::{IpAddr, SocketAddr};

use postern_egress::AllowRule;

use super::{ConfigError, Layers};

/// The port of name servers.
const DNS: u16 = 53;

/// What may be reached besides public addresses, and how names become addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EgressSettings {
    /// By webhooks.
    pub(crate) webhooks_allow: Vec<AllowRule>,
    /// By monitors.
    pub(crate) monitors_allow: Vec<AllowRule>,
    /// Which name servers are asked; none: the machine's.
    pub(crate) name_servers: Vec<SocketAddr>,
}

impl EgressSettings {
    pub(super) fn of(layers: &Layers) -> Result<Self, ConfigError> {
        Ok(Self {
            webhooks_allow: rules(layers, "egress.webhooks.allow")?,
            monitors_allow: rules(layers, "egress.monitors.allow")?,
            name_servers: name_servers(layers)?,
        })
    }
}

fn listed<'a>(layers: &'a Layers, key: &'static str) -> impl Iterator<Item = &'a str> {
    let texts = layers.text(key).split(',').map(str::trim);
    texts.filter(|text| !text.is_empty())
}

fn name_servers(layers: &Layers) -> Result<Vec<SocketAddr>, ConfigError> {
    let key = "egress.name_servers";
    listed(layers, key)
        .map(|text| {
            let address = text.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, DNS));
            address.or_else(|_| text.parse()).map_err(|_| {
                let expected =
                    "an address (10.0.0.53), or one with a port (10.0.0.53:5353, [fd00::1]:53)";
                layers.wrong(key, format!("{text:?} is not {expected}"))
            })
        })
        .collect()
}

fn rules(layers: &Layers, key: &'static str) -> Result<Vec<AllowRule>, ConfigError> {
    listed(layers, key)
        .map(|rule| {
            let expected =
                "an address (10.0.0.5), a network (10.0.0.0/8) or a host name (hooks.intra)";
            rule.parse()
                .map_err(|_| layers.wrong(key, format!("{rule:?} is not {expected}")))
        })
        .collect()
}
