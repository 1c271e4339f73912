//! Inboxes.

use postern_journal::NewInbox;
use postern_model::{Inbox, InboxAnswer as Answers, Timestamp};
use postern_storage::Tally;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ApiConfig;

/// `{"inbox": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct InboxAnswer {
    pub(crate) inbox: InboxView,
}

/// `{"inboxes": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct InboxList {
    pub(crate) inboxes: Vec<InboxView>,
}

/// An inbox.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InboxView {
    id: String,
    name: String,
    /// Where to send to.
    url: String,
    answer: AnswerView,
    /// How many requests are in it, at most 200.
    request_count: u32,
    created_by: i64,
    created_at: String,
    /// When the newest of them came.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_request_at: Option<String>,
}

/// What an inbox answers.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AnswerView {
    status: u16,
    /// How long it takes its time first, in milliseconds.
    delay_ms: u32,
    body: String,
    content_type: String,
}

impl InboxView {
    /// The inbox of a server that is there.
    pub(crate) fn of(inbox: &Inbox, tally: Tally, config: &ApiConfig) -> Self {
        Self {
            id: inbox.id.to_string(),
            name: inbox.name.clone(),
            url: config.at(&inbox.path()),
            answer: AnswerView {
                status: inbox.answer.status,
                delay_ms: inbox.answer.delay_ms,
                body: inbox.answer.body.clone(),
                content_type: inbox.answer.content_type.clone(),
            },
            request_count: tally.requests,
            created_by: inbox.created_by.0,
            created_at: inbox.created_at.to_rfc3339(),
            last_request_at: tally.last_at.map(Timestamp::to_rfc3339),
        }
    }
}

/// The body that makes or changes an inbox.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct InboxBody {
    pub(crate) inbox: InboxFields,
}

/// What people say of an inbox. All of it may be left away.
#[derive(Deserialize, ToSchema)]
#[serde(expecting = "an object", deny_unknown_fields)]
pub(crate) struct InboxFields {
    /// At most 255 characters (`Inbox`).
    name: Option<String>,
    /// What it answers.
    answer: Option<AnswerFields>,
}

/// What an inbox is to answer.
#[derive(Default, Deserialize, ToSchema)]
#[serde(expecting = "an object", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AnswerFields {
    /// 200 to 599 (200).
    status: Option<u16>,
    /// How long it takes its time first: 0 to 30000 ms (0).
    delay_ms: Option<u32>,
    /// At most 64 KiB (nothing).
    body: Option<String>,
    /// Nothing that browsers show as a page or run: `text/plain`, `text/csv`, `application/json`, `application/…+json`,
    /// `application/octet-stream`, `application/x-www-form-urlencoded` (`text/plain; charset=utf-8`).
    content_type: Option<String>,
}

impl InboxFields {
    /// The inbox that is wanted; `before` is the one that is changed.
    pub(crate) fn read(self, before: Option<&Inbox>) -> NewInbox {
        let (name, old) = before.map_or_else(
            || ("Inbox".to_owned(), Answers::default()),
            |inbox| (inbox.name.clone(), inbox.answer.clone()),
        );
        let new = self.answer.unwrap_or_default();
        NewInbox {
            name: self.name.unwrap_or(name),
            answer: Answers {
                status: new.status.unwrap_or(old.status),
                delay_ms: new.delay_ms.unwrap_or(old.delay_ms),
                body: new.body.unwrap_or(old.body),
                content_type: new.content_type.unwrap_or(old.content_type),
            },
        }
    }
}
