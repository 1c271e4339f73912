//! How the receiver answers, or misbehaves.

use std::time::Duration;

use bytes::Bytes;

/// How the receiver answers one request.
#[derive(Debug, Clone)]
pub struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
    pub(super) delay: Duration,
    pub(super) manner: Manner,
}

/// In which way the answer is given.
#[derive(Debug, Clone)]
pub(super) enum Manner {
    Whole,
    Nothing,
    HeadOnly,
    Drip(Duration),
    Endless,
    ResetAfter(usize),
    Raw(Bytes),
}

impl Answer {
    /// An answer with this status and no body.
    pub fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
            delay: Duration::ZERO,
            manner: Manner::Whole,
        }
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same answer with this body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// The same answer, given only after a while.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The body goes out one byte at a time, with this pause after each.
    #[must_use]
    pub fn drip(mut self, every: Duration) -> Self {
        self.manner = Manner::Drip(every);
        self
    }

    /// The head and this many bytes of the body go out, then the connection is reset.
    #[must_use]
    pub fn reset_after(mut self, bytes: usize) -> Self {
        self.manner = Manner::ResetAfter(bytes);
        self
    }

    /// The head goes out and promises a body that never comes.
    #[must_use]
    pub fn then_silence(mut self) -> Self {
        self.manner = Manner::HeadOnly;
        self
    }

    /// The request is read and never answered.
    pub fn hang() -> Self {
        Self {
            manner: Manner::Nothing,
            ..Self::status(200)
        }
    }

    /// The request is read and the connection reset.
    pub fn reset() -> Self {
        Self {
            status: 0,
            manner: Manner::ResetAfter(0),
            ..Self::status(200)
        }
    }

    /// 200, and a body without end.
    pub fn endless() -> Self {
        Self {
            manner: Manner::Endless,
            ..Self::status(200)
        }
    }

    /// Exactly these bytes, and then the connection is closed.
    pub fn raw(bytes: impl Into<Bytes>) -> Self {
        Self {
            status: 0,
            manner: Manner::Raw(bytes.into()),
            ..Self::status(200)
        }
    }

    /// The status line and the headers. An answer to which the body's length belongs has it.
    pub(super) fn head(&self) -> Vec<u8> {
        if self.status == 0 {
            return Vec::new();
        }
        let reason = http::StatusCode::from_u16(self.status)
            .ok()
            .and_then(|status| status.canonical_reason())
            .unwrap_or("");
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", self.status);
        let mut line = |name: &str, value: &str| {
            head.extend([name, ": ", value, "\r\n"]);
        };
        for (name, value) in &self.headers {
            line(name, value);
        }
        let named = |name: &str| {
            self.headers
                .iter()
                .any(|(key, _)| key.eq_ignore_ascii_case(name))
        };
        let bodiless = self.status < 200 || matches!(self.status, 204 | 304);
        if !bodiless && !named("content-length") && !named("transfer-encoding") {
            match self.manner {
                Manner::Endless => line("connection", "close"),
                Manner::HeadOnly => line("content-length", &(self.body.len() + 1).to_string()),
                _ => line("content-length", &self.body.len().to_string()),
            }
        }
        head.push_str("\r\n");
        head.into_bytes()
    }
}
