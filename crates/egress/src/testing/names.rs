//! A resolver with a fixed table.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;

use crate::resolver::{Lookup, Resolve, ResolveError};

/// A resolver that knows what it was told, and can be told anew between two look-ups.
#[derive(Debug, Default)]
pub struct FixedNames {
    names: Mutex<HashMap<String, Vec<IpAddr>>>,
}

impl FixedNames {
    /// A resolver that knows no name.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same resolver, knowing one more name.
    #[must_use]
    pub fn with(self, name: &str, addresses: &[&str]) -> Self {
        self.set(name, addresses);
        self
    }

    /// Gives a name other addresses.
    pub fn set(&self, name: &str, addresses: &[&str]) {
        let addresses = addresses
            .iter()
            .map(|address| address.parse().expect("an address"))
            .collect();
        self.names
            .lock()
            .expect("no test panics while it tells a name")
            .insert(name.to_owned(), addresses);
    }
}

impl Resolve for FixedNames {
    fn resolve<'a>(&'a self, name: &'a str) -> Lookup<'a> {
        let names = self
            .names
            .lock()
            .expect("no test panics while it tells a name");
        let found = names
            .get(name)
            .cloned()
            .ok_or_else(|| ResolveError::NotFound(name.to_owned()));
        Box::pin(std::future::ready(found))
    }
}
