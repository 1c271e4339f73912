//! How the child gets its connections: it asks its parent, who looks up, vets and connects.

use std::collections::HashMap;
use std::fmt;
use std::net::TcpStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use postern_egress::{Dial, Dialed, Dialing, Failure, FailureKind, Place, Timings};
use tokio::sync::oneshot;

use super::line::{Ear, LineError, Mouth};
use super::message::{ToChild, ToParent};

type Answer = Result<Dialed, Failure>;

/// Asks the parent for connections.
pub(crate) struct Asker {
    mouth: Arc<Mouth>,
    asked: Mutex<Asked>,
}

#[derive(Default)]
struct Asked {
    last: u64,
    open: HashMap<u64, oneshot::Sender<Answer>>,
}

impl fmt::Debug for Asker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asker").finish_non_exhaustive()
    }
}

impl Asker {
    pub(crate) fn new(mouth: Arc<Mouth>) -> Self {
        Self {
            mouth,
            asked: Mutex::default(),
        }
    }

    /// Gives each answer to who waits for it, until the line ends.
    pub(crate) async fn listen(&self, ear: &mut Ear) -> LineError {
        loop {
            let (id, answer) = match answer(ear).await {
                Ok(answer) => answer,
                Err(error) => return error,
            };
            // Who asked may have given up meanwhile: then the connection is closed by being dropped.
            if let Some(asker) = self.lock().open.remove(&id) {
                drop(asker.send(answer));
            }
        }
    }

    fn ask(
        &self,
        place: &Place,
        patience: Duration,
    ) -> Result<oneshot::Receiver<Answer>, LineError> {
        let (sender, answer) = oneshot::channel();
        let id = {
            let mut asked = self.lock();
            asked.last += 1;
            let id = asked.last;
            asked.open.insert(id, sender);
            id
        };
        self.mouth.tell(&ToParent::Dial {
            id,
            place: place.to_string(),
            patience,
        })?;
        Ok(answer)
    }

    fn lock(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(ear: &mut Ear) -> Result<(u64, Answer), LineError> {
    Ok(match ear.hear().await? {
        ToChild::Dialed { id, dns, connect } => {
            let stream: TcpStream = ear.take_socket()?;
            let dialed = Dialed {
                stream,
                dns,
                connect,
            };
            (id, Ok(dialed))
        }
        ToChild::NotDialed { id, failure } => (id, Err(failure.into())),
        ToChild::Order(_) => return Err(LineError::Unexpected),
    })
}

impl Dial for Asker {
    fn dial(&self, place: Place, patience: Duration) -> Dialing<'_> {
        Box::pin(async move {
            let lost = || Failure {
                kind: FailureKind::ConnectFailed,
                message: format!("{place} can't be reached: the line to the server broke"),
                timings: Box::new(Timings::default()),
                peer: None,
                status: None,
                source: None,
            };
            let answer = self.ask(&place, patience).map_err(|_| lost())?;
            answer.await.map_err(|_| lost())?
        })
    }
}
