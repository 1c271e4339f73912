//! What has come to an inbox.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postern_model::{InboxRequest, IntegrationId, Role, SignatureVerdict};
use serde::Serialize;
use utoipa::ToSchema;

use crate::mask::mask_text;
use crate::page::PageMeta;

/// The most bytes of a body that are shown.
const SHOWN: usize = 1024 * 1024;
/// Headers whose values say nothing that is secret. Those of `webhook-` and `postern-` don't either.
const HARMLESS: [&str; 9] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "host",
    "transfer-encoding",
    "user-agent",
    "x-hub-signature-256",
];

/// `{"requests": […], "meta": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct InboxRequestList {
    pub(crate) requests: Vec<InboxRequestView>,
    pub(crate) meta: PageMeta,
}

/// `{"request": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct InboxRequestAnswer {
    pub(crate) request: InboxRequestDetail,
}

/// A request, without headers and body.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InboxRequestView {
    id: String,
    received_at: String,
    method: String,
    /// Behind the inbox's address; `/` where there is no more.
    path: String,
    /// Without the question mark.
    query: String,
    /// How many bytes the body has.
    bytes: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    signature: SignatureView,
    /// The kind of event, by the header `postern-event`.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<String>,
    /// The header `webhook-id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_id: Option<String>,
    /// The header `webhook-attempt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    attempt: Option<i32>,
    /// The status that it was answered with.
    answered_status: u16,
}

/// What a request's signature is worth. When it was signed is not judged.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignatureView {
    /// `valid`, `invalid`, `unsigned`, or `unknown`: signed, but no integration of the team sends to this inbox.
    verdict: &'static str,
    /// Who has signed it, if it is valid, the integration is there, and the caller may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    integration: Option<SenderView>,
}

/// An integration that has sent something.
#[derive(Serialize, ToSchema)]
pub(crate) struct SenderView {
    id: String,
    name: String,
}

/// A request with all that it said.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InboxRequestDetail {
    #[serde(flatten)]
    request: InboxRequestView,
    /// In their order, the names in lower case.
    headers: Vec<HeaderView>,
    /// The body, or the first MiB of it.
    body: String,
    /// `base64` where the body is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    /// Whether there is more of it.
    body_truncated: bool,
}

/// A header.
#[derive(Serialize, ToSchema)]
pub(crate) struct HeaderView {
    name: String,
    value: String,
}

impl InboxRequestView {
    /// The request; `sender` is the name of the integration that has signed it.
    pub(crate) fn of(request: &InboxRequest, sender: Option<String>) -> Self {
        Self {
            id: request.id.to_string(),
            received_at: request.received_at.to_rfc3339(),
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            bytes: request.bytes,
            content_type: request.content_type.clone(),
            signature: SignatureView::of(request.verdict, request.integration.zip(sender)),
            event: request.event.clone(),
            webhook_id: request.webhook_id.clone(),
            attempt: request.attempt,
            answered_status: request.answered,
        }
    }
}

impl SignatureView {
    fn of(verdict: SignatureVerdict, sender: Option<(IntegrationId, String)>) -> Self {
        Self {
            verdict: verdict.as_str(),
            integration: sender.map(|(id, name)| SenderView {
                id: id.to_string(),
                name,
            }),
        }
    }
}

impl InboxRequestDetail {
    /// The request with its headers and its body, for somebody of this role.
    pub(crate) fn of(
        request: InboxRequestView,
        headers: Vec<(String, String)>,
        body: &[u8],
        role: Role,
    ) -> Self {
        let headers = headers.into_iter().map(|(name, mut value)| {
            // What an integration's own headers say is a secret, until proved otherwise.
            if role < Role::Editor && !is_harmless(&name) {
                mask_text(&mut value);
            }
            HeaderView { name, value }
        });
        let (body, encoding, body_truncated) = shown(body);
        Self {
            request,
            headers: headers.collect(),
            body,
            encoding,
            body_truncated,
        }
    }
}

fn is_harmless(name: &str) -> bool {
    HARMLESS.contains(&name) || name.starts_with("webhook-") || name.starts_with("postern-")
}

/// The beginning of a body, how it is written, and whether there is more of it.
fn shown(body: &[u8]) -> (String, Option<&'static str>, bool) {
    let truncated = body.len() > SHOWN;
    let first = body.get(..SHOWN).unwrap_or(body);
    let text = match std::str::from_utf8(first) {
        Ok(text) => Some(text),
        // A character that was cut in two.
        Err(error) if truncated && error.error_len().is_none() => {
            let whole = first.get(..error.valid_up_to());
            whole.and_then(|whole| std::str::from_utf8(whole).ok())
        }
        Err(_) => None,
    };
    match text {
        Some(text) => (text.to_owned(), None, truncated),
        None => (STANDARD.encode(first), Some("base64"), truncated),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_shown_as_text_where_it_is_one_and_cut_between_characters() {
        assert_eq!(shown(b""), (String::new(), None, false));
        assert_eq!(shown("é".as_bytes()), ("é".to_owned(), None, false));
        assert_eq!(shown(b"\xc3"), ("ww==".to_owned(), Some("base64"), false));
        let long = format!("x{}", "é".repeat(SHOWN / 2));
        let (text, encoding, truncated) = shown(long.as_bytes());
        assert_eq!((text.len(), encoding, truncated), (SHOWN - 1, None, true));
        let (text, encoding, truncated) = shown(&vec![0xff; SHOWN + 1]);
        assert_eq!((encoding, truncated), (Some("base64"), true));
        assert_eq!(text.len(), SHOWN.div_ceil(3) * 4);
    }
}
