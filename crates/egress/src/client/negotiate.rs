//! Requests that may go out as HTTP/2: the peer chooses when hands are shaken.

use super::Egress;
use crate::connection::Connection;
use crate::exchange::Exchange;
use crate::failure::{FailureKind, Fault};
use crate::http2::Http2;
use crate::limit::Limits;
use crate::pool::Key;
use crate::proxy::Route;
use crate::request::Request;
use crate::target::Target;
use crate::timing::Progress;
use crate::version::Versions;
use crate::way::Way;

/// All that is known of a request under way.
pub(super) struct Errand<'a> {
    pub(super) request: &'a Request,
    pub(super) target: &'a Target,
    pub(super) way: &'a Way,
    pub(super) route: &'a Route,
    pub(super) key: &'a Key,
    pub(super) limits: &'a Limits,
}

/// What came of it.
pub(super) enum Negotiated {
    /// The peer speaks HTTP/2 and has answered.
    Answered(Exchange),
    /// The peer speaks HTTP/1.1, over this connection.
    Older(Connection),
}

enum Opened {
    Http2(Http2),
    Older(Connection),
}

impl Egress {
    /// Asks over HTTP/2 if the peer speaks it, and gives the connection back if it doesn't.
    pub(super) async fn negotiate(
        &self,
        errand: &Errand<'_>,
        progress: &mut Progress,
    ) -> Result<Negotiated, Fault> {
        loop {
            let mut connection = match self.kept_http2(errand.key).await {
                Some(kept) => kept,
                None => match self.open_either(errand, progress).await? {
                    Opened::Http2(opened) => opened,
                    Opened::Older(older) => return Ok(Negotiated::Older(older)),
                },
            };
            let asked = connection.ask(errand.request, errand.target, errand.limits, progress);
            let Some(exchange) = Box::pin(asked).await? else {
                // The close of a kept connection met the request before any of it had left: nobody has seen it.
                progress.start_over();
                continue;
            };
            if !exchange.truncated && connection.is_idle().await {
                self.inside.pool2.put(errand.key.clone(), connection);
            }
            return Ok(Negotiated::Answered(exchange));
        }
    }

    async fn kept_http2(&self, key: &Key) -> Option<Http2> {
        while let Some(mut connection) = self.inside.pool2.take(key) {
            if connection.still_stands().await {
                return Some(connection);
            }
        }
        None
    }

    async fn open_either(
        &self,
        errand: &Errand<'_>,
        progress: &mut Progress,
    ) -> Result<Opened, Fault> {
        let Errand {
            target,
            way,
            route,
            limits,
            ..
        } = errand;
        let connector = &self.inside.connector;
        let connecting = connector.connect(target, way, route, limits, progress);
        let (stream, ends) = Box::pin(connecting).await?;
        if stream.chose("h2") {
            Ok(Opened::Http2(Http2::open(stream, ends).await?))
        } else if way.versions == Versions::Http2 {
            let message = format!("{} does not speak HTTP/2", target.host);
            Err(Fault::new(FailureKind::TlsHandshake, message))
        } else {
            Ok(Opened::Older(Connection::open(stream, ends)))
        }
    }
}
