//! Why a request has no answer.

use std::fmt;

use crate::summary::Cause;

/// Why a request has no answer, in the words of newman, because scripts and people look for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unsent {
    /// The JavaScript error that newman would throw: `Error`, `TypeError`, ….
    pub(crate) name: &'static str,
    pub(crate) message: String,
}

impl Unsent {
    pub(crate) fn type_error(message: impl Into<String>) -> Self {
        Self {
            name: "TypeError",
            message: message.into(),
        }
    }

    pub(crate) fn range_error(message: impl Into<String>) -> Self {
        Self {
            name: "RangeError",
            message: message.into(),
        }
    }

    /// The same where a redirect has led there.
    pub(crate) fn after_a_redirect(mut self) -> Self {
        if self.message.starts_with("Invalid URI") {
            self.message
                .push_str(". This can be caused by a crappy redirection.");
        }
        self
    }
}

impl From<String> for Unsent {
    fn from(message: String) -> Self {
        Self {
            name: "Error",
            message,
        }
    }
}

impl From<&str> for Unsent {
    fn from(message: &str) -> Self {
        message.to_owned().into()
    }
}

impl From<Unsent> for Cause {
    fn from(unsent: Unsent) -> Self {
        Self {
            name: unsent.name.to_owned(),
            message: unsent.message,
            stack: String::new(),
        }
    }
}

impl fmt::Display for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
