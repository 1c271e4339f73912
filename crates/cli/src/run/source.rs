//! Where collections, environments and data come from: files, URLs, standard input.

use std::io::Read as _;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use postern_collection::MAX_BYTES;
use postern_egress::{Egress, Limits, Request};
use tokio::sync::oneshot;

/// Reads a file, a URL, or standard input (`-`).
pub(super) async fn read(place: &str, egress: &Egress) -> anyhow::Result<Vec<u8>> {
    if is_url(place) {
        return fetch(place, egress).await;
    }
    // A terminal or a pipe may keep us waiting for ever. On a thread of its own that stops nobody from stopping us.
    let (hand_over, bytes) = oneshot::channel();
    let here = place.to_owned();
    std::thread::Builder::new()
        .spawn(move || {
            // Nobody waits any more when the run was stopped.
            let _ = hand_over.send(read_here(&here));
        })
        .context("start a thread")?;
    bytes.await.with_context(|| format!("read {place}"))?
}

fn read_here(place: &str) -> anyhow::Result<Vec<u8>> {
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
    match std::fs::read(place) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!("read {place}: there is no such file (a file, a URL or - is expected)")
        }
        Err(error) => Err(error).with_context(|| format!("read {place}")),
    }
}

fn is_url(place: &str) -> bool {
    place.starts_with("http://") || place.starts_with("https://")
}

/// The place as it may be told: an address without its query, which may carry a key.
pub(super) fn named(place: &str) -> &str {
    match place.split_once('?') {
        Some((address, _)) if is_url(place) => address,
        _ => place,
    }
}

async fn fetch(place: &str, egress: &Egress) -> anyhow::Result<Vec<u8>> {
    let mut url = place
        .parse::<url::Url>()
        .with_context(|| format!("understand the URL {}", named(place)))?;
    for _ in 0..10 {
        let request = Request::new("GET", url.clone()).header("accept", "application/json");
        let limits = Limits {
            max_body: MAX_BYTES,
            ..Limits::WHOLE.with_deadline(Duration::from_mins(1))
        };
        let answer = egress
            .send(request, &limits)
            .await
            .with_context(|| format!("fetch {}", named(url.as_str())))?;
        if let (300..=399, Some(location)) = (answer.status, answer.header("location")) {
            url = url
                .join(location)
                .with_context(|| format!("follow the redirect to {}", named(location)))?;
            continue;
        }
        ensure!(
            answer.is_success(),
            "fetch {}: it answered {} {}",
            named(url.as_str()),
            answer.status,
            String::from_utf8_lossy(&answer.body)
                .chars()
                .take(300)
                .collect::<String>()
        );
        return Ok(answer.body.to_vec());
    }
    bail!("fetch {}: too many redirects", named(place))
}
