//! Ways out of the house: who may reach what.

use std::net::SocketAddr;
use std::sync::Arc;

use postern_egress::{AddressPolicy, AllowRule, Doorway, Egress, EgressConfig, SystemResolver};
use url::Url;

/// What inboxes' addresses begin with, below where the server is.
const INBOXES: &str = "in";

/// Makes ways out that ask the same name servers.
pub(crate) struct WaysOut {
    resolver: Arc<SystemResolver>,
}

impl WaysOut {
    /// Ways out that ask these name servers; none: the machine's.
    pub(crate) fn asking(name_servers: Vec<SocketAddr>) -> Self {
        Self {
            resolver: Arc::new(SystemResolver::asking(name_servers)),
        }
    }

    /// One with this policy.
    pub(crate) fn with(&self, policy: AddressPolicy) -> Egress {
        let resolver = self.resolver.clone();
        Egress::new(EgressConfig::new(policy).with_resolver(resolver))
    }

    /// That of monitors and sources.
    pub(crate) fn of_monitors(&self, allow: Vec<AllowRule>) -> Egress {
        self.with(AddressPolicy::public("egress.monitors.allow").allow(allow))
    }

    /// That of webhooks. An integration that told its own server of what it told would never end, so that is shut; the server's own
    /// inboxes tell nothing on, and are open: where people reach the server, and where it listens.
    pub(crate) fn of_webhooks(
        &self,
        allow: Vec<AllowRule>,
        address: SocketAddr,
        public_url: &Url,
    ) -> Egress {
        let listening = Url::parse(&format!("http://{address}")).ok();
        let doorways: Vec<Doorway> = [Some(public_url), listening.as_ref()]
            .into_iter()
            .flatten()
            .filter_map(|base| Doorway::below(base, INBOXES))
            .collect();
        let mut beside = allow.clone();
        beside.extend(doorways.iter().filter_map(Doorway::rule));
        let policy = |allow| AddressPolicy::public("egress.webhooks.allow").allow(allow);
        self.with(policy(allow).except(address))
            .with_doorways(doorways, self.with(policy(beside)))
    }
}

#[cfg(test)]
mod tests {
    use postern_egress::testing::Receiver;
    use postern_egress::{FailureKind, Limits, Request};

    use super::*;

    #[tokio::test]
    async fn inboxes_are_open_where_people_reach_the_server_and_where_it_listens() {
        let receiver = Receiver::start();
        let port = receiver.address().port();
        // Nothing listens there: a connection that is refused by nobody but the machine was let out.
        let public = format!("http://127.0.0.2:{port}/below");
        let ways = WaysOut::asking(Vec::new());
        let url = public.parse().unwrap();
        let egress = ways.of_webhooks(Vec::new(), receiver.address(), &url);
        for (url, expected) in [
            (receiver.url("/in/x"), None),
            (format!("{public}/in/x"), Some(FailureKind::ConnectRefused)),
            (
                receiver.url("/below/in/x"),
                Some(FailureKind::AddressForbidden),
            ),
            (receiver.url("/api/me"), Some(FailureKind::AddressForbidden)),
            (
                format!("http://127.0.0.2:{port}/in/x"),
                Some(FailureKind::AddressForbidden),
            ),
            (
                format!("{public}/api/me"),
                Some(FailureKind::AddressForbidden),
            ),
        ] {
            let request = Request::new("POST", url.parse().unwrap());
            let sent = egress.send(request, &Limits::WEBHOOK).await;
            assert_eq!(sent.err().map(|it| it.kind), expected, "{url}");
        }
        let monitors = ways.of_monitors(Vec::new());
        let request = Request::new("POST", receiver.url("/in/x").parse().unwrap());
        let refused = monitors.send(request, &Limits::WEBHOOK).await.unwrap_err();
        assert_eq!(refused.kind, FailureKind::AddressForbidden);
    }
}
