//! What hyper and h2 say, in our words.

use std::error::Error;
use std::io;

use crate::failure::{FailureKind, Fault};
use crate::tls::{ended, tls_error};

pub(super) fn fault(error: hyper::Error) -> Fault {
    let io = source_of::<io::Error>(&error);
    let h2 = source_of::<h2::Error>(&error);
    let (kind, message) = if let Some(tls) = io.and_then(tls_error) {
        ended("the peer", tls)
    } else if error.is_user() {
        let message = format!("the request can't be sent: {error}");
        (FailureKind::InvalidRequest, message)
    } else if let Some(h2) = h2.filter(|h2| h2.is_library()) {
        let message = format!("the answer is not HTTP/2: {h2}");
        (FailureKind::InvalidAnswer, message)
    } else if let Some(reason) = h2.and_then(h2::Error::reason) {
        let reason = reason.description();
        let message = format!("the peer ended the exchange before its answer was whole: {reason}");
        (FailureKind::ConnectionClosed, message)
    } else {
        let message = "the peer closed the connection before its answer was whole".to_owned();
        (FailureKind::ConnectionClosed, message)
    };
    Fault::new(kind, message).because(error)
}

fn source_of<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = error.source();
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = error.source();
    }
    None
}
