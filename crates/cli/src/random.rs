//! Randomness, where it enters the house.

use postern_model::Random;
use rand::Rng as _;

/// Randomness fit for keys and secrets: a cipher's stream on each thread, seeded by the operating system and again after
/// every 64 KiB. Some seven numbers are drawn for each event, and asking the system for each would be as many calls.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SecureRandom;

impl Random for SecureRandom {
    /// Panics on a system that gives no randomness: it can't be worked on, for ids would repeat and secrets be guessed.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the source that is passed"
    )]
    fn fill(&self, buffer: &mut [u8]) {
        rand::rng().fill_bytes(buffer);
    }
}
