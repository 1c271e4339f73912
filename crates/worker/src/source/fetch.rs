//! A file behind an address.

use std::collections::BTreeMap;
use std::time::Duration;

use postern_collection::{ImportFile, MAX_BYTES};
use postern_egress::{Egress, Limits, Request};
use postern_journal::Found;

use super::Failure;

/// The longest that an answer may take.
const DEADLINE: Duration = Duration::from_mins(1);

/// Reads whatever is behind the address.
pub(super) async fn read(
    egress: &Egress,
    url: &str,
    headers: &BTreeMap<String, String>,
) -> Result<Vec<Found>, Failure> {
    let headers = headers
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()));
    let bytes = get(egress, url, headers).await?;
    let file = ImportFile {
        path: "the answer".to_owned(),
        bytes,
    };
    let imported = super::read(vec![file]).await?;
    let mut found = Vec::new();
    super::found(imported, "", &mut found);
    Ok(found)
}

/// The body of a good answer, at most 30 MiB of it.
pub(super) async fn get<'h>(
    egress: &Egress,
    url: &str,
    headers: impl Iterator<Item = (&'h str, &'h str)>,
) -> Result<Vec<u8>, Failure> {
    let parsed = url
        .parse()
        .map_err(|error| format!("{url:?} is no address: {error}"))?;
    let mut request = Request::new("GET", parsed)
        .header("accept", "*/*")
        .header("user-agent", concat!("Postern/", env!("CARGO_PKG_VERSION")));
    for (key, value) in headers {
        request = request.header(key, value);
    }
    let limits = Limits {
        max_body: MAX_BYTES,
        ..Limits::WHOLE.with_deadline(DEADLINE)
    };
    let answer = egress.send(request, &limits).await;
    let answer = answer.map_err(|failure| failure.message.clone())?;
    if answer.is_success() {
        return Ok(answer.body.to_vec());
    }
    let to = answer
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("location"))
        .map(|(_, value)| String::from_utf8_lossy(value.as_ref()).into_owned());
    Err(match to {
        Some(to) => format!(
            "{url} answered {} and points to {to}: name that address",
            answer.status
        ),
        None => format!("{url} answered {}", answer.status),
    })
}
