//! Egress against real sockets on the loopback interface.

mod addresses;
mod answers;
mod client_certificates;
mod connections;
mod dialing;
mod faults;
mod http2;
mod node;
mod proxies;
mod tls;
mod typed;

use std::sync::Arc;
use std::time::Duration;

use postern_egress::testing::FixedNames;
use postern_egress::{
    AddressPolicy, Egress, EgressConfig, Exchange, Failure, Limits, Request, check_url,
};

const PATIENCE: Duration = Duration::from_secs(10);

/// A way out that may reach this machine and knows no name.
fn open() -> Egress {
    Egress::new(
        EgressConfig::new(AddressPolicy::anything()).with_resolver(Arc::new(FixedNames::new())),
    )
}

/// Limits that fail a test before its patience ends.
fn short() -> Limits {
    Limits::WHOLE.with_deadline(Duration::from_millis(700))
}

async fn get(egress: &Egress, url: &str, limits: &Limits) -> Result<Exchange, Failure> {
    egress
        .send(Request::new("GET", check_url(url).expect("a URL")), limits)
        .await
}
