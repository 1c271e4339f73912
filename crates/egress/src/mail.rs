//! Letters: one SMTP conversation for each, over a connection that was looked up, vetted and opened like any other.
//!
//! The conversation is lettre's; the connection, TLS and the deadline are ours. STARTTLS is never left out where it is asked
//! for: a server that doesn't offer it gets no letter and no password.

mod letter;
mod upgrade;

use std::time::Duration;

use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::ClientId;
use tokio::time::{Instant, timeout_at};

use self::letter::Written;
pub use self::letter::{InvalidLetter, Letter};
use self::upgrade::Line;
use crate::client::Egress;
use crate::dial::Place;
use crate::failure::{Failure, FailureKind, Fault};
use crate::limit::Limits;
use crate::timing::{Phase, Progress, Timings};
use crate::way::Way;

/// How a mail server is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailSecurity {
    /// In the clear first, then TLS (port 587).
    StartTls,
    /// TLS from the beginning (port 465).
    Tls,
    /// In the clear: for a server on the same machine.
    None,
}

/// A mail server.
#[derive(Clone)]
pub struct MailServer {
    /// Where it is.
    pub place: Place,
    /// How it is spoken to.
    pub security: MailSecurity,
    /// A user and a password.
    pub login: Option<(String, String)>,
    /// How we name ourselves.
    pub hello: String,
}

/// What a mail server said in the end.
#[derive(Debug, Clone)]
pub struct MailExchange {
    /// The code: 250 for a letter that it took.
    pub code: u16,
    /// The words behind it.
    pub said: String,
    /// How long each phase took.
    pub timings: Timings,
    /// Who answered.
    pub peer: Option<std::net::SocketAddr>,
}

/// What the server said, or what went wrong before it had said anything.
type Told = Result<(u16, String), Fault>;

impl Egress {
    /// Hands a letter to a mail server. Whatever it says is a [`MailExchange`], also a refusal; only what comes to no answer
    /// is a [`Failure`].
    pub async fn mail(
        &self,
        way: &Way,
        server: &MailServer,
        letter: &Letter,
        patience: Duration,
    ) -> Result<MailExchange, Failure> {
        let mut progress = Progress::start(Instant::now());
        let limits = Limits::WEBHOOK.with_deadline(patience);
        let told = match letter.write() {
            Ok(written) => {
                let talk = self.talk(way, server, &written, &limits, &mut progress);
                match Instant::now().checked_add(patience) {
                    Some(deadline) => timeout_at(deadline, Box::pin(talk)).await,
                    None => Ok(Box::pin(talk).await),
                }
                .unwrap_or_else(|_| Err(late(&server.place, patience)))
            }
            Err(error) => Err(Fault::new(FailureKind::InvalidRequest, error.to_string())),
        };
        let timings = progress.finish();
        match told {
            Ok((code, said)) => Ok(MailExchange {
                code,
                said,
                timings,
                peer: progress.peer,
            }),
            Err(fault) => Err(Failure {
                kind: fault.kind,
                message: fault.message,
                timings: Box::new(timings),
                peer: progress.peer,
                status: None,
                source: fault.source,
            }),
        }
    }

    async fn talk(
        &self,
        way: &Way,
        server: &MailServer,
        letter: &Written,
        limits: &Limits,
        progress: &mut Progress,
    ) -> Told {
        let place = &server.place;
        let connector = self.connector();
        let (mut stream, _) = connector.straight(place, limits, progress).await?;
        let mut upgraded = false;
        if server.security == MailSecurity::StartTls {
            match upgrade::ask(&mut stream, place, &server.hello).await? {
                None => upgraded = true,
                Some(refused) => return Ok(refused),
            }
        }
        if server.security != MailSecurity::None {
            progress.enter(Phase::Tls);
            let secured = connector.secure(&place.host, stream, &way.tls, way.versions, limits);
            stream = secured.await?;
            progress.leave();
        }
        progress.enter(Phase::FirstByte);
        let line = Line::new(stream, upgraded);
        let told = converse(line, server, letter).await;
        progress.leave();
        told.or_else(|error| answer_of(place, error))
    }
}

async fn converse(
    line: Line,
    server: &MailServer,
    letter: &Written,
) -> Result<(u16, String), SmtpError> {
    let hello = ClientId::Domain(server.hello.clone());
    let mut talk = AsyncSmtpConnection::connect_with_transport(Box::new(line), &hello).await?;
    if let Some((user, password)) = &server.login {
        let credentials = Credentials::new(user.clone(), password.clone());
        let ways = [Mechanism::Plain, Mechanism::Login];
        if let Err(error) = talk.auth(&ways, &credentials).await {
            talk.abort().await;
            return Err(error);
        }
    }
    let said = talk.send(&letter.envelope, &letter.message).await?;
    // It has the letter: what it says to the farewell changes nothing.
    drop(talk.quit().await);
    let words: Vec<&str> = said.message().collect();
    Ok((said.code().into(), words.join(" ")))
}

/// A refusal is an answer; anything else is a failure.
fn answer_of(place: &Place, error: SmtpError) -> Told {
    use std::error::Error as _;
    if let Some(code) = error.status() {
        let words = error
            .source()
            .map_or_else(|| error.to_string(), ToString::to_string);
        return Ok((code.into(), words));
    }
    let kind = if error.is_timeout() {
        FailureKind::Timeout
    } else if error.is_response() || error.is_client() {
        FailureKind::InvalidAnswer
    } else {
        FailureKind::ConnectionClosed
    };
    let why = error.source().map(ToString::to_string).unwrap_or_default();
    let message = match why.as_str() {
        "" => format!("the mail server at {place} did not go on: {error}"),
        why => format!("the mail server at {place} did not go on: {why}"),
    };
    Err(Fault::new(kind, message).because(error))
}

fn late(place: &Place, patience: Duration) -> Fault {
    let seconds = patience.as_secs_f32();
    let message = format!("the mail server at {place} took longer than {seconds} s");
    Fault::new(FailureKind::Timeout, message)
}
