//! What an auth has been told by servers.

use postern_collection::Auth;

/// Parameters that an auth has from answers. What its collection gives is never among them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Learnt {
    parameters: Vec<(&'static str, String)>,
}

impl Learnt {
    /// Gives them to the auth.
    pub(crate) fn fill(&self, auth: &mut Auth) {
        for (key, value) in &self.parameters {
            put(auth, key, value);
        }
    }

    /// Notes a parameter, unless the collection gives it.
    pub(super) fn set(&mut self, auth: &mut Auth, key: &'static str, value: &str) {
        let known = self.parameters.iter_mut().find(|(name, _)| *name == key);
        match known {
            Some((_, old)) => value.clone_into(old),
            None if auth.get(key).is_empty() => self.parameters.push((key, value.to_owned())),
            None => return,
        }
        put(auth, key, value);
    }
}

fn put(auth: &mut Auth, key: &str, value: &str) {
    auth.parameters.retain(|(name, _)| name != key);
    auth.parameters.push((key.to_owned(), value.into()));
}
