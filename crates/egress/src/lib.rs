#![doc = include_str!("../README.md")]

mod client;
mod connection;
mod connector;
mod dial;
mod doorway;
mod exchange;
mod failure;
mod http1;
mod http2;
mod limit;
mod mail;
mod policy;
mod pool;
mod proxy;
mod request;
mod resolver;
mod stream;
mod target;
#[cfg(feature = "testing")]
pub mod testing;
mod timing;
mod tls;
mod version;
mod way;

pub use client::{Egress, EgressConfig};
pub use dial::{Dial, Dialed, Dialing, InvalidPlace, Place};
pub use doorway::Doorway;
pub use exchange::{Exchange, WireSize};
pub use failure::{Failure, FailureKind};
pub use limit::{Keep, Limits};
pub use mail::{InvalidLetter, Letter, MailExchange, MailSecurity, MailServer};
pub use policy::{AddressPolicy, AllowRule, InvalidRule, Range, Refusal, Verdict};
pub use proxy::{InvalidProxy, Proxy, ProxyEnvironment, ProxyFault};
pub use request::Request;
pub use resolver::{Lookup, Resolve, ResolveError, SystemResolver};
pub use target::{InvalidTarget, check_url};
pub use timing::{Phase, Timings};
pub use tls::{
    Certificate, CertificateFault, ClientIdentity, ExtraRoots, InvalidCertificate, InvalidIdentity,
    TlsOptions, certificates_from_pem,
};
pub use version::{UnknownVersions, Versions};
pub use way::Way;
