//! AWS Signature, version 4, in headers or in the query.

mod canonical;

use chrono::{DateTime, NaiveDate, Utc};
use indexmap::IndexMap;
use postern_collection::Auth;

use super::content::Content;
use super::hash::{Hash, hex};
use super::uri;
use crate::wire::Wire;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const BODY_HASH: &str = "X-Amz-Content-Sha256";

/// What is signed, on its way to a signature.
struct Signer<'a> {
    method: &'a str,
    service: String,
    region: String,
    /// When, in the form of AWS.
    time: String,
    path: String,
    /// The query, decoded; values of one name together.
    query: IndexMap<String, Vec<String>>,
    headers: IndexMap<String, String>,
    in_query: bool,
}

pub(super) fn put(
    wire: &mut Wire,
    content: &Content<'_>,
    auth: &Auth,
    now_ms: i64,
) -> Result<(), String> {
    forget_earlier(wire);
    let or = |key: &str, other: &str| match auth.get(key) {
        text if text.is_empty() => other.to_owned(),
        text => text,
    };
    // What isn't given at all is to JavaScript the text `undefined`.
    let [access_key, secret] = ["accessKey", "secretKey"].map(|key| match auth.value(key) {
        Some(_) => auth.get(key),
        None => "undefined".to_owned(),
    });
    let url = wire.url.encoded();
    let mut headers: IndexMap<String, String> = IndexMap::new();
    for (key, value) in &wire.headers {
        match headers.get_mut(key) {
            Some(values) => *values = format!("{values},{value}"),
            None => drop(headers.insert(key.clone(), value.clone())),
        }
    }
    if !auth.is_on("addAuthDataToQuery")
        && let Some(bytes) = content.signable()
    {
        let hash = hex(&Hash::Sha256.of(&[bytes]));
        wire.push_header(BODY_HASH, hash.clone());
        headers.insert(BODY_HASH.to_owned(), hash);
    }
    let time = time(&headers, now_ms)?;
    let is_set = |name: &str| headers.get(name).is_some_and(|value| !value.is_empty());
    if !is_set("Host") && !is_set("host") {
        headers.insert("Host".to_owned(), url.host());
    }
    let (path, query) = canonical::split(&url.target())?;
    let mut signer = Signer {
        method: &wire.method,
        service: match or("service", "execute-api") {
            service if service == "email" => "ses".to_owned(),
            service => service,
        },
        region: or("region", "us-east-1"),
        time,
        path,
        query,
        headers,
        in_query: auth.is_on("addAuthDataToQuery"),
    };
    let token = auth.get("sessionToken");
    let added = if signer.in_query {
        signer.sign_query(&access_key, &secret, &token)?
    } else {
        signer.sign_headers(&access_key, &secret, &token)?;
        Vec::new()
    };
    let headers = signer.headers;
    for (key, value) in added {
        if !has_entry(wire, key) {
            wire.url.push_entry(key, Some(&uri::strict(&value)));
        }
    }
    for (key, value) in headers {
        if !wire.headers.iter().any(|(own, _)| *own == key) {
            wire.headers.push((key, value));
        }
    }
    Ok(())
}

impl Signer<'_> {
    fn sign_headers(&mut self, access_key: &str, secret: &str, token: &str) -> Result<(), String> {
        if !token.is_empty() {
            self.set("X-Amz-Security-Token", token);
        }
        if self.service == "s3" && !self.headers.contains_key(BODY_HASH) {
            self.set(BODY_HASH, &hex(&Hash::Sha256.of(&[])));
        }
        self.set("X-Amz-Date", &self.time.clone());
        let authorization = format!(
            "{ALGORITHM} Credential={access_key}/{}, SignedHeaders={}, Signature={}",
            self.scope(),
            self.signed_headers(),
            self.signature(secret)?
        );
        self.set("Authorization", &authorization);
        Ok(())
    }

    /// The entries that the query needs; one that says how long it holds may be there already.
    fn sign_query(
        &mut self,
        access_key: &str,
        secret: &str,
        token: &str,
    ) -> Result<Vec<(&'static str, String)>, String> {
        let mut added = Vec::new();
        if !token.is_empty() {
            added.push(("X-Amz-Security-Token", token.to_owned()));
        }
        let expires = self.query.get("X-Amz-Expires");
        let expires = expires.is_some_and(|values| values.iter().any(|value| !value.is_empty()));
        if self.service == "s3" && !expires {
            added.push(("X-Amz-Expires", "86400".to_owned()));
        }
        added.extend([
            ("X-Amz-Date", self.time.clone()),
            ("X-Amz-Algorithm", ALGORITHM.to_owned()),
            ("X-Amz-Credential", format!("{access_key}/{}", self.scope())),
            ("X-Amz-SignedHeaders", self.signed_headers()),
        ]);
        for (key, value) in &added {
            self.query.insert((*key).to_owned(), vec![value.clone()]);
        }
        added.push(("X-Amz-Signature", self.signature(secret)?));
        Ok(added)
    }

    fn set(&mut self, name: &str, value: &str) {
        self.headers.insert(name.to_owned(), value.to_owned());
    }

    fn day(&self) -> &str {
        self.time.get(..8).unwrap_or_default()
    }

    fn scope(&self) -> String {
        format!(
            "{}/{}/{}/aws4_request",
            self.day(),
            self.region,
            self.service
        )
    }

    fn signature(&self, secret: &str) -> Result<String, String> {
        let request = self.canonical()?;
        let request = hex(&Hash::Sha256.of(&[request.as_bytes()]));
        let text = format!("{ALGORITHM}\n{}\n{}\n{request}", self.time, self.scope());
        let mut key = format!("AWS4{secret}").into_bytes();
        for part in [
            self.day(),
            &self.region,
            &self.service,
            "aws4_request",
            &text,
        ] {
            key = Hash::Sha256.keyed(key, part);
        }
        Ok(hex(&key))
    }
}

/// Takes away what an earlier signature has left. How long an address holds may be the user's own word.
fn forget_earlier(wire: &mut Wire) {
    for name in [
        "Authorization",
        "X-Amz-Date",
        "X-Amz-Security-Token",
        BODY_HASH,
    ] {
        wire.remove_header(name);
    }
    for name in [
        "X-Amz-Security-Token",
        "X-Amz-Date",
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-SignedHeaders",
        "X-Amz-Signature",
    ] {
        wire.url.remove_query(name);
    }
}

/// When it is signed: the request's own `Date`, else now.
fn time(headers: &IndexMap<String, String>, now_ms: i64) -> Result<String, String> {
    let given = |name: &str| headers.get(name).filter(|date| !date.is_empty());
    let time = match given("Date").or_else(|| given("date")) {
        Some(date) => read_date(date).ok_or("Invalid time value")?,
        None => DateTime::from_timestamp_millis(now_ms).unwrap_or_default(),
    };
    Ok(time.format("%Y%m%dT%H%M%SZ").to_string())
}

/// A date as headers say it, or as ISO 8601 does.
fn read_date(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let read = DateTime::parse_from_rfc2822(text).or_else(|_| DateTime::parse_from_rfc3339(text));
    let day = || {
        let day: NaiveDate = text.parse().ok()?;
        Some(day.and_hms_opt(0, 0, 0)?.and_utc())
    };
    read.map(|date| date.to_utc()).ok().or_else(day)
}

fn has_entry(wire: &Wire, key: &str) -> bool {
    let entries = wire.url.query.iter().flat_map(|query| query.split('&'));
    let mut keys = entries.filter_map(|entry| entry.split('=').next());
    keys.any(|it| it == key)
}
