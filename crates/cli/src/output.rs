//! The one place that prints.
//!
//! What a command was asked for goes to stdout; what it has to say about that goes to stderr, as the logs do. A closed
//! pipe is no failure: who reads no further has read enough.

use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::sync::OnceLock;

/// How a piece of text stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paint {
    /// What doesn't.
    Dim,
    /// What went wrong.
    Red,
    /// What went right.
    Green,
}

impl Paint {
    fn code(self) -> &'static str {
        match self {
            Paint::Dim => "2",
            Paint::Red => "31",
            Paint::Green => "32",
        }
    }
}

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    /// What was asked for.
    Out,
    /// What there is to say about it.
    Err,
}

impl Stream {
    /// Whether text on this stream may be coloured: on a terminal, unless `NO_COLOR` says otherwise.
    pub(crate) fn is_coloured(self) -> bool {
        static COLOURED: OnceLock<(bool, bool)> = OnceLock::new();
        let (out, err) = COLOURED.get_or_init(|| {
            let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            (
                wanted && stdout().is_terminal(),
                wanted && stderr().is_terminal(),
            )
        });
        match self {
            Stream::Out => *out,
            Stream::Err => *err,
        }
    }

    /// Whether somebody looks on.
    pub(crate) fn is_terminal(self) -> bool {
        match self {
            Stream::Out => stdout().is_terminal(),
            Stream::Err => stderr().is_terminal(),
        }
    }

    /// The text in that colour, or plain where colours don't belong.
    pub(crate) fn paint(self, paint: Paint, text: impl Display) -> String {
        if self.is_coloured() {
            format!("\u{1b}[{}m{text}\u{1b}[0m", paint.code())
        } else {
            text.to_string()
        }
    }
}

/// Prints a line of what was asked for.
pub(crate) fn line(text: impl Display) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Prints text of what was asked for as it is, without a line's end.
pub(crate) fn text(text: impl Display) {
    let mut out = stdout().lock();
    let _ = write!(out, "{text}").and_then(|()| out.flush());
}

/// Tells people something beside what they asked for.
pub(crate) fn note(text: impl Display) {
    let _ = writeln!(stderr().lock(), "{text}");
}

/// Tells why something did not work. The errors of the house complete "failed to ...".
pub(crate) fn failure(error: &anyhow::Error) {
    let label = Stream::Err.paint(Paint::Red, "error:");
    note(format_args!("{label} failed to {error:#}"));
}
