//! Randomness, where it enters the house.

use postern_model::Random;
use rand::TryRng as _;
use rand::rngs::SysRng;

/// The operating system's randomness, fit for keys and secrets.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, buffer: &mut [u8]) {
        #[expect(
            clippy::expect_used,
            reason = "a system that gives no randomness can't be worked on: ids would repeat and secrets be guessed"
        )]
        SysRng
            .try_fill_bytes(buffer)
            .expect("the operating system gives randomness");
    }
}
