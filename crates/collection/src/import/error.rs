//! Why something can't be imported.

use thiserror::Error;

use crate::ParseError;

/// Why something can't be imported. Nothing of it is then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// It has the form of a document and isn't one, or is too large for one.
    #[error(transparent)]
    Document(#[from] ParseError),
    /// It isn't YAML.
    #[error("read it as YAML: {message}")]
    Yaml {
        /// What is wrong, and where.
        message: String,
    },
    /// It is of no kind that is known.
    #[error(
        "know what this is: it is {found}; Postman, OpenAPI, cURL, HAR, Insomnia and Bruno can be read"
    )]
    Unknown {
        /// What it looks like.
        found: String,
    },
    /// It is known, and not of its kind after all.
    #[error("read {what}: {problem}")]
    Broken {
        /// What it is.
        what: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// An archive that can't be opened, or holds too much.
    #[error("open the archive: {problem}")]
    Archive {
        /// What is wrong with it.
        problem: String,
    },
    /// Too many files at once.
    #[error("take more than {most} files at once")]
    TooManyFiles {
        /// The most.
        most: usize,
    },
    /// There is nothing in it.
    #[error("find anything to import: there is no collection and no environment in it")]
    Nothing,
    /// One of several files can't be read.
    #[error("read {path}: {problem}")]
    File {
        /// Which.
        path: String,
        /// Why.
        problem: String,
    },
}

impl ImportError {
    /// The same, of one file of several.
    pub(super) fn within(self, path: &str) -> Self {
        Self::File {
            path: path.to_owned(),
            problem: self.to_string(),
        }
    }

    pub(super) fn broken(what: &'static str, problem: impl Into<String>) -> Self {
        Self::Broken {
            what,
            problem: problem.into(),
        }
    }
}
