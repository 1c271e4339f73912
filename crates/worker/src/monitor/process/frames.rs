//! Frames: four bytes of length, big-endian, and so many bytes of content.
//!
//! Whoever reads them says how large one may be and how much may come in all; what goes beyond that, or is cut off,
//! is an error at once and never a wait for more.

use bytes::{Buf as _, Bytes, BytesMut};

const HEAD: usize = 4;

/// Bytes that are no frame, or more than may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FrameError {
    #[error("a frame of {0} bytes is more than may come at once")]
    TooLarge(usize),
    #[error("more than {0} bytes came in all")]
    TooMuch(u64),
}

/// A frame with this content.
pub(crate) fn frame(content: &[u8]) -> Result<Vec<u8>, FrameError> {
    let mut framed = Vec::with_capacity(HEAD + content.len());
    let length = u32::try_from(content.len()).map_err(|_| FrameError::TooLarge(content.len()))?;
    framed.extend_from_slice(&length.to_be_bytes());
    framed.extend_from_slice(content);
    Ok(framed)
}

/// Finds the frames in bytes as they come.
#[derive(Debug)]
pub(crate) struct Frames {
    waiting: BytesMut,
    largest: usize,
    /// How many bytes may still come.
    left: u64,
    most: u64,
}

impl Frames {
    /// Frames of at most `largest` bytes, and at most `most` bytes in all.
    pub(crate) fn new(largest: usize, most: u64) -> Self {
        Self {
            waiting: BytesMut::new(),
            largest,
            left: most,
            most,
        }
    }

    /// Takes what has come.
    pub(crate) fn feed(&mut self, bytes: &[u8]) -> Result<(), FrameError> {
        self.left = u64::try_from(bytes.len())
            .ok()
            .and_then(|came| self.left.checked_sub(came))
            .ok_or(FrameError::TooMuch(self.most))?;
        self.waiting.extend_from_slice(bytes);
        Ok(())
    }

    /// The next whole frame's content; `None` while it isn't there.
    pub(crate) fn next(&mut self) -> Result<Option<Bytes>, FrameError> {
        let Some(head) = self.waiting.first_chunk::<HEAD>() else {
            return Ok(None);
        };
        let length = usize::try_from(u32::from_be_bytes(*head)).unwrap_or(usize::MAX);
        if length > self.largest {
            return Err(FrameError::TooLarge(length));
        }
        if self.waiting.len() < HEAD + length {
            self.waiting.reserve(HEAD + length - self.waiting.len());
            return Ok(None);
        }
        self.waiting.advance(HEAD);
        Ok(Some(self.waiting.split_to(length).freeze()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn all(frames: &mut Frames) -> Result<Vec<Vec<u8>>, FrameError> {
        let mut found = Vec::new();
        while let Some(content) = frames.next()? {
            found.push(content.to_vec());
        }
        Ok(found)
    }

    proptest! {
        #[test]
        fn frames_are_found_however_they_are_cut(
            contents in vec(vec(any::<u8>(), 0..300), 0..20),
            cut in 1_usize..64,
        ) {
            let bytes: Vec<u8> = contents
                .iter()
                .flat_map(|content| frame(content).unwrap())
                .collect();
            let mut frames = Frames::new(300, u64::MAX);
            let mut found = Vec::new();
            for piece in bytes.chunks(cut) {
                frames.feed(piece).unwrap();
                found.extend(all(&mut frames).unwrap());
            }
            prop_assert_eq!(found, contents);
        }

        #[test]
        fn any_bytes_are_frames_or_an_error_and_never_more_than_was_allowed(
            bytes in vec(any::<u8>(), 0..2000),
            cut in 1_usize..200,
        ) {
            let mut frames = Frames::new(64, 1000);
            let mut fed = 0;
            for piece in bytes.chunks(cut) {
                fed += piece.len();
                let Ok(()) = frames.feed(piece) else {
                    prop_assert!(fed > 1000);
                    return Ok(());
                };
                match all(&mut frames) {
                    Ok(found) => prop_assert!(found.iter().all(|content| content.len() <= 64)),
                    Err(error) => {
                        prop_assert!(matches!(error, FrameError::TooLarge(length) if length > 64));
                        return Ok(());
                    }
                }
            }
            prop_assert!(fed <= 1000);
        }
    }
}
