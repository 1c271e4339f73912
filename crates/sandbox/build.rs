//! Bundles the script libraries.
fn main() {}
