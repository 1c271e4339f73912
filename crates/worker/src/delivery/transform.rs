//! What an integration's own script makes of a webhook, before it is signed.

use bytes::Bytes;
use postern_model::transform::{Draft, MAX_TRANSFORMED, draft, webhook};
use postern_model::{Event, Integration, Outcome};

use super::outcome::Ended;
use crate::transform::Transformer;

/// What is to be sent, or how the attempt ends without being sent.
pub(crate) async fn transformed(
    transformer: &Transformer,
    source: &str,
    event: &Event,
    integration: &Integration,
    body: &Bytes,
) -> Result<Draft, Ended> {
    let failed = |why: String| Ended::before(Outcome::TransformFailed, why);
    if body.len() > MAX_TRANSFORMED {
        return Err(failed(format!(
            "the payload has {} bytes, and a transform is given {MAX_TRANSFORMED} at most",
            body.len()
        )));
    }
    let payload = serde_json::from_slice(body)
        .map_err(|error| failed(format!("the payload is not JSON: {error}")))?;
    let input = webhook(event, integration, &payload).to_string();
    let done = transformer
        .run(source, input)
        .await
        .map_err(|why| failed(format!("the transform {why}")))?;
    match draft(&integration.config, &payload, done.value) {
        Ok(Some(draft)) => Ok(draft),
        Ok(None) => Err(Ended::before(
            Outcome::Cancelled,
            "the integration's transform cancelled it",
        )),
        Err(why) => Err(failed(format!("the transform returned {why}"))),
    }
}
