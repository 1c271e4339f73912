//! Which way a request takes: straight, read along by a proxy, or through a tunnel.

use http::{HeaderValue, Uri};

use super::Proxy;
use crate::failure::{FailureKind, Fault};
use crate::policy::AddressPolicy;
use crate::request::Request;
use crate::target::Target;
use crate::way::Way;

const AUTHORIZATION: &str = "Proxy-Authorization";

/// Which way a request takes.
#[derive(Debug, Clone)]
pub(crate) enum Route {
    /// Straight to the target.
    Straight,
    /// To a proxy, which reads the whole request and asks the target itself.
    Read(Proxy),
    /// Through a proxy that only passes bytes on.
    Tunnel {
        proxy: Proxy,
        /// Who asks, since some proxies let in programs by name.
        user_agent: Option<String>,
    },
}

impl Route {
    /// Chooses the route, and prepares request and target for it. A request that a proxy reads names the whole URL and
    /// brings the proxy's credentials along; on all other ways these are none of the target's business.
    pub(crate) fn of(
        way: &Way,
        policy: &AddressPolicy,
        request: &mut Request,
        target: &mut Target,
    ) -> Result<Self, Fault> {
        let Some(proxy) = way.proxy.clone() else {
            return Ok(Self::Straight);
        };
        let own = request
            .headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(AUTHORIZATION))
            .map(|(_, value)| value.clone());
        // Who reads along looks the name up as well, so that is only for where any address will do.
        let read = !target.tls && !proxy.0.tunnel && !proxy.is_socks() && policy.is_open();
        if read {
            if own.is_none()
                && let Some(authorization) = proxy.authorization()
            {
                let header = (AUTHORIZATION.to_owned(), authorization);
                request.headers.push(header);
            }
            target.path = absolute(target)?;
            return Ok(Self::Read(proxy));
        }
        if proxy.is_socks() {
            return Ok(Self::Tunnel {
                proxy,
                user_agent: None,
            });
        }
        request
            .headers
            .retain(|(name, _)| !name.eq_ignore_ascii_case(AUTHORIZATION));
        let user_agent = request
            .headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("user-agent"))
            .map(|(_, value)| value.clone());
        for (name, value) in [(AUTHORIZATION, &own), ("User-Agent", &user_agent)] {
            if value
                .as_ref()
                .is_some_and(|value| HeaderValue::from_str(value).is_err())
            {
                let message = format!("the value of the header {name} can't be sent");
                return Err(Fault::new(FailureKind::InvalidRequest, message));
            }
        }
        let proxy = match own {
            Some(own) => proxy.authorized(own),
            None => proxy,
        };
        Ok(Self::Tunnel { proxy, user_agent })
    }

    /// The way with what the request itself brought along for the proxy: who is let in differently shares no connection.
    pub(crate) fn way(&self, way: &Way) -> Way {
        match self {
            Self::Straight => way.clone(),
            Self::Read(proxy) | Self::Tunnel { proxy, .. } => Way {
                proxy: Some(proxy.clone()),
                ..way.clone()
            },
        }
    }
}

fn absolute(target: &Target) -> Result<Uri, Fault> {
    let whole = format!("http://{}{}", target.authority, target.path);
    Uri::try_from(whole).map_err(|error| {
        let message = "the URL can't be sent to a proxy";
        Fault::new(FailureKind::InvalidUrl, message).because(error)
    })
}
