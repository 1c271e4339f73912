//! Taking a typed address apart, as postman-url-encoder does it: nothing is decoded, and nothing is too odd.

use super::{Parameter, Url};
use crate::json::is_blank;

/// What separates parts: a `{{variable}}` with one of these in its name is kept whole.
const RESERVED: [char; 8] = ['.', ':', '/', '?', '#', '@', '&', ']'];

/// Reads an address.
pub(super) fn address(raw: &str) -> Url {
    let mask = Mask::over(raw.trim_start_matches(is_blank));
    let mut url = Url::default();
    let mut rest = mask.text.as_str();
    if let Some((before, hash)) = rest.split_once('#') {
        url.hash = Some(mask.lift(hash));
        rest = before;
    }
    if let Some((before, entries)) = rest.split_once('?') {
        url.query = entries
            .split('&')
            .map(|entry| parameter(&mask.lift(entry)))
            .collect();
        rest = before;
    }
    let slashed = rest.replace('\\', "/");
    let mut rest = slashed.as_str();
    if let Some((protocol, after)) = rest.split_once("://") {
        url.protocol = Some(mask.lift(protocol));
        let stripped = after.trim_start_matches('/');
        let is_file = protocol.eq_ignore_ascii_case("file") && stripped.len() < after.len();
        rest = if is_file {
            &after[after.len() - stripped.len() - 1..]
        } else {
            stripped
        };
    }
    if let Some((before, path)) = rest.split_once('/') {
        url.path = path.split('/').map(|segment| mask.lift(segment)).collect();
        url.has_path = true;
        rest = before;
    }
    if let Some((auth, after)) = rest.rsplit_once('@') {
        url.auth = Some(mask.lift(auth));
        rest = after;
    }
    if let Some((before, port)) = rest
        .rsplit_once(':')
        .filter(|(_, port)| !port.contains(']'))
    {
        url.port = Some(mask.lift(port));
        rest = before;
    }
    url.host = mask.lift(rest);
    url
}

/// Reads a query.
pub(super) fn query(query: &str) -> Vec<Parameter> {
    query.split('&').map(parameter).collect()
}

fn parameter(entry: &str) -> Parameter {
    let (key, value) = match entry.split_once('=') {
        Some((key, value)) => (key, Some(value.to_owned())),
        None => (entry, None),
    };
    Parameter {
        key: Some(key.to_owned()),
        value,
        disabled: false,
    }
}

/// The `{{variable}}` at the start of a text, where one stands there whose name has one of these letters.
pub(super) fn variable<'a>(text: &'a str, with: &[char]) -> Option<&'a str> {
    let inner = text.strip_prefix("{{")?;
    let end = inner.find(['{', '}'])?;
    let named = inner[..end].contains(with) && inner[end..].starts_with("}}");
    named.then(|| &text[..end + 4])
}

/// The first colon outside of a `{{variable}}`.
pub(super) fn colon(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        match variable(&text[at..], &RESERVED) {
            Some(found) => at += found.len(),
            None if letter == ':' => return Some(at),
            None => at += letter.len_utf8(),
        }
    }
    None
}

/// The labels of a host; a `{{variable}}` is one, whatever its name.
pub(super) fn labels(host: &str) -> Vec<String> {
    let mask = Mask::over(host);
    mask.text.split('.').map(|label| mask.lift(label)).collect()
}

/// An address whose variables with reserved characters are hidden behind a letter that it doesn't have.
struct Mask<'a> {
    text: String,
    letter: char,
    /// The hidden variables: each stands in the text as its number between two such letters.
    hidden: Vec<&'a str>,
}

impl<'a> Mask<'a> {
    fn over(raw: &'a str) -> Self {
        let mut hidden = Vec::new();
        let mut text = String::with_capacity(raw.len());
        let letter = ('\u{f0000}'..='\u{10fffd}')
            .find(|letter| !raw.contains(*letter))
            .unwrap_or('\u{f0000}');
        let mut rest = raw;
        while let Some(next) = rest.chars().next() {
            if let Some(found) = variable(rest, &RESERVED) {
                text.push(letter);
                text.push_str(&hidden.len().to_string());
                text.push(letter);
                hidden.push(found);
                rest = &rest[found.len()..];
            } else {
                text.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
        Self {
            text,
            letter,
            hidden,
        }
    }

    /// A part with its variables shown again.
    fn lift(&self, part: &str) -> String {
        if self.hidden.is_empty() {
            return part.to_owned();
        }
        // Every other piece is the number of a variable.
        let pieces = part.split(self.letter).enumerate();
        pieces
            .map(|(at, piece)| match piece.parse::<usize>() {
                Ok(number) if at % 2 == 1 => self.hidden.get(number).copied().unwrap_or(piece),
                _ => piece,
            })
            .collect()
    }
}
