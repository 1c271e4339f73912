//! What lets a receiver know that a request is ours, and fresh: Standard Webhooks, and GitHub's signature where it is wanted.

use postern_model::{EventId, ExtraSignature, Integration, Timestamp, signature};

/// The three headers of Standard Webhooks for this attempt, and those that the integration wants besides. All secrets that
/// are valid now sign, so that a rotated one goes on being accepted while receivers change over.
pub(crate) fn headers(
    integration: &Integration,
    event: EventId,
    now: Timestamp,
    body: &[u8],
) -> Result<Vec<(String, String)>, signature::InvalidSecret> {
    let id = event.to_string();
    let extra = &integration.options.signatures;
    let with_keys = extra.contains(&ExtraSignature::Ed25519);
    let valid = || {
        let secrets = integration.secrets.iter();
        secrets
            .filter(|secret| secret.not_after.is_none_or(|end| now < end))
            .map(|secret| secret.secret.as_str())
    };
    let signatures = valid()
        .filter(|secret| with_keys || !signature::is_private_key(secret))
        .map(|secret| {
            if signature::is_private_key(secret) {
                signature::sign_v1a(secret, &id, now, body)
            } else {
                signature::sign(secret, &id, now, body)
            }
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut headers = vec![
        ("webhook-id".to_owned(), id),
        ("webhook-timestamp".to_owned(), now.seconds().to_string()),
        ("webhook-signature".to_owned(), signatures.join(" ")),
    ];
    if extra.contains(&ExtraSignature::Hub)
        && let Some(newest) = valid().find(|secret| !signature::is_private_key(secret))
    {
        let value = signature::sign_hub(newest, body);
        headers.push(("x-hub-signature-256".to_owned(), value));
    }
    Ok(headers)
}
