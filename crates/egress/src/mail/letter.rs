//! A letter, and how it is written (RFC 5322). What people wrote can't become a header: each is set as a value.

use std::time::{Duration, SystemTime};

use lettre::Message;
use lettre::address::{Address, Envelope};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The sender's address.
    pub from: String,
    /// The sender's name.
    pub name: String,
    /// To whom.
    pub to: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// What it is known by: the same each time it is sent.
    pub id: String,
    /// Letters with the same thread belong together.
    pub thread: Option<String>,
    /// When it was written, in milliseconds since 1970.
    pub at: i64,
}

/// A letter that can't be written; completes "failed to write the letter: …".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLetter {
    /// An address is none.
    #[error("{0:?} is no address that can be written to")]
    Address(String),
    /// Something else.
    #[error("{0}")]
    Other(String),
}

/// A letter and its envelope, ready to be handed over.
pub(super) struct Written {
    pub(super) envelope: Envelope,
    pub(super) message: Vec<u8>,
}

impl Letter {
    pub(super) fn write(&self) -> Result<Written, InvalidLetter> {
        let address = |text: &String| {
            let parsed = text.parse::<Address>();
            parsed.map_err(|_| InvalidLetter::Address(text.clone()))
        };
        let from = address(&self.from)?;
        let domain = from.domain().to_owned();
        let at = Duration::from_millis(u64::try_from(self.at).unwrap_or(0));
        let mut message = Message::builder()
            .from(Mailbox::new(Some(self.name.clone()), from.clone()))
            .date(SystemTime::UNIX_EPOCH + at)
            .message_id(Some(format!("<{}@{domain}>", self.id)))
            .subject(self.subject.clone());
        // Answers by machines (out of office) are not wanted: RFC 3834.
        for (name, value) in [
            ("Auto-Submitted", "auto-generated"),
            ("X-Auto-Response-Suppress", "All"),
        ] {
            let name = HeaderName::new_from_ascii_str(name);
            message = message.raw_header(HeaderValue::new(name, value.to_owned()));
        }
        if let Some(thread) = &self.thread {
            message = message.references(format!("<{thread}@{domain}>"));
        }
        let mut to = Vec::with_capacity(self.to.len());
        for text in &self.to {
            let recipient = address(text)?;
            message = message.to(Mailbox::new(None, recipient.clone()));
            to.push(recipient);
        }
        let other = |error: String| InvalidLetter::Other(error);
        let envelope = Envelope::new(Some(from), to).map_err(|error| other(error.to_string()))?;
        let parts = MultiPart::alternative_plain_html(self.text.clone(), self.html.clone());
        let message = message
            .multipart(parts)
            .map_err(|error| other(error.to_string()))?;
        Ok(Written {
            envelope,
            message: message.formatted(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letter(subject: &str) -> Letter {
        Letter {
            from: "postern@example.com".to_owned(),
            name: "Postern".to_owned(),
            to: vec!["mia@example.com".to_owned()],
            subject: subject.to_owned(),
            text: "größe".to_owned(),
            html: "<p>größe</p>".to_owned(),
            id: "0193".to_owned(),
            thread: Some("monitor-1".to_owned()),
            at: 1_795_836_242_500,
        }
    }

    #[test]
    fn a_letter_is_written_with_all_that_it_has() {
        let written = letter("Payments API failed").write().unwrap();
        let text = String::from_utf8(written.message).unwrap();
        for line in [
            "From: Postern <postern@example.com>\r\n",
            "To: mia@example.com\r\n",
            "Subject: Payments API failed\r\n",
            "Message-ID: <0193@example.com>\r\n",
            "References: <monitor-1@example.com>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "multipart/alternative",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(text.is_ascii(), "it goes through servers of any age");
        let mut nobody = letter("a");
        nobody.to = vec!["mia".to_owned()];
        assert!(matches!(nobody.write(), Err(InvalidLetter::Address(_))));
    }

    proptest! {
        #[test]
        fn a_subject_never_becomes_a_header(subject in "\\PC{0,60}", inside in "[\r\n]{0,3}") {
            let written = letter(&format!("{subject}{inside}Bcc: evil@example.com")).write();
            let text = String::from_utf8(written.unwrap().message).unwrap();
            let (head, _) = text.split_once("\r\n\r\n").unwrap();
            prop_assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{}", head);
        }
    }
}
