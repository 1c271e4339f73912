//! HTTP/2 over a connection whose peer chose it.
//!
//! One exchange at a time: what waits in the pool is whole connections, as with HTTP/1.1. hyper's driver and the tasks
//! that it wants done are polled by whoever exchanges, so that nothing is left behind when an exchange is cut off.

mod fault;
mod request;
mod tasks;

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body_util::Full;
use hyper::body::{Body, Incoming};
use hyper::client::conn::http2;
use hyper_util::rt::TokioIo;

use self::fault::fault;
use self::tasks::{Inbox, Tasks};
use crate::exchange::{Exchange, WireSize};
use crate::failure::{FailureKind, Fault};
use crate::limit::{Keep, Limits};
use crate::pool::Reusable;
use crate::request::Request;
use crate::stream::{Stream, WireEnds};
use crate::target::Target;
use crate::timing::{Phase, Progress};

/// The most bytes of head that an answer may have.
const MAX_HEAD: u32 = 64 * 1024;

type Payload = Full<Bytes>;
type Driver = Pin<Box<http2::Connection<TokioIo<Stream>, Payload, Inbox>>>;

/// A connection that speaks HTTP/2.
pub(crate) struct Http2 {
    sender: http2::SendRequest<Payload>,
    driver: Option<Driver>,
    tasks: Tasks,
    ends: WireEnds,
    reused: bool,
}

impl Reusable for Http2 {
    fn has_served(&mut self) {
        self.reused = true;
    }
}

impl Http2 {
    pub(crate) async fn open(stream: Stream, ends: WireEnds) -> Result<Self, Fault> {
        let tasks = Tasks::default();
        let (sender, driver) = http2::Builder::new(tasks.inbox())
            .max_header_list_size(MAX_HEAD)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(fault)?;
        Ok(Self {
            sender,
            driver: Some(Box::pin(driver)),
            tasks,
            ends,
            reused: false,
        })
    }

    /// Whether a kept connection still stands. Yielding lets the runtime see a close that has already arrived.
    pub(crate) async fn still_stands(&mut self) -> bool {
        tokio::task::yield_now().await;
        self.is_idle().await
    }

    /// Whether it is ready for another exchange.
    pub(crate) async fn is_idle(&mut self) -> bool {
        poll_fn(|cx| {
            drive(&mut self.driver, &mut self.tasks, cx);
            Poll::Ready(self.driver.is_some() && self.sender.is_ready())
        })
        .await
    }

    /// Sends the request and reads its answer; `None` if the connection had been closed before anything of it left.
    pub(crate) async fn ask(
        &mut self,
        request: &Request,
        target: &Target,
        limits: &Limits,
        progress: &mut Progress,
    ) -> Result<Option<Exchange>, Fault> {
        let sent = WireSize {
            head: 0,
            body: request.body.len() as u64,
        };
        let request = request::build(request, target)?;
        progress.peer = Some(self.ends.peer);
        progress.enter(Phase::FirstByte);
        let mut answer = pin!(self.sender.try_send_request(request));
        let (driver, tasks) = (&mut self.driver, &mut self.tasks);
        let answer = poll_fn(|cx| {
            drive(driver, tasks, cx);
            answer.as_mut().poll(cx)
        });
        let answer = match answer.await {
            Ok(answer) => answer,
            Err(mut error) => {
                // hyper gives back what it did not begin to send.
                let unsent = error.take_message().is_some();
                if self.reused && unsent {
                    return Ok(None);
                }
                return Err(fault(error.into_error()));
            }
        };
        progress.leave();
        let (head, mut body) = answer.into_parts();
        progress.status = Some(head.status.as_u16());
        progress.enter(Phase::Body);
        let (body, body_bytes, truncated) = self.read(&mut body, limits).await?;
        let headers = head.headers.iter();
        Ok(Some(Exchange {
            status: head.status.as_u16(),
            reason: String::new(),
            version: "HTTP/2",
            headers: headers
                .map(|(name, value)| {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    (name.as_str().to_owned(), value)
                })
                .collect(),
            body,
            body_bytes,
            truncated,
            sent,
            received: WireSize {
                head: 0,
                body: body_bytes,
            },
            timings: progress.timings,
            peer: self.ends.peer,
            local: self.ends.local,
            reused: self.reused,
        }))
    }

    /// Reads the body within the limits: what is kept, how much was read, whether there was more.
    async fn read(
        &mut self,
        body: &mut Incoming,
        limits: &Limits,
    ) -> Result<(Bytes, u64, bool), Fault> {
        let mut kept = BytesMut::new();
        let mut bytes = 0;
        loop {
            let frame = poll_fn(|cx| {
                drive(&mut self.driver, &mut self.tasks, cx);
                Pin::new(&mut *body).poll_frame(cx)
            });
            let Some(frame) = frame.await else { break };
            let Ok(data) = frame.map_err(fault)?.into_data() else {
                continue;
            };
            let wanted = limits.max_body - bytes;
            let within = data.len().min(wanted);
            bytes += within;
            let room = limits.kept().saturating_sub(kept.len());
            kept.extend_from_slice(&data[..within.min(room)]);
            if data.len() > wanted {
                return match limits.keep {
                    Keep::First(_) => Ok((kept.freeze(), bytes as u64, true)),
                    Keep::Whole => Err(Fault::new(
                        FailureKind::BodyTooLarge,
                        format!("the answer's body is larger than {} bytes", limits.max_body),
                    )),
                };
            }
        }
        Ok((kept.freeze(), bytes as u64, false))
    }
}

/// Goes on with the connection. An error of the driver reaches the exchange by itself.
fn drive(driver: &mut Option<Driver>, tasks: &mut Tasks, cx: &mut Context<'_>) {
    if let Some(running) = driver
        && running.as_mut().poll(cx).is_ready()
    {
        *driver = None;
    }
    tasks.poll(cx);
}
