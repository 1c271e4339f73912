//! From the clear to TLS: RFC 3207, before lettre takes over.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};

use crate::dial::Place;
use crate::failure::{FailureKind, Fault};
use crate::stream::Stream;

/// The most bytes of one reply.
const MAX_REPLY: usize = 16 * 1024;

/// Asks for TLS. Nothing: it may begin; otherwise what the server says instead.
pub(super) async fn ask(
    stream: &mut Stream,
    place: &Place,
    hello: &str,
) -> Result<Option<(u16, String)>, Fault> {
    let (code, said) = reply(stream, place).await?;
    if code != 220 {
        return Ok(Some((code, said)));
    }
    say(stream, place, &format!("EHLO {hello}\r\n")).await?;
    let (code, said) = reply(stream, place).await?;
    if code != 250 {
        return Ok(Some((code, said)));
    }
    let offers = |line: &str| {
        line.get(4..)
            .is_some_and(|word| word.trim().eq_ignore_ascii_case("STARTTLS"))
    };
    if !said.lines().any(offers) {
        let message = format!(
            "the mail server at {place} offers no STARTTLS: choose TLS from the beginning (port 465), or none if it is on this machine"
        );
        return Err(Fault::new(FailureKind::TlsHandshake, message));
    }
    say(stream, place, "STARTTLS\r\n").await?;
    let (code, said) = reply(stream, place).await?;
    Ok((code != 220).then_some((code, said)))
}

/// One reply: its code, and all of its lines. What comes behind it would be somebody's who speaks before TLS does.
async fn reply(stream: &mut Stream, place: &Place) -> Result<(u16, String), Fault> {
    let mut read = Vec::new();
    loop {
        let mut piece = [0; 1024];
        let count = stream
            .read(&mut piece)
            .await
            .map_err(|error| broken(place, error))?;
        if count == 0 {
            return Err(broken(place, io::ErrorKind::UnexpectedEof.into()));
        }
        read.extend_from_slice(piece.get(..count).unwrap_or_default());
        if read.len() > MAX_REPLY {
            return Err(odd(place));
        }
        if let Some(text) = whole(&read) {
            let code = text.get(..3).and_then(|code| code.parse().ok());
            return Ok((code.ok_or_else(|| odd(place))?, text));
        }
    }
}

/// The reply, if it has ended: its last line has a space behind the code.
fn whole(read: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(read);
    let ended = text.strip_suffix('\n')?;
    let last = ended.lines().last()?;
    let goes_on = last.as_bytes().get(3) == Some(&b'-');
    (!goes_on).then(|| text.trim_end().to_owned())
}

async fn say(stream: &mut Stream, place: &Place, words: &str) -> Result<(), Fault> {
    let said = async {
        stream.write_all(words.as_bytes()).await?;
        stream.flush().await
    };
    said.await.map_err(|error| broken(place, error))
}

fn broken(place: &Place, error: io::Error) -> Fault {
    let message = format!("the mail server at {place} closed the connection");
    Fault::new(FailureKind::ConnectionClosed, message).because(error)
}

fn odd(place: &Place) -> Fault {
    let message = format!("what listens at {place} is no mail server");
    Fault::new(FailureKind::InvalidAnswer, message)
}

/// A connection as lettre takes it: it waits for a greeting first, and after STARTTLS there is none.
#[derive(Debug)]
pub(super) struct Line {
    greeting: &'static [u8],
    stream: Stream,
}

impl Line {
    pub(super) fn new(stream: Stream, upgraded: bool) -> Self {
        let greeting: &[u8] = if upgraded { b"220 go on\r\n" } else { b"" };
        Self { greeting, stream }
    }
}

impl AsyncTokioStream for Line {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.greeting.is_empty() {
            return Pin::new(&mut self.stream).poll_read(cx, buf);
        }
        let (now, later) = self
            .greeting
            .split_at(self.greeting.len().min(buf.remaining()));
        buf.put_slice(now);
        self.greeting = later;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_reply_ends_with_its_last_line() {
        assert_eq!(whole(b"220 here\r\n").as_deref(), Some("220 here"));
        assert_eq!(whole(b"250-a\r\n250-STARTTLS\r\n"), None);
        assert_eq!(
            whole(b"250-a\r\n250 STARTTLS\r\n").as_deref(),
            Some("250-a\r\n250 STARTTLS")
        );
        assert_eq!(whole(b"220 he"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_reply_or_not_yet(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = whole(&bytes);
        }
    }
}
