//! What is encoded in which part of an address.

/// Characters that are encoded, besides controls and all that isn't ASCII.
pub(super) type Set = str;

pub(super) const QUERY: &Set = " \"#'<>";
pub(super) const FRAGMENT: &Set = " \"<>`";
pub(super) const PATH: &Set = " \"<>`#?{}";
pub(super) const USER: &Set = " \"<>`#?{}/:;=@[\\]^|";

/// Percent-encodes what is in the set. What is encoded already stays; a `%` that encodes nothing stays as well.
pub(super) fn percent(text: &str, set: &Set) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_control() || !byte.is_ascii() || set.as_bytes().contains(&byte) {
            encoded.push_str(&format!("%{byte:02X}"));
        } else {
            encoded.push(char::from(byte));
        }
    }
    encoded
}

/// A host in ASCII, numbers in disguise as the addresses that they are; one that can't be is left as it is.
pub(super) fn host(name: &str) -> String {
    // Only a variable without a value can hold such a letter here. Node's `domainToASCII` reads no further.
    let read = name.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let read = read.replace(['\t', '\n', '\r'], "");
    let is_bracketed = read.starts_with('[') && read.ends_with(']');
    if read.is_empty() || (!is_bracketed && read.contains([':', '@'])) {
        return name.to_owned();
    }
    url::Url::parse(&format!("ws://{read}"))
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| name.to_owned())
}
