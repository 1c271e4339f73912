//! A chunked body.

use super::framing::{FramingError, Step};
use super::grammar::{in_token, in_value};
use super::head::{LineReader, MAX_HEAD, header};

/// The most bytes that the extensions of a body's chunks may have together, as in Node's client.
const MAX_EXTENSIONS: usize = 16 * 1024;
/// The most digits that a chunk's size may have, zeros in front included.
const MAX_DIGITS: u32 = 64;

/// Reads chunks: size, extension, data, and what follows the last one.
#[derive(Debug, Default)]
pub(super) struct Chunks {
    state: State,
    /// The present chunk's size, then what is left of it.
    left: u64,
    digits: u32,
    extensions: usize,
    lines: LineReader,
    trailers: usize,
}

#[derive(Debug, Clone, Copy, Default)]
enum State {
    #[default]
    Size,
    /// After a semicolon, which something has to follow.
    ExtensionStart,
    Extension,
    Quoted,
    Escaped,
    /// After a closing quote.
    Unquoted,
    SizeLf,
    Data,
    DataCr,
    DataLf,
    Trailers,
}

impl Chunks {
    pub(super) fn step<'a>(&mut self, bytes: &'a [u8]) -> Result<Step<'a>, FramingError> {
        let mut used = 0;
        while used < bytes.len() {
            match self.state {
                State::Data => {
                    let rest = &bytes[used..];
                    let here =
                        usize::try_from(self.left).map_or(rest.len(), |left| left.min(rest.len()));
                    self.left -= here as u64;
                    if self.left == 0 {
                        self.state = State::DataCr;
                    }
                    return Ok(Step {
                        used: used + here,
                        data: &rest[..here],
                        ended: false,
                    });
                }
                State::Trailers => return self.trailers(bytes, used),
                _ => {
                    self.state = self.framing(bytes[used])?;
                    used += 1;
                }
            }
        }
        Ok(Step {
            used,
            data: &[],
            ended: false,
        })
    }

    /// What a byte between two chunks leads to.
    fn framing(&mut self, byte: u8) -> Result<State, FramingError> {
        Ok(match (self.state, byte) {
            (State::Size, b'\r') if self.digits > 0 => State::SizeLf,
            (State::Size, b';') if self.digits > 0 => State::ExtensionStart,
            (State::Size, _) => {
                self.digit(byte)?;
                State::Size
            }
            (State::Extension | State::Unquoted, b'\r') => State::SizeLf,
            (State::SizeLf, b'\n') => {
                self.digits = 0;
                if self.left == 0 {
                    State::Trailers
                } else {
                    State::Data
                }
            }
            (State::SizeLf, _) => return Err(FramingError::ChunkSize),
            (State::DataCr, b'\r') => State::DataLf,
            (State::DataLf, b'\n') => State::Size,
            (State::DataCr | State::DataLf, _) => return Err(FramingError::ChunkEnd),
            _ => self.extension(byte)?,
        })
    }

    fn digit(&mut self, byte: u8) -> Result<(), FramingError> {
        let digit = char::from(byte)
            .to_digit(16)
            .ok_or(FramingError::ChunkSize)?;
        self.digits += 1;
        self.left = self
            .left
            .checked_mul(16)
            .filter(|_| self.digits <= MAX_DIGITS)
            .ok_or(FramingError::ChunkSize)?
            + u64::from(digit);
        Ok(())
    }

    /// Nobody wants extensions, but a byte that can't be one means that the size before is none either.
    fn extension(&mut self, byte: u8) -> Result<State, FramingError> {
        self.extensions += 1;
        if self.extensions > MAX_EXTENSIONS {
            return Err(FramingError::ChunkExtension);
        }
        Ok(match (self.state, byte) {
            (State::Extension | State::Unquoted, b';') => State::ExtensionStart,
            (State::Extension, b'"') => State::Quoted,
            (State::ExtensionStart | State::Extension, b'=') => State::Extension,
            (State::ExtensionStart | State::Extension, byte) if in_token(byte) => State::Extension,
            (State::Quoted, b'"') => State::Unquoted,
            (State::Quoted, b'\\') => State::Escaped,
            (State::Quoted | State::Escaped, byte) if in_value(byte) => State::Quoted,
            _ => return Err(FramingError::ChunkExtension),
        })
    }

    /// Headers behind the body are checked and left out: nobody asks for them.
    fn trailers<'a>(&mut self, bytes: &'a [u8], from: usize) -> Result<Step<'a>, FramingError> {
        let mut used = from;
        loop {
            let rest = &bytes[used..];
            let line = self.lines.next(rest).map_err(|_| FramingError::Trailer)?;
            let pending = line.map_or(rest.len(), |line| line.len() + 2);
            if self.trailers + pending > MAX_HEAD {
                return Err(FramingError::TrailerTooLarge);
            }
            let Some(line) = line else { break };
            used += pending;
            self.trailers += pending;
            if line.is_empty() {
                return Ok(Step {
                    used,
                    data: &[],
                    ended: true,
                });
            }
            let (name, _) = header(line).map_err(|_| FramingError::Trailer)?;
            if name.eq_ignore_ascii_case("content-length") {
                return Err(FramingError::Trailer);
            }
        }
        Ok(Step {
            used,
            data: &[],
            ended: false,
        })
    }
}
