//! A SOCKS 5 proxy's side of a connection.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};

use super::{Client, Shared};

pub(super) async fn serve(client: &mut Box<dyn Client>, shared: &Shared) -> io::Result<()> {
    let _version = client.read_u8().await?;
    let methods = counted(client).await?;
    match &shared.rules.credentials {
        None => client.write_all(&[5, 0]).await?,
        Some(_) if !methods.contains(&2) => return client.write_all(&[5, 0xff]).await,
        Some((user, password)) => {
            client.write_all(&[5, 2]).await?;
            let _version = client.read_u8().await?;
            let pair = (counted(client).await?, counted(client).await?);
            if pair != (user.clone().into_bytes(), password.clone().into_bytes()) {
                return client.write_all(&[1, 1]).await;
            }
            client.write_all(&[1, 0]).await?;
        }
    }
    let mut request = [0; 4];
    client.read_exact(&mut request).await?;
    let host = match request[3] {
        1 => Ipv4Addr::from(client.read_u32().await?).to_string(),
        4 => Ipv6Addr::from(client.read_u128().await?).to_string(),
        _ => String::from_utf8_lossy(&counted(client).await?).into_owned(),
    };
    let port = client.read_u16().await?;
    shared.record(format!("{host}:{port}"));
    let reached = shared.reach(&host, port).await;
    let reply = match reached.as_ref().map_err(io::Error::kind) {
        Ok(_) => 0,
        Err(io::ErrorKind::PermissionDenied) => 2,
        Err(io::ErrorKind::ConnectionRefused) => 5,
        Err(_) => 4,
    };
    // From where it connects it tells as a name, the kind of address that clients get wrong.
    client.write_all(&[5, reply, 0, 3, 4]).await?;
    client.write_all(b"here\0\0").await?;
    client.flush().await?;
    match reached {
        Ok(mut there) => copy_bidirectional(client, &mut there).await.map(drop),
        Err(_) => client.shutdown().await,
    }
}

async fn counted(client: &mut Box<dyn Client>) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; client.read_u8().await?.into()];
    client.read_exact(&mut bytes).await?;
    Ok(bytes)
}
