//! Inboxes: receivers of the house's own, which keep what they are sent so that people can look at it.

mod verdict;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{InboxId, InboxRequestId, IntegrationId, TeamId, Timestamp, UserId};

pub use self::verdict::{Sender, SignatureVerdict, Signed};

/// An inbox.
#[derive(Clone, PartialEq, Eq)]
pub struct Inbox {
    /// The inbox's id.
    pub id: InboxId,
    /// Whose it is.
    pub team: TeamId,
    /// What people call it.
    pub name: String,
    /// What its address holds: whoever knows it may send. Sealed in the database, open here.
    pub token: String,
    /// What it answers.
    pub answer: InboxAnswer,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Timestamp,
}

impl std::fmt::Debug for Inbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inbox")
            .field("id", &self.id)
            .field("team", &self.team)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Inbox {
    /// The path of its address, below where the server is.
    pub fn path(&self) -> String {
        format!("/in/{}", self.token)
    }

    /// Whether a URL leads to it. Its token is in no other's, so the host needs no look.
    pub fn is_at(&self, url: &str) -> bool {
        let url = Url::parse(url).ok();
        let segments = url.as_ref().and_then(Url::path_segments);
        segments.is_some_and(|mut segments| segments.any(|segment| segment == self.token))
    }
}

/// What an inbox answers to whatever comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxAnswer {
    /// The status, 200 to 599.
    pub status: u16,
    /// How long it takes its time first, in milliseconds.
    pub delay_ms: u32,
    /// The body.
    pub body: String,
    /// What the body is.
    pub content_type: String,
}

impl InboxAnswer {
    /// The longest that an inbox takes its time.
    pub const LONGEST_DELAY_MS: u32 = 30_000;
    /// The most bytes of a body.
    pub const MOST_BYTES: usize = 64 * 1024;

    /// Whether an answer may be of this type: only what no browser shows as a page and no page can use as a script or a style, since
    /// inboxes are at the same origin as the web app.
    pub fn may_be(content_type: &str) -> bool {
        let kind = content_type.split(';').next().unwrap_or_default();
        let kind = kind.trim().to_ascii_lowercase();
        let plain = [
            "text/plain",
            "text/csv",
            "application/json",
            "application/octet-stream",
            "application/x-www-form-urlencoded",
        ];
        let json = kind
            .strip_prefix("application/")
            .and_then(|kind| kind.strip_suffix("+json"))
            .is_some_and(|kind| {
                kind.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
            });
        let shown = content_type
            .bytes()
            .all(|byte| (b' '..=b'~').contains(&byte));
        shown && content_type.len() <= 100 && (json || plain.contains(&kind.as_str()))
    }
}

impl Default for InboxAnswer {
    fn default() -> Self {
        Self {
            status: 200,
            delay_ms: 0,
            body: String::new(),
            content_type: "text/plain; charset=utf-8".to_owned(),
        }
    }
}

/// A request that has come to an inbox, without its headers and its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxRequest {
    /// The request's id.
    pub id: InboxRequestId,
    /// Whose it is.
    pub team: TeamId,
    /// To which inbox it came.
    pub inbox: InboxId,
    /// When.
    pub received_at: Timestamp,
    /// Its method.
    pub method: String,
    /// Its path behind the inbox's own; `/` where there is no more.
    pub path: String,
    /// Its query, without the question mark.
    pub query: String,
    /// How many bytes its body has.
    pub bytes: i64,
    /// What the body is said to be.
    pub content_type: Option<String>,
    /// What event it tells, by its `postern-event`.
    pub event: Option<String>,
    /// Its `webhook-id`.
    pub webhook_id: Option<String>,
    /// Its `webhook-attempt`.
    pub attempt: Option<i32>,
    /// Whether it was signed, and by one of the team's integrations.
    pub verdict: SignatureVerdict,
    /// By which.
    pub integration: Option<IntegrationId>,
    /// The status that it was answered with.
    pub answered: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inbox_is_known_by_the_token_in_the_path_and_nowhere_else() {
        let inbox = Inbox {
            id: InboxId(uuid::Uuid::nil()),
            team: TeamId(uuid::Uuid::nil()),
            name: "Inbox".to_owned(),
            token: "in_5ecret".to_owned(),
            answer: InboxAnswer::default(),
            created_by: UserId(1),
            created_at: Timestamp(0),
        };
        for url in [
            "http://127.0.0.1:7676/in/in_5ecret",
            "https://postern.example/below/in/in_5ecret/more?x=1",
        ] {
            assert!(inbox.is_at(url), "{url}");
        }
        for url in [
            "",
            "in_5ecret",
            "https://postern.example/in/in_5ecret2",
            "https://postern.example/?in/in_5ecret",
            "https://in_5ecret@postern.example/",
        ] {
            assert!(!inbox.is_at(url), "{url}");
        }
    }

    #[test]
    fn an_answer_is_nothing_that_a_browser_runs_or_shows_as_a_page() {
        for good in [
            "text/plain",
            "text/plain; charset=utf-8",
            "application/json",
            "Application/Problem+JSON",
            "application/octet-stream",
        ] {
            assert!(InboxAnswer::may_be(good), "{good}");
        }
        for bad in [
            "",
            "text/html",
            "text/html; application/json",
            "application/xhtml+xml",
            "image/svg+xml",
            "text/javascript",
            "application/javascript",
            "application/x/html+json",
            "text/css",
            "application/json\r\nset-cookie: a=b",
            "multipart/x-mixed-replace",
        ] {
            assert!(!InboxAnswer::may_be(bad), "{bad}");
        }
    }
}
