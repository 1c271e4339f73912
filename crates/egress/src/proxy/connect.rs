//! A tunnel through an HTTP proxy: `CONNECT`.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::fault::ProxyFault;
use crate::dial::Place;
use crate::stream::Stream;

/// The most bytes of head that a proxy's answer may have.
const MAX_HEAD: usize = 16 * 1024;

/// Asks for a tunnel to the place. What goes through the stream afterwards is between us and the target.
pub(super) async fn connect(
    stream: &mut Stream,
    place: &Place,
    headers: &[(&str, String)],
) -> Result<(), ProxyFault> {
    let mut head = format!("CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).await?;
    stream.flush().await?;

    let mut answer = Vec::with_capacity(512);
    loop {
        if stream.read_buf(&mut answer).await? == 0 {
            return Err(ProxyFault::Closed(std::io::ErrorKind::UnexpectedEof.into()));
        }
        let mut slots = [httparse::EMPTY_HEADER; 64];
        let mut response = httparse::Response::new(&mut slots);
        let Ok(parsed) = response.parse(&answer) else {
            return Err(ProxyFault::Speech("its answer is not HTTP"));
        };
        if let httparse::Status::Complete(length) = parsed {
            let status = response.code.unwrap_or_default();
            if !(200..300).contains(&status) {
                let reason = response.reason.unwrap_or_default().to_owned();
                let place = place.to_string();
                return Err(ProxyFault::Refused {
                    place,
                    status,
                    reason,
                });
            }
            // A target speaks when it is spoken to; whoever speaks now is not it.
            if answer.len() > length {
                return Err(ProxyFault::Speech("it says more than that the way is open"));
            }
            return Ok(());
        }
        if answer.len() > MAX_HEAD {
            return Err(ProxyFault::Speech("its answer does not end"));
        }
    }
}
