//! The bare limit of a run without scripts: the same ten requests over hyper, and each answer parsed.

use anyhow::{Result, ensure};
use bytes::Bytes;
use http_body_util::Full;
use hyper::Request;

use crate::client::{Client, split};

const BODY: &str = r#"{"counter": 0, "name": "a book", "tags": ["x", "y"]}"#;

/// Does this many requests, half of them POST with JSON.
pub(crate) async fn run(base: &str, requests: u32) -> Result<()> {
    let (authority, _) = split(base)?;
    let mut client = Client::connect(authority).await?;
    for number in 0..requests {
        let post = number % 2 == 1;
        let mut request = Request::builder()
            .method(if post { "POST" } else { "GET" })
            .uri(format!("/echo/{}?stamp=1", number % 10))
            .header("Host", authority)
            .header("User-Agent", "postern-load")
            .header("Accept", "*/*")
            .header("Cache-Control", "no-cache")
            .header("Accept-Encoding", "gzip, deflate, br")
            .header("Connection", "keep-alive");
        if post {
            request = request.header("Content-Type", "application/json");
        }
        let body = Bytes::from_static(if post { BODY.as_bytes() } else { b"" });
        let (status, body) = client.send(request.body(Full::new(body))?).await?;
        let body: serde_json::Value = serde_json::from_slice(&body)?;
        ensure!(status.is_success() && body["list"][2]["id"] == 3);
    }
    Ok(())
}
