//! Where an answer's body ends, and whether the connection can be used after it.

use super::chunks::Chunks;
use super::grammar::lists;
use super::head::{AnswerHead, Version};

/// What is wrong with how an answer's body is framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FramingError {
    #[error("its content-length is not a number")]
    Length,
    #[error("it has more than one content-length")]
    Lengths,
    #[error("it has both a content-length and a transfer-encoding")]
    Both,
    #[error("a chunk of its body has no valid size")]
    ChunkSize,
    #[error("a chunk of its body has no valid extension")]
    ChunkExtension,
    #[error("a chunk of its body is longer than its size")]
    ChunkEnd,
    #[error("what follows its body is not headers")]
    Trailer,
    #[error("what follows its body is too long")]
    TrailerTooLarge,
}

/// How the rest of a body is found.
#[derive(Debug)]
pub(super) enum Body {
    /// So many bytes.
    Length(u64),
    /// In chunks.
    Chunked(Chunks),
    /// Whatever comes until the peer closes.
    UntilClose,
}

/// A step through a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step<'a> {
    /// How many of the bytes given were used.
    pub(super) used: usize,
    /// What of them is body.
    pub(super) data: &'a [u8],
    /// Whether the body has ended.
    pub(super) ended: bool,
}

impl Body {
    /// How the body that follows this head is framed.
    pub(super) fn of(head: &AnswerHead, asked_for_head: bool) -> Result<Self, FramingError> {
        let mut length = None;
        let mut chunked = None;
        for (name, value) in &head.headers {
            if name.eq_ignore_ascii_case("content-length") {
                if length.is_some() {
                    return Err(FramingError::Lengths);
                }
                length = Some(content_length(value)?);
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                // Only what was done last is undone here.
                let last = value.rsplit(',').next().unwrap_or_default();
                chunked = Some(last.trim().eq_ignore_ascii_case("chunked"));
            }
        }
        let body = match (length, chunked) {
            (Some(_), Some(_)) => return Err(FramingError::Both),
            (Some(length), None) => Self::Length(length),
            (None, Some(true)) => Self::Chunked(Chunks::default()),
            (None, _) => Self::UntilClose,
        };
        if asked_for_head || matches!(head.status, 101 | 204 | 304) {
            return Ok(Self::Length(0));
        }
        Ok(body)
    }

    /// Reads on. With no progress and no end, it wants more bytes.
    pub(super) fn step<'a>(&mut self, bytes: &'a [u8]) -> Result<Step<'a>, FramingError> {
        match self {
            Self::Length(left) => {
                let here = usize::try_from(*left).map_or(bytes.len(), |left| left.min(bytes.len()));
                *left -= here as u64;
                Ok(Step {
                    used: here,
                    data: &bytes[..here],
                    ended: *left == 0,
                })
            }
            Self::Chunked(chunks) => chunks.step(bytes),
            Self::UntilClose => Ok(Step {
                used: bytes.len(),
                data: bytes,
                ended: false,
            }),
        }
    }

    /// How long it is, where that is known.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Length(length) => Some(*length),
            Self::Chunked(_) | Self::UntilClose => None,
        }
    }
}

fn content_length(value: &str) -> Result<u64, FramingError> {
    // A number of Rust's may have a sign.
    if !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(FramingError::Length);
    }
    value.parse().map_err(|_| FramingError::Length)
}

/// Whether the peer keeps the connection open after this answer.
pub(super) fn keeps_alive(head: &AnswerHead) -> bool {
    if head.status == 101 {
        return false;
    }
    let said = |word: &str| {
        let mut values = head.headers.iter().filter(|(name, _)| {
            name.eq_ignore_ascii_case("connection") || name.eq_ignore_ascii_case("proxy-connection")
        });
        values.any(|(_, value)| lists(value, word))
    };
    match head.version {
        Version::Http11 => !said("close"),
        Version::Http09 | Version::Http10 | Version::Http20 => said("keep-alive") && !said("close"),
    }
}
