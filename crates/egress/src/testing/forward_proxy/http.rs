//! An HTTP proxy's side of a connection.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use url::Url;

use super::{Client, Shared};

pub(super) async fn serve(client: &mut Box<dyn Client>, shared: &Shared) -> io::Result<()> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        if client.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    shared.record(head.trim_end().to_owned());
    let mut lines = head.trim_end().split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();

    if let Some((user, password)) = &shared.rules.credentials {
        let wanted = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
        let brought = headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("proxy-authorization"));
        if brought.is_none_or(|(_, value)| *value != wanted) {
            return answer(client, "407 Proxy Authentication Required").await;
        }
    }
    if method == "CONNECT" {
        let Some((host, Ok(port))) = target
            .rsplit_once(':')
            .map(|(host, port)| (host, port.parse()))
        else {
            return answer(client, "400 Bad Request").await;
        };
        return match shared.reach(host, port).await {
            Ok(mut there) => {
                client
                    .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    .await?;
                copy_bidirectional(client, &mut there).await.map(drop)
            }
            Err(error) => answer(client, status(&error)).await,
        };
    }
    let Ok(url) = Url::parse(target) else {
        return answer(client, "400 Bad Request").await;
    };
    let (host, port) = (url.host_str().unwrap_or_default(), url.port().unwrap_or(80));
    let mut there = match shared.reach(host, port).await {
        Ok(there) => there,
        Err(error) => return answer(client, status(&error)).await,
    };
    let query = url
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    let mut passed = format!(
        "{method} {}{query} HTTP/1.1\r\nConnection: close\r\n",
        url.path()
    );
    for (name, value) in headers {
        if !name.to_ascii_lowercase().starts_with("proxy-") {
            passed.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    passed.push_str("Via: 1.1 test\r\n\r\n");
    there.write_all(passed.as_bytes()).await?;
    there.write_all(&bytes[end..]).await?;
    copy_bidirectional(client, &mut there).await.map(drop)
}

fn status(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "403 Forbidden",
        _ => "502 Bad Gateway",
    }
}

async fn answer(client: &mut Box<dyn Client>, status: &str) -> io::Result<()> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    client.write_all(head.as_bytes()).await?;
    client.shutdown().await
}
