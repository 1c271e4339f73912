//! Bodies of answers without their compression, as lenient and as strict as Node's zlib.

use std::io::Read;

use bytes::Bytes;
use flate2::{Crc, Decompress, FlushDecompress, Status};

use crate::unsent::Unsent;

/// The most that is decoded at a time.
const CHUNK: usize = 64 * 1024;

/// The body as it was before its compression. One encoding that is known is undone; a list of them, or one that nobody
/// knows, leaves the body as it came. A body that isn't what its header says is an error, one that was cut short is not
/// (but for brotli).
pub(crate) fn decode(body: Bytes, encoding: &str, most: usize) -> Result<Bytes, Unsent> {
    let plain = match encoding.trim().to_lowercase().as_str() {
        "gzip" | "deflate" if body.is_empty() => return Ok(body),
        "gzip" => gzip(&body, most)?,
        "deflate" => {
            // Some servers send the bare stream, without zlib's two bytes before it.
            let has_head = body[0] & 0x0f == 8;
            inflate(&mut Decompress::new(has_head), &body, most)?.0
        }
        "br" => brotli(&body, most)?,
        _ => return Ok(body),
    };
    Ok(plain.into())
}

/// Several members may follow each other; zeros behind them are passed over.
fn gzip(body: &[u8], most: usize) -> Result<Vec<u8>, Unsent> {
    let mut plain = Vec::new();
    let mut rest = body;
    loop {
        let Some(head) = gzip_head(rest)? else {
            return Ok(plain);
        };
        let data = &rest[head..];
        let left = most.saturating_sub(plain.len());
        let (member, used, is_whole) = inflate(&mut Decompress::new(false), data, left)?;
        plain.extend_from_slice(&member);
        let (Some(tail), true) = (data.get(used..used + 8), is_whole) else {
            return Ok(plain);
        };
        let word =
            |at: usize| u32::from_le_bytes([tail[at], tail[at + 1], tail[at + 2], tail[at + 3]]);
        let mut sum = Crc::new();
        sum.update(&member);
        if word(0) != sum.sum() {
            return Err("incorrect data check".into());
        }
        if word(4) != sum.amount() {
            return Err("incorrect length check".into());
        }
        rest = &data[used + 8..];
        if matches!(rest.first(), None | Some(0)) {
            return Ok(plain);
        }
    }
}

/// How long the head of a member is; `None` where it is cut short.
fn gzip_head(member: &[u8]) -> Result<Option<usize>, Unsent> {
    let magic = [0x1f, 0x8b];
    if member.iter().zip(magic).any(|(byte, magic)| *byte != magic) {
        return Err("incorrect header check".into());
    }
    if member.get(2).is_some_and(|method| *method != 8) {
        return Err("unknown compression method".into());
    }
    let Some(&flags) = member.get(3) else {
        return Ok(None);
    };
    if flags & 0xe0 != 0 {
        return Err("unknown header flags set".into());
    }
    let mut at = 10;
    if flags & 4 != 0 {
        let (Some(&low), Some(&high)) = (member.get(at), member.get(at + 1)) else {
            return Ok(None);
        };
        at += 2 + usize::from(u16::from_le_bytes([low, high]));
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            let text = member
                .get(at..)
                .and_then(|rest| rest.iter().position(|byte| *byte == 0));
            let Some(end) = text else {
                return Ok(None);
            };
            at += end + 1;
        }
    }
    if flags & 2 != 0 {
        at += 2;
    }
    Ok((at <= member.len()).then_some(at))
}

/// What a stream holds, how many bytes of it that took, and whether it came to its end.
fn inflate(
    stream: &mut Decompress,
    data: &[u8],
    most: usize,
) -> Result<(Vec<u8>, usize, bool), Unsent> {
    let mut plain = Vec::new();
    loop {
        let used = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
        let before = plain.len();
        plain.reserve(CHUNK);
        let ended = stream
            .decompress_vec(&data[used..], &mut plain, FlushDecompress::Sync)
            .map_err(|error| {
                error
                    .message()
                    .unwrap_or("invalid compressed data")
                    .to_owned()
            })?;
        if plain.len() > most {
            return Err(too_large(most));
        }
        let used = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
        let stands_still = plain.len() == before && used == data.len();
        if ended == Status::StreamEnd
            || stands_still
            || ended == Status::BufError && plain.len() == before
        {
            return Ok((plain, used, ended == Status::StreamEnd));
        }
    }
}

fn brotli(body: &[u8], most: usize) -> Result<Vec<u8>, Unsent> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut plain = Vec::new();
    let mut body = Counted { body, ended: false };
    let read = ::brotli::Decompressor::new(&mut body, 16 * 1024)
        .take(limit)
        .read_to_end(&mut plain);
    match read {
        Ok(_) if plain.len() > most => Err(too_large(most)),
        Ok(_) => Ok(plain),
        Err(_) if body.ended => Err("unexpected end of file".into()),
        Err(_) => Err("Decompression failed".into()),
    }
}

/// A body that knows whether more was asked of it than it has: the decoder says the same of what is cut short and of what
/// is wrong.
struct Counted<'a> {
    body: &'a [u8],
    ended: bool,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.ended |= self.body.is_empty();
        self.body.read(buffer)
    }
}

fn too_large(most: usize) -> Unsent {
    format!("the answer is larger than {most} bytes").into()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use proptest::prelude::*;

    use super::*;

    const MOST: usize = 1 << 20;

    fn gzipped(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn decoded(body: Vec<u8>, encoding: &str) -> Result<String, String> {
        decode(body.into(), encoding, MOST)
            .map(|plain| String::from_utf8_lossy(&plain).into_owned())
            .map_err(|error| error.message)
    }

    #[test]
    fn each_encoding_is_undone() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(b"words").unwrap();
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
        bare.write_all(b"words").unwrap();
        let mut two = gzipped(b"wo");
        two.extend(gzipped(b"rds"));
        let mut padded = gzipped(b"words");
        padded.extend([0; 9]);
        for (body, encoding) in [
            (gzipped(b"words"), " GZIP "),
            (two, "gzip"),
            (padded, "gzip"),
            (zlib.finish().unwrap(), "deflate"),
            (bare.finish().unwrap(), "deflate"),
            (b"words".to_vec(), "x-gzip"),
            (b"words".to_vec(), "gzip, br"),
        ] {
            assert_eq!(
                decoded(body, encoding).as_deref(),
                Ok("words"),
                "{encoding}"
            );
        }
    }

    #[test]
    fn a_gzip_that_is_cut_short_gives_what_it_has() {
        let whole = gzipped(b"some words and some more words");
        for end in 1..whole.len() {
            let plain = decoded(whole[..end].to_vec(), "gzip").unwrap();
            assert!(
                "some words and some more words".starts_with(&plain),
                "{end}"
            );
        }
    }

    #[test]
    fn a_body_that_unfolds_without_end_is_refused() {
        let body = gzipped(&vec![0; MOST + 1]);
        assert_eq!(
            decoded(body, "gzip"),
            Err(format!("the answer is larger than {MOST} bytes"))
        );
    }

    proptest! {
        #[test]
        fn nothing_panics(body in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..3, head in any::<bool>()) {
            let mut body = body;
            if head && at == 0 {
                body.splice(0..0, [0x1f, 0x8b, 8]);
            }
            let _ = decode(body.into(), ["gzip", "deflate", "br"][at], 1000);
        }
    }
}
