//! Hawk: a MAC over the request's line, and over its body where that is wanted.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postern_collection::Auth;
use rand::Rng;

use super::content::Content;
use super::hash::Hash;
use super::nonce;
use crate::wire::Wire;

const NONCE: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

pub(super) fn put(
    wire: &mut Wire,
    content: &Content<'_>,
    auth: &Auth,
    now_ms: i64,
    random: &mut impl Rng,
) {
    let (id, key) = (auth.get("authId"), auth.get("authKey"));
    if id.is_empty() || key.is_empty() {
        return;
    }
    let content_type = wire.last_header("content-type").unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default();
    let media_type = media_type.trim().to_lowercase();
    wire.remove_header("Authorization");
    // newman knows two, in these letters; with another it sends an empty header.
    let hash = match auth.get("algorithm").as_str() {
        "sha1" => Hash::Sha1,
        "sha256" => Hash::Sha256,
        _ => return wire.push_header("Authorization", ""),
    };
    let or = |key: &str, other: &mut dyn FnMut() -> String| match auth.get(key) {
        text if text.is_empty() => other(),
        text => text,
    };
    let once = or("nonce", &mut || nonce(random, NONCE, 6));
    let time = or("timestamp", &mut || (now_ms / 1000).to_string());
    let payload = content
        .signable()
        .filter(|_| auth.is_on("includePayloadHash"))
        .map(|bytes| {
            let head = format!("hawk.1.payload\n{media_type}\n");
            STANDARD.encode(hash.of(&[head.as_bytes(), bytes, b"\n"]))
        });
    let payload = payload.unwrap_or_default();
    let [ext, app, dlg] = ["extraData", "app", "delegation"].map(|key| auth.get(key));

    let url = wire.url.encoded();
    let default_port = if url.protocol == "http" { "80" } else { "443" };
    let port = url.port.as_deref().filter(|port| !port.is_empty());
    let mut signed = format!(
        "hawk.1.header\n{time}\n{once}\n{}\n{}\n{}\n{}\n{payload}\n{}\n",
        wire.method.to_uppercase(),
        as_node_reads(&url.path, url.query.as_deref()),
        url.host_str(),
        port.unwrap_or(default_port),
        // The first of each only: so the servers that Postman's own are tried with have it.
        ext.replacen('\\', "\\\\", 1).replacen('\n', "\\n", 1),
    );
    if !app.is_empty() {
        signed.push_str(&format!("{app}\n{dlg}\n"));
    }
    let mac = STANDARD.encode(hash.keyed(key, signed));

    let mut value = format!(r#"Hawk id="{id}", ts="{time}", nonce="{once}"#);
    if !payload.is_empty() {
        value.push_str(&format!(r#"", hash="{payload}"#));
    }
    if !ext.is_empty() {
        let ext = ext.replace('\\', "\\\\").replace('"', "\\\"");
        value.push_str(&format!(r#"", ext="{ext}"#));
    }
    value.push_str(&format!(r#"", mac="{mac}""#));
    if !app.is_empty() {
        value.push_str(&format!(r#", app="{app}"#));
        if !dlg.is_empty() {
            value.push_str(&format!(r#"", dlg="{dlg}"#));
        }
        value.push('"');
    }
    wire.push_header("Authorization", value);
}

/// Path and query as Node's old `url.parse` reads them, which encodes more than goes out: so newman signs them.
fn as_node_reads(path: &str, query: Option<&str>) -> String {
    let mut read = path.replace('\\', "/");
    if let Some(query) = query {
        read.push('?');
        read.push_str(query);
    }
    let mut escaped = String::with_capacity(read.len());
    for letter in read.chars() {
        match letter {
            '\'' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                escaped.push_str(&format!("%{:02X}", u32::from(letter)));
            }
            other => escaped.push(other),
        }
    }
    escaped
}
