//! What is said between the two processes: frames of JSON, each with its length in front.

use std::io::{self, Read, Write};

use postern_sandbox::Transformed;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The largest frame: the largest payload, written as a text within JSON, and as much again.
const LARGEST: u32 = 32 * 1024 * 1024;

/// What the child says first: which walls are missing.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ready {
    pub(super) missing: Vec<String>,
}

/// A script and what it is given.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Job {
    pub(super) source: String,
    pub(super) input: String,
}

/// What came of it; an error completes "the transform …".
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Done {
    Returned {
        value: serde_json::Value,
        console: Vec<String>,
    },
    Failed(String),
}

impl Done {
    pub(super) fn of(result: Result<Transformed, postern_sandbox::TransformError>) -> Self {
        match result {
            Ok(Transformed { value, console }) => Self::Returned { value, console },
            Err(error) => Self::Failed(error.to_string()),
        }
    }

    pub(super) fn result(self) -> Result<Transformed, String> {
        match self {
            Self::Returned { value, console } => Ok(Transformed { value, console }),
            Self::Failed(why) => Err(why),
        }
    }
}

pub(super) fn write(line: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let content = serde_json::to_vec(message)?;
    let length = u32::try_from(content.len())
        .ok()
        .filter(|&length| length <= LARGEST)
        .ok_or_else(|| io::Error::other("the message is too large"))?;
    line.write_all(&length.to_be_bytes())?;
    line.write_all(&content)?;
    line.flush()
}

pub(super) fn read<T: DeserializeOwned>(line: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 4];
    line.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length);
    if length > LARGEST {
        return Err(io::Error::other("the message is too large"));
    }
    let mut content = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    line.read_exact(&mut content)?;
    Ok(serde_json::from_slice(&content)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut line = Vec::new();
        let job = Job {
            source: "a".to_owned(),
            input: "{}".to_owned(),
        };
        write(&mut line, &job).unwrap();
        let read: Job = read(&mut line.as_slice()).unwrap();
        assert_eq!((read.source, read.input), (job.source, job.input));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = read::<Done>(&mut bytes.as_slice());
        }
    }
}
