//! Where collections, environments and data come from: files, URLs, standard input.

use std::borrow::Cow;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use postern_collection::MAX_BYTES;
use postern_egress::{Egress, Limits, Request};
use tokio::sync::oneshot;
use url::Url;
use uuid::Uuid;

/// Where Postman answers.
const POSTMAN: &str = "https://api.getpostman.com";

/// Reads what a run is made of.
pub(super) struct Sources {
    egress: Egress,
    /// The key of the Postman API.
    key: Option<String>,
}

impl Sources {
    pub(super) fn new(egress: Egress, key: Option<String>) -> Self {
        Self { egress, key }
    }

    /// A collection: a file, a URL, standard input, or with a key its uid at Postman.
    pub(super) async fn collection(&self, place: &str) -> anyhow::Result<Vec<u8>> {
        self.read(&self.at_postman(place, "collections")).await
    }

    /// An environment or globals, from the same places.
    pub(super) async fn environment(&self, place: &str) -> anyhow::Result<Vec<u8>> {
        self.read(&self.at_postman(place, "environments")).await
    }

    /// A file, a URL, or standard input (`-`).
    pub(super) async fn read(&self, place: &str) -> anyhow::Result<Vec<u8>> {
        if is_url(place) {
            fetch(place, &self.egress, self.key.as_deref()).await
        } else {
            read_here(place).await
        }
    }

    /// The address at Postman of what looks like a uid and is no file, where there is a key to ask with.
    fn at_postman<'a>(&self, place: &'a str, kind: &str) -> Cow<'a, str> {
        if self.key.is_some() && is_uid(place) && !Path::new(place).exists() {
            format!("{POSTMAN}/{kind}/{place}").into()
        } else {
            place.into()
        }
    }
}

async fn read_here(place: &str) -> anyhow::Result<Vec<u8>> {
    // A terminal or a pipe may keep us waiting for ever. On a thread of its own that stops nobody from stopping us.
    let (hand_over, bytes) = oneshot::channel();
    let here = place.to_owned();
    std::thread::Builder::new()
        .spawn(move || {
            // Nobody waits any more when the run was stopped.
            let _ = hand_over.send(read_now(&here));
        })
        .context("start a thread")?;
    bytes.await.with_context(|| format!("read {place}"))?
}

fn read_now(place: &str) -> anyhow::Result<Vec<u8>> {
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

async fn fetch(place: &str, egress: &Egress, key: Option<&str>) -> anyhow::Result<Vec<u8>> {
    let mut url = place
        .parse::<Url>()
        .with_context(|| format!("understand the URL {}", named(place)))?;
    let origin = url.origin();
    for _ in 0..10 {
        let mut request = Request::new("GET", url.clone()).header("accept", "application/json");
        // Another host than the one that was asked for has no business with the key.
        if let Some(key) = key.filter(|_| url.origin() == origin) {
            request = request.header("x-api-key", key);
        }
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

/// `<owner>-<uuid>` or a UUID alone, as Postman names things.
fn is_uid(text: &str) -> bool {
    let tail = text.get(text.len().saturating_sub(36)..).unwrap_or("");
    let head = text.strip_suffix(tail).unwrap_or("");
    let owner = head.strip_suffix('-').unwrap_or(head);
    Uuid::try_parse(tail).is_ok()
        && (head.is_empty() || head.ends_with('-'))
        && owner.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_uid;

    #[test]
    fn uids_are_told_from_files() {
        let id = "631643ab-bee4-4b63-a34c-63fbd4e4f0ff";
        assert!(is_uid(id));
        assert!(is_uid(&format!("1059-{id}")));
        for text in [
            "collection.json",
            "",
            "x-631643ab",
            &format!("a-{id}"),
            &format!("1{id}"),
        ] {
            assert!(!is_uid(text), "{text}");
        }
    }
}
