//! What may be reached besides public addresses.

use postern_egress::AllowRule;

use super::{ConfigError, Layers};

/// What may be reached besides public addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EgressSettings {
    /// By webhooks.
    pub(crate) webhooks_allow: Vec<AllowRule>,
    /// By monitors.
    pub(crate) monitors_allow: Vec<AllowRule>,
}

impl EgressSettings {
    pub(super) fn of(layers: &Layers) -> Result<Self, ConfigError> {
        Ok(Self {
            webhooks_allow: rules(layers, "egress.webhooks.allow")?,
            monitors_allow: rules(layers, "egress.monitors.allow")?,
        })
    }
}

fn rules(layers: &Layers, key: &'static str) -> Result<Vec<AllowRule>, ConfigError> {
    layers
        .text(key)
        .split(',')
        .map(str::trim)
        .filter(|rule| !rule.is_empty())
        .map(|rule| {
            let expected =
                "an address (10.0.0.5), a network (10.0.0.0/8) or a host name (hooks.intra)";
            rule.parse()
                .map_err(|_| layers.wrong(key, format!("{rule:?} is not {expected}")))
        })
        .collect()
}
