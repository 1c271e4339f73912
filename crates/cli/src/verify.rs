//! `postern verify`: whether a request that a receiver got was Postern's, and why not.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use postern_model::{Clock as _, Timestamp, signature};

use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::output;

/// What `postern verify` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  POSTERN_SIGNING_SECRET=whsec_… postern verify request.http     the request as it came: head, empty line, body
  postern verify body.json --secret-file secret.txt \\
      -H 'webhook-id: …' -H 'webhook-timestamp: …' -H 'webhook-signature: v1,…'
  postern verify request.http --at 2026-11-27T09:00:00Z           as if it were checked at that time

The secret is the integration's (whsec_…), or one of its public keys (whpk_…) for v1a. Exits with 0 if the signature fits and is
fresh, with 1 if not, and says why.")]
pub(crate) struct VerifyArgs {
    /// The request as it came, or with -H its body alone; - reads from stdin
    file: PathBuf,
    /// A header of the request: then the file is the body alone
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,
    /// The secret, or the public key
    #[arg(long, env = "POSTERN_SIGNING_SECRET", hide_env_values = true)]
    secret: Option<String>,
    /// A file that holds it
    #[arg(long, value_name = "FILE", conflicts_with = "secret")]
    secret_file: Option<PathBuf>,
    /// When it is checked (RFC 3339); now, if not given
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

pub(crate) fn run(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let secret = match (&args.secret, &args.secret_file) {
        (Some(secret), _) => secret.clone(),
        (None, Some(file)) => std::fs::read_to_string(file)
            .with_context(|| format!("read the secret from {}", file.display()))?,
        (None, None) => {
            bail!("know the secret: give it in POSTERN_SIGNING_SECRET or with --secret-file")
        }
    };
    let now = match &args.at {
        Some(text) => Timestamp::parse_rfc3339(text)
            .with_context(|| format!("read the time {text:?}: 2026-11-27T09:00:00Z is one"))?,
        None => SystemClock.now(),
    };
    let bytes = read(&args.file)?;
    let (head, body) = if args.headers.is_empty() {
        split(&bytes).context(
            "read the request: it has no empty line between head and body; with -H the file is the body alone",
        )?
    } else {
        (args.headers.join("\n"), bytes.as_slice())
    };
    let header = |name: &str| {
        value(&head, name).with_context(|| format!("check the request: it has no header {name}"))
    };
    let checked = signature::verify(
        secret.trim(),
        header("webhook-id")?,
        header("webhook-timestamp")?,
        header("webhook-signature")?,
        body,
        now,
    );
    match checked {
        Ok(()) => {
            output::line("The signature fits, and the request is fresh.");
            Ok(Exit::Ok)
        }
        Err(why @ signature::Unverified::Signature) => bail!(
            "verify the request: {why}; it was changed on its way, read and written again (the body's bytes count), or signed with another secret"
        ),
        Err(why @ signature::Unverified::Stale) => {
            bail!("verify the request: {why}; --at checks it as of another time")
        }
        Err(why) => bail!("verify the request: {why}"),
    }
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .context("read the request from stdin")?;
        return Ok(bytes);
    }
    std::fs::read(file).with_context(|| format!("read {}", file.display()))
}

/// The head of a request and its body, with lines that end as HTTP's or as an editor's.
fn split(bytes: &[u8]) -> Option<(String, &[u8])> {
    let find = |end: &[u8]| {
        let at = bytes.windows(end.len()).position(|window| window == end)?;
        Some((at, at + end.len()))
    };
    let (end, begin) = match (find(b"\r\n\r\n"), find(b"\n\n")) {
        (Some(http), Some(editor)) => http.min(editor),
        (http, editor) => http.or(editor)?,
    };
    let head = String::from_utf8_lossy(bytes.get(..end)?).into_owned();
    Some((head, bytes.get(begin..)?))
}

/// The value of the head's first header of that name.
fn value<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_request_is_split_at_its_first_empty_line() {
        for (request, head, body) in [
            (
                "POST / HTTP/1.1\r\na: b\r\n\r\n{}",
                "POST / HTTP/1.1\r\na: b",
                "{}",
            ),
            ("a: b\n\n{}\r\n\r\n", "a: b", "{}\r\n\r\n"),
            ("a: b\r\n\r\n\n\n", "a: b", "\n\n"),
        ] {
            let (found, rest) = split(request.as_bytes()).unwrap();
            assert_eq!((found.as_str(), rest), (head, body.as_bytes()));
        }
        assert_eq!(split(b"a: b"), None);
        assert_eq!(
            value("X: 1\r\nWebhook-ID :  m \r\n", "webhook-id"),
            Some("m")
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_split_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Some((head, body)) = split(&bytes) {
                prop_assert!(body.len() + 2 <= bytes.len());
                prop_assert!(!head.contains("\n\n"));
            }
        }
    }
}
