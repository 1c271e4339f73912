//! A connection through a SOCKS 5 proxy (RFC 1928), with a name and a password (RFC 1929) where it wants them.

use std::net::IpAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use url::Host;

use super::Credentials;
use super::fault::ProxyFault;
use crate::dial::Place;
use crate::stream::Stream;

const VERSION: u8 = 5;
const OPEN: u8 = 0;
const PASSWORD: u8 = 2;
const CONNECT: u8 = 1;

/// Asks for a connection to the place. What goes through the stream afterwards is between us and the target.
pub(super) async fn connect(
    stream: &mut Stream,
    place: &Place,
    credentials: Option<&Credentials>,
) -> Result<(), ProxyFault> {
    let methods: &[u8] = match credentials {
        Some(_) => &[VERSION, 2, OPEN, PASSWORD],
        None => &[VERSION, 1, OPEN],
    };
    say(stream, methods).await?;
    match (hear::<2>(stream).await?, credentials) {
        ([VERSION, OPEN], _) => {}
        ([VERSION, PASSWORD], Some(credentials)) => authenticate(stream, credentials).await?,
        ([VERSION, _], _) => return Err(ProxyFault::Credentials),
        _ => return Err(ProxyFault::Speech("it is none of SOCKS 5")),
    }

    let mut request = vec![VERSION, CONNECT, 0];
    match &place.host {
        Host::Ipv4(address) => {
            request.push(1);
            request.extend(address.octets());
        }
        Host::Ipv6(address) => {
            request.push(4);
            request.extend(address.octets());
        }
        Host::Domain(name) => {
            request.push(3);
            request.extend(counted(name.as_bytes())?);
        }
    }
    request.extend(place.port.to_be_bytes());
    say(stream, &request).await?;

    let [version, reply, _, kind] = hear::<4>(stream).await?;
    if version != VERSION {
        return Err(ProxyFault::Speech("it is none of SOCKS 5"));
    }
    if reply != 0 {
        let place = place.to_string();
        return Err(ProxyFault::Rejected { place, reply });
    }
    // From where it connects is of no use to us, but it stands before what is.
    let length = match kind {
        1 => 4,
        4 => 16,
        3 => usize::from(hear::<1>(stream).await?[0]),
        _ => {
            return Err(ProxyFault::Speech(
                "it names itself by no known kind of address",
            ));
        }
    };
    let mut bound = vec![0; length + 2];
    stream.read_exact(&mut bound).await?;
    Ok(())
}

async fn authenticate(stream: &mut Stream, credentials: &Credentials) -> Result<(), ProxyFault> {
    let mut words = vec![1];
    words.extend(counted(&credentials.user)?);
    words.extend(counted(&credentials.password)?);
    say(stream, &words).await?;
    match hear::<2>(stream).await? {
        [_, 0] => Ok(()),
        _ => Err(ProxyFault::Credentials),
    }
}

fn counted(bytes: &[u8]) -> Result<Vec<u8>, ProxyFault> {
    let length = u8::try_from(bytes.len()).map_err(|_| ProxyFault::TooLong)?;
    Ok([&[length], bytes].concat())
}

async fn say(stream: &mut Stream, bytes: &[u8]) -> Result<(), ProxyFault> {
    stream.write_all(bytes).await?;
    Ok(stream.flush().await?)
}

async fn hear<const N: usize>(stream: &mut Stream) -> Result<[u8; N], ProxyFault> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}

/// The place of an address.
pub(super) fn place_of(address: IpAddr, port: u16) -> Place {
    let host = match address {
        IpAddr::V4(address) => Host::Ipv4(address),
        IpAddr::V6(address) => Host::Ipv6(address),
    };
    Place { host, port }
}
