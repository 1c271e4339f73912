//! Proxies and certificates, from the command line, files and the environment.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use postern_egress::{ClientIdentity, ExtraRoots, ProxyEnvironment, certificates_from_pem};
use postern_runner::{ClientCertificate, UrlPattern, Ways};
use serde_json::Value;

use super::args::NetworkArgs;
use crate::config;

/// How the requests of a run get to where they go.
pub(super) fn of(args: &NetworkArgs) -> anyhow::Result<Ways> {
    let mut certificates = match &args.ssl_client_cert_list {
        Some(path) => {
            list(path).with_context(|| format!("read the certificates of {}", path.display()))?
        }
        None => Vec::new(),
    };
    if let Some(path) = &args.ssl_client_cert {
        let passphrase = args.ssl_client_passphrase.as_deref();
        certificates.push(ClientCertificate {
            matches: vec!["<all_urls>".parse()?],
            identity: identity(path, args.ssl_client_key.as_deref(), passphrase)?,
        });
    }
    let environment = config::environment();
    Ok(Ways {
        proxies: ProxyEnvironment::read(|name| environment.get(name)?.to_str().map(str::to_owned)),
        roots: match &args.ssl_extra_ca_certs {
            Some(path) => {
                let certificates = certificates_from_pem(&read(path)?)
                    .with_context(|| format!("read the certificates of {}", path.display()))?;
                ExtraRoots::new(certificates)
            }
            None => ExtraRoots::default(),
        },
        certificates,
    })
}

fn list(path: &Path) -> anyhow::Result<Vec<ClientCertificate>> {
    let value: Value = serde_json::from_slice(&read(path)?)?;
    let entries = value
        .as_array()
        .ok_or_else(|| anyhow!("expected a JSON array"))?;
    // Files are named from where one stands, as with newman.
    let file = |entry: &Value, name: &str| {
        let source = entry[name]["src"].as_str();
        source.filter(|text| !text.is_empty()).map(PathBuf::from)
    };
    let one = |entry: &Value| {
        let matches = entry["matches"].as_array().into_iter().flatten();
        let matches = matches.map(|pattern| Ok(pattern.as_str().unwrap_or_default().parse()?));
        let (certificate, key) = (file(entry, "cert"), file(entry, "key"));
        let certificate = certificate
            .or_else(|| file(entry, "pfx"))
            .ok_or_else(|| anyhow!("expected \"cert\": {{\"src\": \"a file\"}}"))?;
        anyhow::Ok(ClientCertificate {
            matches: matches.collect::<anyhow::Result<Vec<UrlPattern>>>()?,
            identity: identity(&certificate, key.as_deref(), entry["passphrase"].as_str())?,
        })
    };
    let number = |(at, entry)| one(entry).with_context(|| format!("take entry {} of it", at + 1));
    entries.iter().enumerate().map(number).collect()
}

fn identity(
    certificate: &Path,
    key: Option<&Path>,
    passphrase: Option<&str>,
) -> anyhow::Result<ClientIdentity> {
    let bytes = read(certificate)?;
    let pem = bytes.windows(11).any(|window| window == b"-----BEGIN ");
    let identity = match key {
        Some(key) => ClientIdentity::from_pem(&bytes, &read(key)?, passphrase),
        None if pem => ClientIdentity::from_pem(&bytes, &bytes, passphrase),
        None => ClientIdentity::from_pfx(&bytes, passphrase),
    };
    identity.with_context(|| format!("use the certificate {}", certificate.display()))
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("read the file {}", path.display()))
}
