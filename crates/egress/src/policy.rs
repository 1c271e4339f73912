//! Which addresses may be connected to.
//!
//! The judgement is pure: no look-up, no socket. It is made twice for each connection, once over every address that
//! a name resolves to and once over the peer that was really reached, so that a name that changes its mind between
//! the two gains nothing.

mod range;
mod rule;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

pub use range::Range;
pub use rule::{AllowRule, InvalidRule};

/// Which addresses may be connected to: public ones, and what rules open.
#[derive(Debug, Clone)]
pub struct AddressPolicy {
    setting: Arc<str>,
    reach: Reach,
    /// Where this program itself listens.
    own: Option<SocketAddr>,
}

#[derive(Debug, Clone)]
enum Reach {
    Anything,
    Public { opened: Arc<[AllowRule]> },
}

/// What the policy says of one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Globally reachable.
    Public,
    /// In a closed range that a rule opens.
    Opened(Range),
    /// In a closed range.
    Forbidden(Range),
}

impl Verdict {
    /// Whether it may be connected to.
    pub fn allows(self) -> bool {
        !matches!(self, Self::Forbidden(_))
    }
}

/// An address that the policy refuses, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Refusal {
    /// The host of the URL.
    pub host: String,
    /// The address that it stands for.
    pub address: IpAddr,
    /// The closed range that holds it.
    pub range: Range,
    /// The setting that opens it.
    pub setting: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            host,
            address,
            range,
            setting,
        } = self;
        if host
            .parse::<IpAddr>()
            .is_ok_and(|literal| literal == *address)
        {
            write!(f, "{address} is {range}")?;
        } else {
            write!(f, "{host} stands for {address}, which is {range}")?;
        }
        if *range == Range::Metadata {
            write!(f, "; only {setting} with this very address opens it")
        } else {
            write!(f, "; {setting} opens it, by address, network or host name")
        }
    }
}

impl AddressPolicy {
    /// Public addresses only. `setting` is the name of the setting that opens more, for the messages.
    pub fn public(setting: impl Into<Arc<str>>) -> Self {
        Self {
            setting: setting.into(),
            reach: Reach::Public {
                opened: Arc::new([]),
            },
            own: None,
        }
    }

    /// Every address there is: for a person's own requests from their own machine.
    pub fn anything() -> Self {
        Self {
            setting: Arc::from(""),
            reach: Reach::Anything,
            own: None,
        }
    }

    /// The same policy with these rules in place of those it had. A policy that allows anything stays as it is.
    #[must_use]
    pub fn allow(mut self, rules: Vec<AllowRule>) -> Self {
        if let Reach::Public { opened } = &mut self.reach {
            *opened = rules.into();
        }
        self
    }

    /// The same policy, which never connects to where this program itself listens: whoever tells itself of what it tells
    /// goes round for ever.
    #[must_use]
    pub fn except(mut self, own: SocketAddr) -> Self {
        self.own = Some(own);
        self
    }

    /// Whether a connection from `local` to `peer` has come to this program itself.
    pub(crate) fn is_own(&self, peer: SocketAddr, local: SocketAddr) -> bool {
        self.own.is_some_and(|own| {
            let here = peer.ip() == local.ip() || peer.ip().is_loopback();
            let listens = peer.ip() == own.ip() || (own.ip().is_unspecified() && here);
            peer.port() == own.port() && listens
        })
    }

    /// Whether no address is closed at all.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.reach, Reach::Anything)
    }

    /// What the policy says of an address that the URL names itself.
    pub fn judge(&self, address: IpAddr) -> Verdict {
        self.judge_for("", address)
    }

    /// What the policy says of an address that `host` stands for.
    pub fn judge_for(&self, host: &str, address: IpAddr) -> Verdict {
        let Some(range) = Range::of(address) else {
            return Verdict::Public;
        };
        match &self.reach {
            Reach::Anything => Verdict::Opened(range),
            Reach::Public { opened } => {
                if opened.iter().any(|rule| rule.opens(host, address, range)) {
                    Verdict::Opened(range)
                } else {
                    Verdict::Forbidden(range)
                }
            }
        }
    }

    /// Refuses `host` if any of its addresses is forbidden: a name with one good and one bad answer is either broken
    /// or hostile, and picking the good one would only hide it.
    pub fn vet(&self, host: &str, addresses: &[IpAddr]) -> Result<(), Refusal> {
        for &address in addresses {
            if let Verdict::Forbidden(range) = self.judge_for(host, address) {
                return Err(Refusal {
                    host: host.to_owned(),
                    address,
                    range,
                    setting: self.setting.to_string(),
                });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
