//! How the requests of a run get to where they go: proxies, certificates of authorities, and certificates of one's own.

mod pattern;

use postern_egress::{ClientIdentity, ExtraRoots, ProxyEnvironment, TlsOptions, Versions, Way};
use url::Url;

pub use pattern::UrlPattern;

/// How the requests of a run get to where they go. By itself: directly, trusting whom the system trusts, and as nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways {
    /// What the environment says of proxies.
    pub proxies: ProxyEnvironment,
    /// Whom to trust besides those that the system trusts.
    pub roots: ExtraRoots,
    /// Who to be where; the first that fits.
    pub certificates: Vec<ClientCertificate>,
}

/// Who to be at these addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCertificate {
    /// The addresses.
    pub matches: Vec<UrlPattern>,
    /// The certificate with its key.
    pub identity: ClientIdentity,
}

impl Ways {
    /// The way to an address; an error says what is wrong with its proxy.
    pub(crate) fn to(&self, url: &Url, versions: Versions) -> Result<Way, String> {
        let proxy = self.proxies.proxy_for(url);
        let fits = |certificate: &&ClientCertificate| {
            certificate.matches.iter().any(|pattern| pattern.fits(url))
        };
        Ok(Way {
            versions,
            proxy: proxy.map_err(|error| error.to_string())?,
            tls: TlsOptions {
                roots: self.roots.clone(),
                identity: self
                    .certificates
                    .iter()
                    .find(fits)
                    .map(|certificate| certificate.identity.clone()),
            },
        })
    }
}
