//! Certificates that aren't accepted, and why.

use rustls::CertificateError;
use rustls::pki_types::{CertificateDer, UnixTime};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;

/// Why a server's certificate is not accepted, as finely as OpenSSL and Node tell it.
///
/// People search for Node's codes and sentences, and newman prints them; [`code`](Self::code) and
/// [`node_words`](Self::node_words) are those. The sentence for ourselves is the `Display`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFault {
    /// It is signed by itself, and it is not among those trusted.
    #[error("it is signed by itself, and is not among those that are trusted")]
    SelfSigned,
    /// The last one of its chain is signed by itself, and is not among those trusted.
    #[error("the root of its chain is not among those that are trusted")]
    SelfSignedInChain,
    /// It came alone, and who signed it is not known.
    #[error("nobody who is trusted has signed it, and it came without its chain")]
    LeafUnverified,
    /// It came with a chain that ends before anybody trusted.
    #[error("nobody who is trusted has signed its chain")]
    IssuerUnknown,
    /// It has expired.
    #[error("it has expired")]
    Expired,
    /// It is not valid yet.
    #[error("it is not valid yet")]
    NotYetValid,
    /// It is for other names.
    #[error("it is for another name")]
    OtherName {
        /// What was asked for.
        host: String,
        /// What it is for: `DNS:example.com`, `IP Address:192.0.2.1`.
        names: Vec<String>,
    },
    /// It was revoked.
    #[error("it has been revoked")]
    Revoked,
    /// Something else, in the words of who found it.
    #[error("{0}")]
    Other(String),
}

impl CertificateFault {
    /// The code that Node gives such an error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SelfSigned => "DEPTH_ZERO_SELF_SIGNED_CERT",
            Self::SelfSignedInChain => "SELF_SIGNED_CERT_IN_CHAIN",
            Self::LeafUnverified => "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
            Self::IssuerUnknown => "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
            Self::Expired => "CERT_HAS_EXPIRED",
            Self::NotYetValid => "CERT_NOT_YET_VALID",
            Self::OtherName { .. } => "ERR_TLS_CERT_ALTNAME_INVALID",
            Self::Revoked => "CERT_REVOKED",
            Self::Other(_) => "CERT_REJECTED",
        }
    }

    /// The message that Node gives such an error, and that newman prints.
    pub fn node_words(&self) -> String {
        match self {
            Self::SelfSigned => "self-signed certificate".to_owned(),
            Self::SelfSignedInChain => "self-signed certificate in certificate chain".to_owned(),
            Self::LeafUnverified => "unable to verify the first certificate".to_owned(),
            Self::IssuerUnknown => "unable to get local issuer certificate".to_owned(),
            Self::Expired => "certificate has expired".to_owned(),
            Self::NotYetValid => "certificate is not yet valid".to_owned(),
            Self::OtherName { host, names } => other_name(host, names),
            Self::Revoked => "certificate revoked".to_owned(),
            Self::Other(_) => "certificate rejected".to_owned(),
        }
    }

    /// What is wrong with a certificate that did not pass for `why`. Time comes before trust: of one that is neither in
    /// time nor trusted, OpenSSL tells the time.
    pub(super) fn of(
        why: &CertificateError,
        host: &str,
        leaf: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Self {
        let Ok((_, parsed)) = X509Certificate::from_der(leaf) else {
            return Self::Other(why.to_string());
        };
        if let Some(untimely) = untimely(&parsed, now) {
            return untimely;
        }
        match why {
            CertificateError::UnknownIssuer => untrusted(&parsed, chain),
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Self::NotYetValid
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Self::OtherName {
                    host: host.to_owned(),
                    names: names(&parsed),
                }
            }
            CertificateError::Revoked => Self::Revoked,
            other => Self::Other(other.to_string()),
        }
    }
}

/// What the time of day has against the certificate.
pub(super) fn untimely(leaf: &X509Certificate<'_>, now: UnixTime) -> Option<CertificateFault> {
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    let validity = leaf.validity();
    if now < validity.not_before.timestamp() {
        Some(CertificateFault::NotYetValid)
    } else if now > validity.not_after.timestamp() {
        Some(CertificateFault::Expired)
    } else {
        None
    }
}

/// Walks the chain that came along, from the leaf up, to see where it ends.
fn untrusted(leaf: &X509Certificate<'_>, chain: &[CertificateDer<'_>]) -> CertificateFault {
    if leaf.issuer() == leaf.subject() {
        return CertificateFault::SelfSigned;
    }
    let others: Vec<_> = chain
        .iter()
        .filter_map(|der| Some(X509Certificate::from_der(der).ok()?.1))
        .collect();
    let mut last = leaf;
    // A chain that goes in circles has an end here as well.
    for _ in 0..others.len() {
        let Some(next) = others.iter().find(|other| other.subject() == last.issuer()) else {
            break;
        };
        if next.issuer() == next.subject() {
            return CertificateFault::SelfSignedInChain;
        }
        last = next;
    }
    let alone = std::ptr::eq(last, leaf);
    if alone {
        CertificateFault::LeafUnverified
    } else {
        CertificateFault::IssuerUnknown
    }
}

/// The names that a certificate is for, as Node lists them.
fn names(leaf: &X509Certificate<'_>) -> Vec<String> {
    use x509_parser::extensions::GeneralName;
    let Ok(Some(extension)) = leaf.subject_alternative_name() else {
        return Vec::new();
    };
    let names = extension.value.general_names.iter();
    names
        .filter_map(|name| match name {
            GeneralName::DNSName(name) => Some(format!("DNS:{name}")),
            GeneralName::IPAddress(bytes) => {
                let address = match bytes.len() {
                    4 => std::net::IpAddr::from(<[u8; 4]>::try_from(*bytes).ok()?),
                    _ => std::net::IpAddr::from(<[u8; 16]>::try_from(*bytes).ok()?),
                };
                Some(format!("IP Address:{address}"))
            }
            _ => None,
        })
        .collect()
}

fn other_name(host: &str, names: &[String]) -> String {
    let reason = if host.parse::<std::net::IpAddr>().is_ok() {
        let addresses: Vec<_> = names
            .iter()
            .filter_map(|name| name.strip_prefix("IP Address:"))
            .collect();
        format!(
            "IP: {host} is not in the cert's list: {}",
            addresses.join(", ")
        )
    } else if names.is_empty() {
        "Cert does not contain a DNS name".to_owned()
    } else {
        format!(
            "Host: {host}. is not in the cert's altnames: {}",
            names.join(", ")
        )
    };
    format!("Hostname/IP does not match certificate's altnames: {reason}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_do_not_fit_are_told_as_node_tells_them() {
        let names = ["DNS:a.test".to_owned(), "IP Address:192.0.2.7".to_owned()];
        for (host, expected) in [
            (
                "b.test",
                "Host: b.test. is not in the cert's altnames: DNS:a.test, IP Address:192.0.2.7",
            ),
            (
                "192.0.2.8",
                "IP: 192.0.2.8 is not in the cert's list: 192.0.2.7",
            ),
        ] {
            let fault = CertificateFault::OtherName {
                host: host.to_owned(),
                names: names.to_vec(),
            };
            assert_eq!(
                fault.node_words(),
                format!("Hostname/IP does not match certificate's altnames: {expected}")
            );
        }
    }
}
