//! The child's end of the line to its parent: a Unix socket, which is its standard input.

use std::collections::VecDeque;
use std::io::{self, IoSliceMut, Write as _};
use std::mem::MaybeUninit;
use std::net::TcpStream;
use std::os::fd::OwnedFd;

use bytes::Bytes;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};
use tokio::io::Interest;
use tokio::net::UnixStream;

use super::frames::{FrameError, Frames, frame};
use super::message::{LARGEST_TO_CHILD, ToChild, ToParent};

/// How many sockets may come at once.
const SOCKETS: usize = 16;

/// Why the child can't go on talking; there is nobody to tell it to but the exit code.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LineError {
    #[error("the parent has closed the line")]
    Closed,
    #[error("the line broke: {0}")]
    Broken(#[from] io::Error),
    #[error(transparent)]
    Frame(#[from] FrameError),
    #[error("the parent said what was not expected")]
    Unexpected,
}

/// The side that tells. It waits, and lets nothing else happen, until all is told: so that what was told before an endless call of the script engine has arrived.
pub(crate) struct Mouth {
    socket: std::os::unix::net::UnixStream,
}

impl Mouth {
    pub(crate) fn new(socket: std::os::unix::net::UnixStream) -> Self {
        Self { socket }
    }

    /// Tells something.
    pub(crate) fn tell(&self, message: &ToParent) -> Result<(), LineError> {
        self.utter(&encode(message)?)
    }

    /// Sends a whole frame.
    pub(crate) fn utter(&self, framed: &[u8]) -> Result<(), LineError> {
        let mut rest = framed;
        while !rest.is_empty() {
            match (&self.socket).write(rest) {
                Ok(written) => rest = &rest[written..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let mut line = [PollFd::new(&self.socket, PollFlags::OUT)];
                    poll(&mut line, None).map_err(io::Error::from)?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// The message as a frame.
pub(crate) fn encode(message: &ToParent) -> Result<Vec<u8>, LineError> {
    let content = serde_json::to_vec(message).map_err(io::Error::from)?;
    Ok(frame(&content)?)
}

/// The side that hears, and that takes the sockets which come along.
pub(crate) struct Ear {
    socket: UnixStream,
    frames: Frames,
    sockets: VecDeque<OwnedFd>,
}

impl Ear {
    /// An ear on the present runtime. From now on the socket blocks nobody, the mouth's copy included.
    pub(crate) fn new(socket: std::os::unix::net::UnixStream) -> io::Result<Self> {
        socket.set_nonblocking(true)?;
        Ok(Self {
            socket: UnixStream::from_std(socket)?,
            frames: Frames::new(LARGEST_TO_CHILD, u64::MAX),
            sockets: VecDeque::new(),
        })
    }

    /// The next message.
    pub(crate) async fn hear(&mut self) -> Result<ToChild, LineError> {
        let content = self.hear_bytes().await?;
        serde_json::from_slice(&content).map_err(|_| LineError::Unexpected)
    }

    /// The next frame's bytes.
    pub(crate) async fn hear_bytes(&mut self) -> Result<Bytes, LineError> {
        loop {
            if let Some(content) = self.frames.next()? {
                return Ok(content);
            }
            let (socket, frames, sockets) = (&self.socket, &mut self.frames, &mut self.sockets);
            let received = socket.async_io(Interest::READABLE, || receive(socket, frames, sockets));
            match received.await {
                Ok(true) => {}
                Ok(false) => return Err(LineError::Closed),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The socket that came with the last message: they come in the order of their messages.
    pub(crate) fn take_socket(&mut self) -> Result<TcpStream, LineError> {
        let socket = self.sockets.pop_front().ok_or(LineError::Unexpected)?;
        Ok(TcpStream::from(socket))
    }
}

/// Takes what has come; whether more may come.
fn receive(
    socket: &UnixStream,
    frames: &mut Frames,
    sockets: &mut VecDeque<OwnedFd>,
) -> io::Result<bool> {
    let mut buffer = [0; 16 * 1024];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(SOCKETS))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let mut pieces = [IoSliceMut::new(&mut buffer)];
    let received = recvmsg(socket, &mut pieces, &mut control, RecvFlags::DONTWAIT)?;
    for message in control.drain() {
        if let RecvAncillaryMessage::ScmRights(came) = message {
            sockets.extend(came);
        }
    }
    frames
        .feed(&buffer[..received.bytes])
        .map_err(io::Error::other)?;
    Ok(received.bytes > 0)
}
