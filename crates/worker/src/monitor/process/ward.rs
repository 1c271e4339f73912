//! The parent's side of one child: its process, the line to it, and the conversation over a run.

use std::future::pending;
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::net::TcpStream;
use std::os::fd::AsFd as _;
use std::process::Child;
use std::sync::mpsc::Sender;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use postern_egress::{Dialed, Egress, Failure, Place};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use tokio::io::Interest;
use tokio::net::UnixStream;
use tokio::task::spawn_blocking;

use super::super::go::{Ended, Order};
use super::super::record::Record;
use super::child::ChildLimits;
use super::ending::Ending;
use super::frames::{FrameError, Frames, frame};
use super::message::{LARGEST_TO_PARENT, MOST_TO_PARENT, ToChild, ToParent, VERSION};
use super::nursery::{NoChild, Wish};

/// The most connections that a child may have asked for at once.
const MOST_DIALS: usize = 64;

/// Why a run has no end of its own.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Lost {
    /// There was no child to give it to.
    #[error(transparent)]
    NoChild(#[from] NoChild),
    /// Its process ended, as told here.
    #[error("{0}")]
    Died(String),
    /// Its process said what it should not have.
    #[error("the run's process can't be understood: {0}")]
    Broken(String),
}

impl From<FrameError> for Lost {
    fn from(error: FrameError) -> Self {
        Self::Broken(error.to_string())
    }
}

/// A child, from this side. Dropping it kills it.
pub(crate) struct Ward {
    process: Option<Child>,
    nursery: Sender<Wish>,
    socket: UnixStream,
    frames: Frames,
    limits: ChildLimits,
}

impl Drop for Ward {
    fn drop(&mut self) {
        let Some(mut process) = self.process.take() else {
            return;
        };
        drop(process.kill());
        // The nursery waits for its end; without a nursery, the wait is here, and short after a kill.
        if let Err(unsent) = self.nursery.send(Wish::Bury(process))
            && let Wish::Bury(mut process) = unsent.0
        {
            drop(process.wait());
        }
    }
}

impl Ward {
    pub(crate) fn new(
        process: Child,
        socket: UnixStream,
        nursery: Sender<Wish>,
        limits: ChildLimits,
    ) -> Self {
        Self {
            process: Some(process),
            nursery,
            socket,
            frames: Frames::new(LARGEST_TO_PARENT, MOST_TO_PARENT),
            limits,
        }
    }

    /// Waits until the child is ready; which walls it lacks.
    pub(crate) async fn is_ready(&mut self) -> Result<Vec<String>, Lost> {
        match self.hear().await? {
            Some(ToParent::Ready { version, missing }) if version == VERSION => Ok(missing),
            Some(ToParent::Ready { version, .. }) => Err(Lost::Broken(format!(
                "it speaks version {version} of the line, and this is {VERSION}"
            ))),
            Some(_) => Err(unexpected()),
            None => Err(self.died().await),
        }
    }

    /// Waits for as long as the child waits too.
    pub(crate) async fn rests(&mut self) -> Lost {
        match self.hear().await {
            Ok(Some(_)) => unexpected(),
            Ok(None) => self.died().await,
            Err(lost) => lost,
        }
    }

    /// Gives the child its order.
    pub(crate) async fn order(
        &mut self,
        order: Order,
        document: &[u8],
        roots: &[u8],
    ) -> Result<(), Lost> {
        let order = ToChild::Order(Box::new(order));
        let sent = async {
            self.send(&encode(&order)?, None).await?;
            self.send(&frame(document)?, None).await?;
            self.send(&frame(roots)?, None).await?;
            Ok(())
        };
        match sent.await {
            Ok(()) => Ok(()),
            Err(SendError::Frame(error)) => Err(error.into()),
            // Who doesn't listen any more has ended.
            Err(SendError::Line(_)) => Err(self.died().await),
        }
    }

