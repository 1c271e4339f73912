//! What scripts need from us without waiting.

/// The synchronous helpers behind `pm`. They belong to the sandbox for as long as it lives, since the
/// engine's own functions call them.
pub trait Host {
    /// The value of a dynamic variable, for instance of `$guid` (with the dollar sign); none if there is
    /// no such variable. `pm.variables.replaceIn` asks for it.
    fn dynamic_variable(&mut self, name: &str) -> Option<String>;

    /// Fills the buffer with random bytes: `crypto.getRandomValues`, and with it the `uuid` library.
    fn fill_random(&mut self, buffer: &mut [u8]);
}
