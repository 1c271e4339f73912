//! Postman's uids: the owner's user id, a hyphen, and the thing's own id.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use uuid::Uuid;

use crate::UserId;

/// `<owner's user id>-<uuid>`, as in Postman's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Uid {
    /// Who owns the thing; `None` when only the bare id was given.
    pub owner: Option<UserId>,
    /// The thing's own id.
    pub id: Uuid,
}

impl Uid {
    /// The uid of a thing that this user owns.
    pub fn new(owner: UserId, id: Uuid) -> Self {
        Self {
            owner: Some(owner),
            id,
        }
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.owner {
            Some(owner) => write!(f, "{owner}-{}", self.id),
            None => self.id.fmt(f),
        }
    }
}

/// The text is neither a uid nor a bare id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read {text:?} as a uid (expected <owner>-<uuid> or <uuid>)")]
pub struct InvalidUid {
    text: String,
}

impl FromStr for Uid {
    type Err = InvalidUid;

    fn from_str(text: &str) -> Result<Self, InvalidUid> {
        let invalid = || InvalidUid {
            text: text.chars().take(100).collect(),
        };
        if let Ok(id) = Uuid::try_parse(text) {
            return Ok(Self { owner: None, id });
        }
        let (owner, id) = text.split_once('-').ok_or_else(invalid)?;
        let owner = owner.parse().map_err(|_| invalid())?;
        let id = Uuid::try_parse(id).map_err(|_| invalid())?;
        Ok(Self {
            owner: Some(UserId(owner)),
            id,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uids_and_bare_ids_are_read_back_as_written() {
        for text in [
            "12345678-0192b3c4-0000-7000-8000-000000000001",
            "0192b3c4-0000-7000-8000-000000000001",
        ] {
            assert_eq!(text.parse::<Uid>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "-",
            "x",
            "12-",
            "12-34",
            "a-0192b3c4-0000-7000-8000-000000000001",
        ] {
            assert!(text.parse::<Uid>().is_err(), "{text}");
        }
    }
}
