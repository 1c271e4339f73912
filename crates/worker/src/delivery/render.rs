//! What an attempt says besides the body of its event: its headers.

use postern_model::{Event, Integration};

/// What stands for a value that is not shown.
const MASK: &str = "••••••••";

/// The headers but for the signature's: ours, and then the user's own. One of the user's takes the place of ours of the
/// same name, unless receivers rely on it (`webhook-…`, `postern-…`).
pub(crate) fn headers(
    event: &Event,
    integration: &Integration,
    attempt: i32,
    user_agent: &str,
) -> Vec<(String, String)> {
    let mut headers = vec![
        ("content-type".to_owned(), "application/json".to_owned()),
        ("user-agent".to_owned(), user_agent.to_owned()),
        // A receiver's answer is kept as it comes; nobody inflates it.
        ("accept-encoding".to_owned(), "identity".to_owned()),
        ("webhook-attempt".to_owned(), attempt.to_string()),
        ("postern-event".to_owned(), event.kind.as_str().to_owned()),
    ];
    for (name, value) in &integration.config.headers {
        let name = name.trim().to_ascii_lowercase();
        if is_reserved(&name) {
            continue;
        }
        headers.retain(|(ours, _)| *ours != name);
        let value = match value {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        headers.push((name, value));
    }
    headers
}

/// The headers as they are recorded: the values of the user's own are secrets until proved otherwise.
pub(crate) fn recorded(
    headers: &[(String, String)],
    integration: &Integration,
) -> Vec<(String, String)> {
    let own = &integration.config.headers;
    let auth = integration.config.auth.as_ref();
    headers
        .iter()
        .map(|(name, value)| {
            let users =
                !is_reserved(name) && own.keys().any(|own| own.trim().eq_ignore_ascii_case(name));
            let shown = if users { MASK } else { value };
            (name.clone(), shown.to_owned())
        })
        .chain(auth.map(|_| ("authorization".to_owned(), MASK.to_owned())))
        .collect()
}

fn is_reserved(name: &str) -> bool {
    name.starts_with("webhook-") || name.starts_with("postern-")
}
