//! What the program ends with: the only place that knows exit codes.

use std::process::ExitCode;

/// How the program ended, as shells and service managers see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: done, or stopped as asked.
    Ok,
    /// 1: it did not work, and the message says why: a database in use, a port that is taken, a test that failed.
    Failed,
    /// 2: it was asked wrongly: an argument, a setting or a file that can't be understood.
    Usage,
    /// 130: a second signal came while it was stopping, and it stopped at once.
    Interrupted,
}

impl Exit {
    /// The number.
    pub(crate) fn code(self) -> u8 {
        match self {
            Exit::Ok => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Interrupted => 130,
        }
    }

    /// Ends the program now, from wherever it is, and waits for nobody.
    pub(crate) fn now(self) -> ! {
        std::process::exit(self.code().into())
    }

    /// What an error ends the program with: wrong configuration is a wrong question, all else a failure.
    pub(crate) fn of(error: &anyhow::Error) -> Self {
        if error.is::<crate::config::ConfigError>() {
            Exit::Usage
        } else {
            Exit::Failed
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
