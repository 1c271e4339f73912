//! Standard Webhooks: what lets a receiver know that a request is ours, and fresh.

use postern_model::{EventId, SigningSecret, Timestamp, signature};

/// The three headers of Standard Webhooks for this attempt. All secrets that are valid now sign, so that a rotated one
/// goes on being accepted while receivers change over.
pub(crate) fn headers(
    secrets: &[SigningSecret],
    event: EventId,
    now: Timestamp,
    body: &[u8],
) -> Result<Vec<(String, String)>, signature::InvalidSecret> {
    let id = event.to_string();
    let signatures = secrets
        .iter()
        .filter(|secret| secret.not_after.is_none_or(|end| now < end))
        .map(|secret| signature::sign(&secret.secret, &id, now, body))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(vec![
        ("webhook-id".to_owned(), id),
        ("webhook-timestamp".to_owned(), now.seconds().to_string()),
        ("webhook-signature".to_owned(), signatures.join(" ")),
    ])
}
