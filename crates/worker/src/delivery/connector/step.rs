//! One step of a connector: made, recorded, and answered to its transform.

use postern_catalogue::{Answer, Ask, Connector, Given, Mail, Mask, Write};
use postern_egress::{Exchange, Failure, Keep, Limits, Request, Way};
use postern_model::{Attempt, AttemptStep, Outcome};
use tokio::time::Instant;

use super::{folder, letter};
use crate::context::Context;
use crate::delivery::outcome::Ended;
use crate::delivery::send::times;

/// The most bytes of an answer that a transform reads.
const MAX_ANSWER: usize = 2 * 1024 * 1024;
/// The most bytes of a body that are recorded.
const RECORDED: usize = 16 * 1024;
/// The most characters of an answer that a message quotes.
const QUOTED: usize = 200;

/// Makes steps.
pub(super) struct Player<'a> {
    pub(super) context: &'a Context,
    pub(super) connector: &'a Connector,
    pub(super) given: &'a Given,
    pub(super) mask: Mask,
    pub(super) way: Way,
    pub(super) until: Instant,
    pub(super) attempt: &'a mut Attempt,
}

impl Player<'_> {
    /// Sends a request; the answer, or how the attempt ends.
    pub(super) async fn ask(&mut self, ask: Ask) -> Result<Answer, Ended> {
        let mut step = self.step(&ask.method, ask.url.as_str(), &ask.headers, &ask.body);
        let left = self.until.saturating_duration_since(Instant::now());
        let limits = Limits {
            max_body: MAX_ANSWER,
            keep: Keep::First(MAX_ANSWER),
            ..Limits::WEBHOOK
        }
        .with_deadline(left);
        let request = self.request(&ask);
        let egress = &self.context.parts.webhooks;
        match egress.send_by(&self.way, request, &limits).await {
            Ok(exchange) => {
                self.answered(&mut step, &exchange, ask.keep);
                let ended = self.end(&exchange);
                step.message.clone_from(&ended.message);
                self.record(step);
                let accepted = exchange.is_success() || ask.accepts.contains(&exchange.status);
                if !accepted {
                    return Err(ended);
                }
                Ok(Answer::new(
                    exchange.status,
                    &exchange.headers,
                    &exchange.body,
                    exchange.body_bytes,
                ))
            }
            Err(failure) => {
                let ended = Ended::of_failure(&failure);
                failed(&mut step, &failure, &ended);
                self.record(step);
                Err(ended)
            }
        }
    }

    /// Writes a file; an answer like a server's, or how the attempt ends.
    pub(super) async fn write(&mut self, write: Write) -> Result<Answer, Ended> {
        let place = self.given.fields.get("folder").and_then(|it| it.as_str());
        let place = place.unwrap_or_default().to_owned();
        let body = write.body.as_deref().unwrap_or_default();
        let mut step = self.step("WRITE", &format!("{place}/{}", write.path), &[], body);
        let body = self
            .given
            .file
            .as_ref()
            .map_or_else(|| body.to_owned(), |file| file.fill(body));
        let content = write.body.is_some().then_some(body);
        let roots = self.context.config.backup_directories.clone();
        // A retry takes up its own draft, and two deliveries that go to one file at once don't share one.
        let draft = format!(".{}.postern-part", self.attempt.delivery);
        let done = folder::write(roots, place, write.path, draft, content).await;
        step.message = match &done {
            Ok(said) => said.clone(),
            Err(why) => why.clone(),
        };
        self.record(step);
        match done {
            Ok(_) => Ok(Answer::new(200, &[], b"", 0)),
            Err(why) => Err(Ended::before(Outcome::Rejected, why)),
        }
    }

    /// Hands a letter over; an answer like a server's, or how the attempt ends.
    pub(super) async fn mail(&mut self, mail: Mail) -> Result<Answer, Ended> {
        let server = letter::server(self.given, &self.context.config.public_url);
        let server = server.map_err(|why| Ended::before(Outcome::InvalidUrl, why))?;
        let letter = letter::letter(self.given, mail);
        let headers = [
            ("to".to_owned(), letter.to.join(", ")),
            ("subject".to_owned(), letter.subject.clone()),
        ];
        let url = format!("smtp://{}", server.place);
        let mut step = self.step("MAIL", &url, &headers, &letter.text);
        let left = self.until.saturating_duration_since(Instant::now());
        let egress = &self.context.parts.webhooks;
        match Box::pin(egress.mail(&self.way, &server, &letter, left)).await {
            Ok(exchange) => {
                step.times = times(&exchange.timings);
                step.peer = exchange.peer.map(|peer| peer.to_string());
                step.status = Some(exchange.code);
                step.response_body = self.recorded(&exchange.said);
                let ended = self.end_of_mail(exchange.code, &exchange.said);
                step.message.clone_from(&ended.message);
                self.record(step);
                if ended.outcome != Outcome::Succeeded {
                    return Err(ended);
                }
                Ok(Answer::new(exchange.code, &[], exchange.said.as_bytes(), 0))
            }
            Err(failure) => {
                let ended = Ended::of_failure(&failure);
                failed(&mut step, &failure, &ended);
                self.record(step);
                Err(ended)
            }
        }
    }

    /// How the attempt ends with what the mail server said: 4yz is for later, 5yz is a refusal (RFC 5321 §4.2.1).
    fn end_of_mail(&self, code: u16, said: &str) -> Ended {
        let outcome = match code {
            200..=299 => Outcome::Succeeded,
            400..=499 => Outcome::ServerError,
            _ => Outcome::Rejected,
        };
        let words: String = self.mask.text(said).chars().take(QUOTED).collect();
        let answered = format!("the mail server answered {code} {words}");
        let message = match self.connector.explain(code, said) {
            Some(explained) if outcome != Outcome::Succeeded => {
                format!("{explained} ({code} {words})")
            }
            _ => answered.trim_end().to_owned(),
        };
        Ended::before(outcome, message)
    }

    /// All was asked, and the last answer was a good one.
    pub(super) fn done(&self) -> Ended {
        match self.attempt.steps.last() {
            Some(last) => Ended::before(Outcome::Succeeded, last.message.clone()),
            None => Ended::before(Outcome::Cancelled, "the connector had nothing to send"),
        }
    }

    /// There was nothing to do: after a look at the service that is a success, without one nobody was asked.
    pub(super) fn nothing(&self, why: &str) -> Ended {
        let outcome = if self.attempt.steps.is_empty() {
            Outcome::Cancelled
        } else {
            Outcome::Succeeded
        };
        Ended::before(outcome, format!("nothing to do: {}", self.mask.text(why)))
    }

    /// The service's answer was a refusal, whatever its status.
    pub(super) fn refused(&mut self, why: &str) -> Ended {
        let why = self.mask.text(why);
        let said = match self.attempt.steps.last_mut() {
            Some(last) => {
                let body = last.response_body.clone();
                let status = last.status.unwrap_or_default();
                let said = self.connector.explain(status, &body).unwrap_or(why);
                last.message.clone_from(&said);
                said
            }
            None => why,
        };
        Ended::before(Outcome::Rejected, said)
    }

    fn request(&self, ask: &Ask) -> Request {
        let file = self.given.file.as_ref();
        let body = file.map_or_else(|| ask.body.clone(), |file| file.fill(&ask.body));
        let mut headers = ask.headers.clone();
        for (name, value) in [
            ("user-agent", self.context.config.user_agent.as_str()),
            ("accept-encoding", "identity"),
        ] {
            if !headers.iter().any(|(own, _)| own == name) {
                headers.push((name.to_owned(), value.to_owned()));
            }
        }
        Request {
            headers,
            body: body.into(),
            ..Request::new(ask.method.as_str(), ask.url.clone())
        }
    }

    fn step(
        &self,
        method: &str,
        url: &str,
        headers: &[(String, String)],
        body: &str,
    ) -> AttemptStep {
        let file = self.given.file.as_ref();
        let body = file.map_or_else(|| body.to_owned(), |file| file.name(body));
        AttemptStep {
            method: method.to_owned(),
            url: self.mask.text(url),
            request_headers: self.mask.headers(headers),
            request_body: self.recorded(&body),
            ..AttemptStep::default()
        }
    }

    fn answered(&self, step: &mut AttemptStep, exchange: &Exchange, keep: bool) {
        step.times = times(&exchange.timings);
        step.peer = Some(exchange.peer.to_string());
        step.status = Some(exchange.status);
        step.response_headers = self.mask.headers(&exchange.headers);
        step.response_bytes = i64::try_from(exchange.body_bytes).unwrap_or(i64::MAX);
        if keep {
            step.response_body = self.recorded(&String::from_utf8_lossy(&exchange.body));
        }
    }

    /// How the attempt would end with this answer, in the service's own words and ours.
    fn end(&self, exchange: &Exchange) -> Ended {
        let mut ended = Ended::of_answer(exchange, self.context.parts.clock.now());
        let name = self.connector.name();
        let body = String::from_utf8_lossy(&exchange.body);
        if exchange.is_success() {
            ended.message = format!("{name} answered {} {}", exchange.status, exchange.reason);
            ended.message.truncate(ended.message.trim_end().len());
        } else if let Some(explained) = self.connector.explain(exchange.status, &body) {
            ended.message = explained;
        } else {
            let said = ended.message.replacen("the receiver", name, 1);
            let words = self.mask.text(&body);
            let words: Vec<&str> = words.split_whitespace().collect();
            let quote: String = words.join(" ").chars().take(QUOTED).collect();
            ended.message = match quote.as_str() {
                "" => said,
                quote => format!("{said}: {quote}"),
            };
        }
        ended
    }

    /// The beginning of a body, without secrets.
    fn recorded(&self, body: &str) -> String {
        let shown = self.mask.text(body);
        let end = shown.floor_char_boundary(RECORDED);
        shown.get(..end).unwrap_or_default().to_owned()
    }

    /// The last step is what the attempt tells as its own, too.
    fn record(&mut self, step: AttemptStep) {
        let attempt = &mut *self.attempt;
        attempt.url.clone_from(&step.url);
        attempt.times = step.times;
        attempt.peer.clone_from(&step.peer);
        attempt.status = step.status;
        attempt.request_headers.clone_from(&step.request_headers);
        attempt.response_headers.clone_from(&step.response_headers);
        attempt.response_body = step.response_body.clone().into_bytes();
        attempt.response_bytes = step.response_bytes;
        attempt.steps.push(step);
    }
}

fn failed(step: &mut AttemptStep, failure: &Failure, ended: &Ended) {
    step.times = times(&failure.timings);
    step.peer = failure.peer.map(|peer| peer.to_string());
    step.status = failure.status;
    step.message.clone_from(&ended.message);
}
