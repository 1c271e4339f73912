//! A request in the one form that both sides sign, with the odds and ends of the library that newman signs with.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use percent_encoding::percent_decode_str;

use super::{BODY_HASH, Signer};
use crate::auth::hash::{Hash, hex};
use crate::auth::uri;

/// Headers that are changed on the way, and are not signed.
const UNSIGNED: [&str; 7] = [
    "authorization",
    "connection",
    "x-amzn-trace-id",
    "user-agent",
    "expect",
    "presigned-expires",
    "range",
];

/// A path and its query, decoded, values of one name together.
pub(super) fn split(target: &str) -> Result<(String, IndexMap<String, Vec<String>>), String> {
    let is_plain =
        |letter: char| letter.is_ascii_alphanumeric() || ";,/?:@&=+$-_.!~*'()#%".contains(letter);
    let target = if target.chars().all(is_plain) {
        target.to_owned()
    } else {
        uri::encode_whole(&uri::decode_whole(target)?)
    };
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let mut entries: IndexMap<String, Vec<String>> = IndexMap::new();
    for entry in query.split('&').filter(|entry| !entry.is_empty()) {
        let (key, value) = entry.split_once('=').unwrap_or((entry, ""));
        let read = |text: &str| {
            let text = text.replace('+', " ");
            percent_decode_str(&text).decode_utf8_lossy().into_owned()
        };
        entries.entry(read(key)).or_default().push(read(value));
    }
    Ok((path.to_owned(), entries))
}

impl Signer<'_> {
    /// The request in its canonical form.
    pub(super) fn canonical(&self) -> Result<String, String> {
        let own = self.headers.get(BODY_HASH).cloned();
        let body = match own {
            _ if self.is_s3() && self.in_query => "UNSIGNED-PAYLOAD".to_owned(),
            Some(hash) => hash,
            None => hex(&Hash::Sha256.of(&[])),
        };
        Ok([
            self.method,
            &self.canonical_path()?,
            &self.canonical_query(),
            &self.canonical_headers(),
            "",
            &self.signed_headers(),
            &body,
        ]
        .join("\n"))
    }

    /// The names of the headers that are signed.
    pub(super) fn signed_headers(&self) -> String {
        let names: Vec<String> = self.sorted().into_iter().map(|(name, _)| name).collect();
        names.join(";")
    }

    fn canonical_headers(&self) -> String {
        let lines = self.sorted().into_iter().map(|(name, value)| {
            let value: Vec<&str> = value.split_whitespace().collect();
            format!("{name}:{}", value.join(" "))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn sorted(&self) -> Vec<(String, &str)> {
        let headers = self.headers.iter();
        let mut sorted: Vec<(String, &str)> = headers
            .map(|(name, value)| (name.to_lowercase(), value.as_str()))
            .filter(|(name, _)| !UNSIGNED.contains(&name.as_str()))
            .collect();
        sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
        sorted
    }

    fn canonical_query(&self) -> String {
        // S3 looks at the first value of a name alone.
        let of_each = if self.is_s3() { 1 } else { usize::MAX };
        let mut entries: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, values) in self.query.iter().filter(|(key, _)| !key.is_empty()) {
            let mut values: Vec<String> = values
                .iter()
                .take(of_each)
                .map(|value| uri::strict(value))
                .collect();
            values.sort();
            entries.insert(uri::strict(key), values);
        }
        let entries = entries
            .iter()
            .flat_map(|(key, values)| values.iter().map(move |value| format!("{key}={value}")));
        entries.collect::<Vec<_>>().join("&")
    }

    /// The path, encoded once more; for S3 as it is.
    fn canonical_path(&self) -> Result<String, String> {
        if self.path == "/" {
            return Ok(self.path.clone());
        }
        let mut path = self.path.clone();
        while !self.is_s3() && path.contains("//") {
            path = path.replace("//", "/");
        }
        let mut kept: Vec<String> = Vec::new();
        for segment in path.split('/') {
            if self.is_s3() {
                kept.push(uri::strict(&uri::decode(&segment.replace('+', " "))?));
            } else if segment == ".." {
                kept.pop();
            } else if segment != "." {
                kept.push(uri::strict(segment));
            }
        }
        let mut path = kept.join("/");
        if !path.starts_with('/') {
            path.insert(0, '/');
        }
        Ok(if self.is_s3() {
            path.replace("%2F", "/")
        } else {
            path
        })
    }

    fn is_s3(&self) -> bool {
        self.service == "s3"
    }
}
