//! How an integration's requests go: whom they believe, and who they say we are.

use postern_egress::{ClientIdentity, ExtraRoots, Versions, Way, certificates_from_pem};
use postern_model::Integration;

/// The way of an integration's requests; an error where its certificates can't be read.
pub(crate) fn way(integration: &Integration) -> Result<Way, String> {
    let mut way = Way {
        versions: Versions::Auto,
        ..Way::default()
    };
    let Some(tls) = &integration.config.tls else {
        return Ok(way);
    };
    if let Some(ca) = &tls.ca {
        let roots = certificates_from_pem(ca.as_bytes()).map_err(|error| error.to_string())?;
        way.tls.roots = ExtraRoots::new(roots);
    }
    if let (Some(certificate), Some(key)) = (&tls.certificate, &tls.key) {
        let identity = ClientIdentity::from_pem(certificate.as_bytes(), key.as_bytes(), None)
            .map_err(|error| error.to_string())?;
        way.tls.identity = Some(identity);
    }
    Ok(way)
}
