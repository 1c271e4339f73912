//! What postern-runner promises.
#![expect(clippy::unwrap_used, reason = "a test that can't go on fails")]

mod bounds;
mod chance;
mod data_files;
mod digest;
mod echo;
mod legs;
mod nested;
mod newman;
mod ntlm;
mod oracle;
mod parallel;
mod played;
mod reports;
mod token_fetching;
mod tokens;
mod url_encoder;