    /// Listens until the run is over: keeps what is told and opens the connections that are asked for.
    pub(crate) async fn listen(
        &mut self,
        egress: &Egress,
        record: &mut Record,
    ) -> Result<Ended, Lost> {
        let mut dials = FuturesUnordered::new();
        loop {
            let dialed = async {
                match dials.next().await {
                    Some(dialed) => dialed,
                    None => pending().await,
                }
            };
            let message = tokio::select! {
                biased;
                (id, dialed) = dialed => {
                    self.answer(id, dialed).await?;
                    continue;
                }
                message = self.hear() => message?,
            };
            match message {
                Some(ToParent::Kept(kept)) => record.keep(kept),
                Some(ToParent::Ended(ended)) => return Ok(ended),
                Some(ToParent::Dial { .. }) if dials.len() >= MOST_DIALS => {
                    let message = format!("it wants more than {MOST_DIALS} connections at once");
                    return Err(Lost::Broken(message));
                }
                Some(ToParent::Dial {
                    id,
                    place,
                    patience,
                }) => {
                    let place: Place = place.parse().map_err(|_| unexpected())?;
                    dials.push(async move { (id, egress.dial(&place, patience).await) });
                }
                Some(ToParent::Ready { .. }) => return Err(unexpected()),
                None => return Err(self.died().await),
            }
        }
    }

    async fn answer(&self, id: u64, dialed: Result<Dialed, Failure>) -> Result<(), Lost> {
        let (answer, socket) = match dialed {
            Ok(Dialed {
                stream,
                dns,
                connect,
            }) => (ToChild::Dialed { id, dns, connect }, Some(stream)),
            Err(failure) => {
                let failure = (&failure).into();
                (ToChild::NotDialed { id, failure }, None)
            }
        };
        let framed = encode(&answer).map_err(|_| unexpected())?;
        // If it doesn't listen any more, its last words may still lie in the line: they come before its end is seen.
        drop(self.send(&framed, socket.as_ref()).await);
        Ok(())
    }

    /// The next message; `None` when the child has closed the line.
    async fn hear(&mut self) -> Result<Option<ToParent>, Lost> {
        loop {
            if let Some(content) = self.frames.next()? {
                return serde_json::from_slice(&content)
                    .map(Some)
                    .map_err(|_| unexpected());
            }
            if self.socket.readable().await.is_err() || !self.read()? {
                return Ok(None);
            }
        }
    }

    /// Takes what has come; whether more may come.
    fn read(&mut self) -> Result<bool, Lost> {
        let mut buffer = [0; 16 * 1024];
        match self.socket.try_read(&mut buffer) {
            Ok(0) => Ok(false),
            Ok(length) => {
                self.frames.feed(&buffer[..length])?;
                Ok(true)
            }
            Err(error) => Ok(error.kind() == io::ErrorKind::WouldBlock),
        }
    }

    /// Sends a frame, with a socket if there is one.
    async fn send(&self, framed: &[u8], socket: Option<&TcpStream>) -> Result<(), SendError> {
        let mut rest = framed;
        let mut along = socket;
        while !rest.is_empty() {
            let sent = self
                .socket
                .async_io(Interest::WRITABLE, || push(&self.socket, rest, along))
                .await?;
            // It goes with the first byte.
            along = None;
            rest = &rest[sent..];
        }
        Ok(())
    }

    /// How the process ended.
    async fn died(&mut self) -> Lost {
        let Some(process) = self.process.take() else {
            return Lost::Died("the run's process has ended".to_owned());
        };
        let Ok(ending) = spawn_blocking(move || Ending::of(process)).await else {
            return Lost::Died("the run's process has ended".to_owned());
        };
        if !ending.last_words.is_empty() {
            tracing::error!(said = %ending.last_words, "a run's process failed");
        }
        Lost::Died(ending.words(self.limits))
    }
}

#[derive(Debug, thiserror::Error)]
enum SendError {
    #[error(transparent)]
    Frame(#[from] FrameError),
    #[error(transparent)]
    Line(#[from] io::Error),
}

fn encode(message: &ToChild) -> Result<Vec<u8>, SendError> {
    let content = serde_json::to_vec(message).map_err(io::Error::from)?;
    Ok(frame(&content)?)
}

fn push(line: &UnixStream, bytes: &[u8], along: Option<&TcpStream>) -> io::Result<usize> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    let sockets = along.map(|socket| [socket.as_fd()]);
    if let Some(sockets) = &sockets {
        control.push(SendAncillaryMessage::ScmRights(sockets));
    }
    let sent = sendmsg(
        line,
        &[IoSlice::new(bytes)],
        &mut control,
        SendFlags::empty(),
    )?;
    Ok(sent)
}

fn unexpected() -> Lost {
    Lost::Broken("it said what was not expected".to_owned())
}

#[cfg(test)]
mod tests;
