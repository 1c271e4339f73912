//! Certificates: whom to believe, and who we are. Whether they can be read is for those to say who know TLS.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::InvalidConfig;

/// The most bytes of one PEM text.
const MAX_PEM_BYTES: usize = 64 * 1024;

/// Certificates for one receiver, as PEM.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReceiverTls {
    /// Whom to believe besides those whom the system believes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca: Option<String>,
    /// What we show if the receiver asks who we are: our certificate, and then those that lead to its root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// The key to our certificate, not encrypted; secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

impl ReceiverTls {
    pub(super) fn check(&self) -> Result<(), InvalidConfig> {
        for (field, text, begins) in [
            ("ca", &self.ca, "-----BEGIN "),
            ("certificate", &self.certificate, "-----BEGIN CERTIFICATE"),
            ("key", &self.key, "-----BEGIN "),
        ] {
            let Some(text) = text else { continue };
            if text.len() > MAX_PEM_BYTES {
                return Err(wrong(field, "it has more than 64 KiB"));
            }
            if !text.contains(begins) {
                return Err(wrong(field, "it is not PEM (-----BEGIN …)"));
            }
        }
        match (&self.certificate, &self.key) {
            (Some(_), None) => Err(wrong("key", "a certificate needs its key")),
            (None, Some(_)) => Err(wrong("certificate", "a key needs its certificate")),
            _ => Ok(()),
        }
    }
}

fn wrong(field: &'static str, problem: &'static str) -> InvalidConfig {
    InvalidConfig::Tls { field, problem }
}

impl fmt::Debug for ReceiverTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiverTls").finish_non_exhaustive()
    }
}
