//! Randomness, as an argument.

use uuid::Uuid;

use crate::Timestamp;

/// Where randomness comes from: the operating system in the program, a seed in tests.
pub trait Random: Send + Sync + 'static {
    /// Fills the whole buffer with random bytes.
    fn fill(&self, buffer: &mut [u8]);

    /// A random number.
    fn u64(&self) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    /// A number in `[0, 1)`.
    fn unit(&self) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "53 bits are exactly what an f64 holds"
        )]
        let numerator = (self.u64() >> 11) as f64;
        numerator / 9_007_199_254_740_992.0
    }

    /// A random UUID (version 4).
    fn uuid_v4(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A UUID that sorts by time (version 7).
    fn uuid_v7(&self, now: Timestamp) -> Uuid {
        let mut bytes = [0; 10];
        self.fill(&mut bytes);
        let millis = u64::try_from(now.0).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}
