//! The head of an answer, read line by line as it arrives.
//!
//! Each line is read once, when it is whole, so that a head that drips in costs no more than one that comes at once; and a
//! line that is wrong fails at once, not when the head ends. What is right is what Node's client takes for it: lines end
//! in CR LF, names are tokens, nothing is folded.

use super::grammar::{is_token, is_value, text, trim};

/// The most bytes of head that an answer may have, answers on the way to it included.
pub(crate) const MAX_HEAD: usize = 64 * 1024;
/// The most headers that an answer may have. Node's client keeps half as many, and leaves out the others without a word.
pub(crate) const MAX_HEADERS: usize = 2000;

/// The head of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnswerHead {
    pub(crate) version: Version,
    pub(crate) status: u16,
    pub(crate) reason: String,
    /// In the order and the letters that they came in.
    pub(crate) headers: Vec<(String, String)>,
    /// How many bytes it had on the wire.
    pub(crate) bytes: u64,
}

/// The versions that an answer may name. Servers that say 2.0 on a connection of 1.1 mean 1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    Http09,
    Http10,
    Http11,
    Http20,
}

impl Version {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Http09 => "HTTP/0.9",
            Self::Http10 => "HTTP/1.0",
            Self::Http11 => "HTTP/1.1",
            Self::Http20 => "HTTP/2.0",
        }
    }
}

/// What is wrong with a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HeadError {
    #[error("it does not begin with HTTP/")]
    NotHttp,
    #[error("it begins as HTTP/2 does, which was not asked for")]
    Http2,
    #[error("its status line is not a version, a status and words")]
    StatusLine,
    #[error("a line of its head does not end in CR LF")]
    LineEnd,
    #[error("a line of its head is not a header")]
    Header,
    #[error("the value of a header has a control character in it")]
    Value,
    #[error("its head has more than {MAX_HEADERS} headers or {MAX_HEAD} bytes")]
    TooLarge,
}

/// Reads heads.
#[derive(Debug, Default)]
pub(super) struct HeadReader {
    status: Option<(Version, u16, String)>,
    headers: Vec<(String, String)>,
    lines: LineReader,
    /// Bytes of this head.
    bytes: usize,
    /// Bytes of the interim answers and empty lines before.
    before: usize,
}

impl HeadReader {
    /// Reads on. The first number is how many of the bytes were used; the others have to be given again, with more.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<(usize, Option<AnswerHead>), HeadError> {
        let mut used = 0;
        loop {
            if self.status.is_none() {
                // Some servers end a body with a line too many.
                let empty = bytes[used..]
                    .iter()
                    .take_while(|byte| b"\r\n".contains(byte));
                let empty = empty.count();
                used += empty;
                self.before += empty;
                if !begins_as_http(&bytes[used..])? {
                    self.limit(0)?;
                    return Ok((used, None));
                }
            }
            let rest = &bytes[used..];
            let Some(line) = self.lines.next(rest)? else {
                self.limit(rest.len())?;
                return Ok((used, None));
            };
            used += line.len() + 2;
            self.bytes += line.len() + 2;
            self.limit(0)?;
            if self.status.is_none() {
                self.status = Some(status_line(line)?);
            } else if !line.is_empty() {
                if self.headers.len() == MAX_HEADERS {
                    return Err(HeadError::TooLarge);
                }
                self.headers.push(header(line)?);
            } else if let Some((version, status, reason)) = self.status.take() {
                let head = AnswerHead {
                    version,
                    status,
                    reason,
                    headers: std::mem::take(&mut self.headers),
                    bytes: self.bytes as u64,
                };
                if !(100..200).contains(&status) || status == 101 {
                    return Ok((used, Some(head)));
                }
                // 100 and 103 announce the answer; they are not it.
                self.before += std::mem::take(&mut self.bytes);
            }
        }
    }

    fn limit(&self, pending: usize) -> Result<(), HeadError> {
        if self.before + self.bytes + pending > MAX_HEAD {
            return Err(HeadError::TooLarge);
        }
        Ok(())
    }
}

/// Finds lines, looking at each byte once.
#[derive(Debug, Default)]
pub(super) struct LineReader {
    looked_at: usize,
}

impl LineReader {
    /// The line that the bytes begin with, without its end, if it is whole.
    pub(super) fn next<'a>(&mut self, bytes: &'a [u8]) -> Result<Option<&'a [u8]>, HeadError> {
        let unseen = &bytes[self.looked_at..];
        let Some(end) = unseen.iter().position(|&byte| byte == b'\n') else {
            self.looked_at = bytes.len();
            return Ok(None);
        };
        let line = &bytes[..self.looked_at + end];
        self.looked_at = 0;
        line.strip_suffix(b"\r").map(Some).ok_or(HeadError::LineEnd)
    }
}

/// Whether it is the beginning of an answer; if not, there is too little of it to tell.
fn begins_as_http(bytes: &[u8]) -> Result<bool, HeadError> {
    const START: &[u8] = b"HTTP/";
    /// A server that speaks only HTTP/2 begins with settings, on stream 0, of so many bytes.
    const SETTINGS: [Option<u8>; 9] = {
        let zero = Some(0);
        [zero, zero, None, Some(4), zero, zero, zero, zero, zero]
    };
    if bytes.starts_with(START) {
        return Ok(true);
    }
    let settings = bytes
        .iter()
        .zip(SETTINGS)
        .all(|(&byte, wanted)| wanted.is_none_or(|wanted| wanted == byte));
    match bytes.len() {
        9.. if settings => Err(HeadError::Http2),
        _ if settings || START.starts_with(bytes) => Ok(false),
        _ => Err(HeadError::NotHttp),
    }
}

fn status_line(line: &[u8]) -> Result<(Version, u16, String), HeadError> {
    let rest = line.strip_prefix(b"HTTP/").ok_or(HeadError::NotHttp)?;
    let (version, rest) = rest.split_at_checked(3).ok_or(HeadError::StatusLine)?;
    let version = match version {
        b"0.9" => Version::Http09,
        b"1.0" => Version::Http10,
        b"1.1" => Version::Http11,
        b"2.0" => Version::Http20,
        _ => return Err(HeadError::StatusLine),
    };
    let [b' ', hundreds @ b'1'..=b'9', tens, ones, rest @ ..] = rest else {
        return Err(HeadError::StatusLine);
    };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    let status = digit(hundreds)
        .zip(digit(tens))
        .zip(digit(ones))
        .map(|((hundreds, tens), ones)| hundreds * 100 + tens * 10 + ones)
        .ok_or(HeadError::StatusLine)?;
    let reason = match rest {
        [] => rest,
        // The words are for people, and servers write into them what they like.
        [b' ', words @ ..] if !words.contains(&b'\r') => words,
        _ => return Err(HeadError::StatusLine),
    };
    Ok((version, status, text(reason)))
}

/// A header's name and value.
pub(super) fn header(line: &[u8]) -> Result<(String, String), HeadError> {
    let colon = line.iter().position(|&byte| byte == b':');
    let (name, value) = line.split_at(colon.ok_or(HeadError::Header)?);
    if !is_token(name) {
        return Err(HeadError::Header);
    }
    let value = trim(&value[1..]);
    if !is_value(value) {
        return Err(HeadError::Value);
    }
    Ok((text(name), text(value)))
}

#[cfg(test)]
mod tests;
