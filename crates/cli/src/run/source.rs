//! Where collections, environments and data come from: files, URLs, standard input.

use std::io::Read as _;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use postern_collection::MAX_BYTES;
use postern_egress::{Egress, Limits, Request};

/// Reads a file, a URL, or standard input (`-`).
pub(super) async fn read(place: &str, egress: &Egress) -> anyhow::Result<Vec<u8>> {
    if place == "-" {
        let mut bytes = Vec::new();
        let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX) + 1;
        std::io::stdin()
            .lock()
            .take(most)
            .read_to_end(&mut bytes)
            .context("read standard input")?;
        return Ok(bytes);
    }
    if place.starts_with("http://") || place.starts_with("https://") {
        return fetch(place, egress).await;
    }
    match std::fs::read(place) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!("read {place}: there is no such file (a file, a URL or - is expected)")
        }
        Err(error) => Err(error).with_context(|| format!("read {place}")),
    }
}

async fn fetch(place: &str, egress: &Egress) -> anyhow::Result<Vec<u8>> {
    let mut url = place
        .parse::<url::Url>()
        .with_context(|| format!("understand the URL {place}"))?;
    for _ in 0..10 {
        let request = Request::new("GET", url.clone()).header("accept", "application/json");
        let limits = Limits {
            max_body: MAX_BYTES,
            ..Limits::WHOLE.with_deadline(Duration::from_mins(1))
        };
        let answer = egress
            .send(request, &limits)
            .await
            .with_context(|| format!("fetch {}", shown(&url)))?;
        if let (300..=399, Some(location)) = (answer.status, answer.header("location")) {
            url = url
                .join(location)
                .with_context(|| format!("follow the redirect to {location}"))?;
            continue;
        }
        ensure!(
            answer.is_success(),
            "fetch {}: it answered {} {}",
            shown(&url),
            answer.status,
            String::from_utf8_lossy(&answer.body)
                .chars()
                .take(300)
                .collect::<String>()
        );
        return Ok(answer.body.to_vec());
    }
    bail!("fetch {place}: too many redirects")
}

/// An address without its query, which may carry a key.
fn shown(url: &url::Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.to_string()
}
