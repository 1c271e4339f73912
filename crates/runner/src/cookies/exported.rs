//! A jar as a file, in the form of tough-cookie: what `--cookie-jar` and `--export-cookie-jar` mean to newman.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Map, Value, json};
use thiserror::Error;

use super::{Jar, Kept};

/// A file that is no jar.
#[derive(Debug, Error)]
pub enum JarError {
    /// Not JSON.
    #[error("read the cookie jar as JSON")]
    Json(#[from] serde_json::Error),
    /// No cookies in it.
    #[error("find the cookie jar's list \"cookies\"")]
    NoCookies,
}

impl Jar {
    /// Reads a jar that newman, or we, have exported.
    pub fn import(file: &[u8]) -> Result<Self, JarError> {
        let file: Value = serde_json::from_slice(file)?;
        let cookies = file.get("cookies").and_then(Value::as_array);
        let cookies = cookies.ok_or(JarError::NoCookies)?;
        let mut jar = Self::default();
        for cookie in cookies.iter().filter_map(Value::as_object) {
            jar.put(read(cookie));
        }
        Ok(jar)
    }

    /// The jar as newman exports it.
    pub fn export(&self) -> Value {
        json!({
            "version": "tough-cookie@4.1.3",
            "storeType": "MemoryCookieStore",
            "rejectPublicSuffixes": true,
            "enableLooseMode": true,
            "allowSpecialUseDomain": true,
            "prefixSecurity": "silent",
            "cookies": self.kept.iter().map(write).collect::<Vec<_>>(),
        })
    }
}

fn read(fields: &Map<String, Value>) -> Kept {
    let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
    let flag = |key: &str| fields.get(key).and_then(Value::as_bool).unwrap_or(false);
    let time = |key: &str| {
        let text = fields.get(key).and_then(Value::as_str)?;
        Some(DateTime::parse_from_rfc3339(text).ok()?.timestamp_millis())
    };
    let max_age = fields.get("maxAge").and_then(|age| match age {
        Value::String(word) if word == "-Infinity" => Some(i64::MIN),
        other => other.as_i64(),
    });
    let extensions = fields.get("extensions").and_then(Value::as_array);
    let extensions = extensions.into_iter().flatten().filter_map(Value::as_str);
    Kept {
        name: text("key").unwrap_or_default(),
        value: text("value").unwrap_or_default(),
        domain: text("domain").unwrap_or_default(),
        path: text("path").unwrap_or_else(|| "/".to_owned()),
        path_is_default: flag("pathIsDefault"),
        host_only: flag("hostOnly"),
        secure: flag("secure"),
        http_only: flag("httpOnly"),
        same_site: text("sameSite"),
        expires: time("expires"),
        max_age,
        extensions: extensions.map(str::to_owned).collect(),
        created: time("creation").unwrap_or_default(),
        seen: time("lastAccessed").unwrap_or_default(),
    }
}

/// A field that says nothing new is left out.
fn write(cookie: &Kept) -> Value {
    let time = |millis: i64| {
        let time = DateTime::from_timestamp_millis(millis).unwrap_or_default();
        Value::from(time.to_rfc3339_opts(SecondsFormat::Millis, true))
    };
    let text = |text: &str| (!text.is_empty()).then(|| text.into());
    let flag = |on: bool| on.then_some(Value::Bool(true));
    let extensions = (!cookie.extensions.is_empty()).then(|| cookie.extensions.clone().into());
    let fields = [
        ("key", text(&cookie.name)),
        ("value", text(&cookie.value)),
        ("expires", cookie.expires.map(time)),
        ("maxAge", cookie.max_age.map(Value::from)),
        ("domain", text(&cookie.domain)),
        ("path", text(&cookie.path)),
        ("secure", flag(cookie.secure)),
        ("httpOnly", flag(cookie.http_only)),
        ("extensions", extensions),
        ("hostOnly", Some(cookie.host_only.into())),
        ("pathIsDefault", flag(cookie.path_is_default)),
        ("creation", Some(time(cookie.created))),
        ("lastAccessed", Some(time(cookie.seen))),
        ("sameSite", cookie.same_site.clone().map(Value::from)),
    ];
    let said = fields
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(said.collect())
}
