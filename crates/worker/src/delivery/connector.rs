//! What a connector makes of an event: its transform says what is asked, step by step, and each step is recorded.
//!
//! A transform is called anew for each step, with what was answered so far, so it lives nowhere between them: a step that is
//! lost is asked again with the whole attempt. It is given the integration's own fields, secrets too, and runs behind the
//! same walls as everybody's scripts; it may ask only the hosts that its manifest names.

mod folder;
mod letter;
mod step;

use bytes::Bytes;
use postern_catalogue::{Answer, Connector, Given, Handler, Step, call, link};
use postern_model::{Attempt, EventKind, Outcome};
use tokio::time::Instant;

use super::outcome::Ended;
use super::send::{Parcel, deadline};
use super::way::way;
use crate::context::Context;

/// The most requests of one attempt.
const MOST_STEPS: usize = 10;

/// Asks what the connector's transform says until it says that this was all.
pub(crate) async fn play(
    context: &Context,
    connector: &Connector,
    parcel: &Parcel,
    body: &Bytes,
    attempt: &mut Attempt,
) -> Ended {
    let integration = &parcel.integration;
    let until = Instant::now() + deadline(integration);
    let way = match way(integration) {
        Ok(way) => way,
        Err(message) => return Ended::before(Outcome::TlsFailed, message),
    };
    let (handler, given) = match given(context, parcel, body, attempt) {
        Ok(given) => given,
        Err(why) => return Ended::internal(why),
    };
    let mut player = step::Player {
        context,
        connector,
        given: &given,
        mask: connector.mask(&given.fields),
        way,
        until,
        attempt,
    };
    let mut answers: Vec<Answer> = Vec::new();
    loop {
        let next = match said(context, connector, handler, &given, &answers).await {
            Ok(next) => next,
            Err(why) => return Ended::before(Outcome::TransformFailed, why),
        };
        if answers.len() >= MOST_STEPS && !matches!(next, Step::Done | Step::Nothing(_)) {
            let why = format!("the connector wants more than {MOST_STEPS} requests");
            return Ended::before(Outcome::TransformFailed, why);
        }
        let last = matches!(&next, Step::Ask(ask) if ask.last);
        let taken = match next {
            Step::Ask(ask) => player.ask(ask).await,
            Step::Write(write) => player.write(write).await,
            Step::Mail(mail) => player.mail(mail).await,
            Step::Done => return player.done(),
            Step::Nothing(why) => return player.nothing(&why),
            Step::Failed(why) => return player.refused(&why),
        };
        match taken {
            Ok(_) if last => return player.done(),
            Ok(answer) => answers.push(answer),
            Err(ended) => return ended,
        }
    }
}

/// What the transform is told, and which of its handlers is asked.
fn given(
    context: &Context,
    parcel: &Parcel,
    body: &Bytes,
    attempt: &Attempt,
) -> Result<(Handler, Given), String> {
    let (event, integration) = (&parcel.due.event, &parcel.integration);
    let kind = match event.kind {
        EventKind::Test => integration.event,
        kind => kind,
    };
    let payload: serde_json::Value = serde_json::from_slice(body)
        .map_err(|error| format!("the payload is not JSON: {error}"))?;
    let handler = match Handler::of(kind) {
        Some(Handler::Activity) if payload["activities"].is_array() => Handler::Digest,
        Some(handler) => handler,
        None => return Err("a test is told as what it is a test of".to_owned()),
    };
    let nonce = context.parts.random.uuid_v4().simple().to_string();
    let link = link(&context.config.public_url, handler, &payload);
    let given = Given::new(event, integration, handler, payload, &nonce);
    Ok((
        handler,
        Given {
            attempt: attempt.number,
            now: attempt.started_at.0,
            link,
            ..given
        },
    ))
}

async fn said(
    context: &Context,
    connector: &Connector,
    handler: Handler,
    given: &Given,
    answers: &[Answer],
) -> Result<Step, String> {
    let source = connector
        .transform()
        .ok_or("the connector has no transform")?;
    let done = context
        .parts
        .transformer
        .run(source, call(handler, given, answers))
        .await
        .map_err(|why| format!("the connector {why}"))?;
    connector
        .read(&given.fields, done.value)
        .map_err(|why| format!("the connector returned {why}"))
}
