//! Verbs on inboxes: made, changed, deleted, emptied; and what comes to one.
//!
//! What comes is no activity and makes no event, whatever it is: what an inbox is sent can't go round.

mod receive;

use postern_model::{Action, Inbox, InboxAnswer, InboxId, InboxRequestId, Model};

use crate::activity::{Changed, Thing};
use crate::entry::{check_name, check_text, found, touched};
use crate::keys::new_token;
use crate::told::Topic;
use crate::{Actor, Journal, JournalError};

pub use self::receive::Arrival;

/// The most inboxes of a team.
const MOST: usize = 20;

/// An inbox as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInbox {
    /// What people call it.
    pub name: String,
    /// What it answers.
    pub answer: InboxAnswer,
}

impl Journal {
    /// Makes an inbox.
    pub async fn create_inbox(&self, actor: &Actor, new: NewInbox) -> Result<Inbox, JournalError> {
        check(&new)?;
        let mut entry = self.entry().await?;
        if entry.tx.inboxes().list(actor.team).await?.len() >= MOST {
            return Err(JournalError::Conflict {
                doing: "make one more inbox",
                because: "a team has at most 20; delete one, or use one of them",
            });
        }
        let inbox = Inbox {
            id: InboxId(entry.id()),
            team: actor.team,
            name: new.name,
            token: new_token("in_", self.parts.random.as_ref()),
            answer: new.answer,
            created_by: actor.user,
            created_at: entry.now,
        };
        entry.tx.inboxes().insert(&inbox).await?;
        let activity = thing(&inbox).was(actor, Action::Create, entry.now);
        entry.tell(vec![activity]).await?;
        entry.changed(actor.team, Topic::Inbox);
        entry.finish().await?;
        Ok(inbox)
    }

    /// Changes what an inbox is called and what it answers. Its address stays.
    pub async fn replace_inbox(
        &self,
        actor: &Actor,
        id: InboxId,
        new: NewInbox,
    ) -> Result<Inbox, JournalError> {
        check(&new)?;
        let mut entry = self.entry().await?;
        let before = found(entry.tx.inboxes().get(actor.team, id).await?, "inbox")?;
        let inbox = Inbox {
            name: new.name,
            answer: new.answer,
            ..before.clone()
        };
        touched(entry.tx.inboxes().update(&inbox).await?, "inbox")?;
        let changed = Changed {
            renamed_from: (before.name != inbox.name).then_some(&before.name),
            otherwise: before.answer != inbox.answer,
            ..Changed::default()
        };
        let activities = thing(&inbox).was_changed(actor, changed, entry.now);
        entry.tell(activities).await?;
        entry.changed(actor.team, Topic::Inbox);
        entry.finish().await?;
        Ok(inbox)
    }

    /// Deletes an inbox with all that has come to it.
    pub async fn delete_inbox(&self, actor: &Actor, id: InboxId) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let inbox = found(entry.tx.inboxes().get(actor.team, id).await?, "inbox")?;
        touched(entry.tx.inboxes().delete(actor.team, id).await?, "inbox")?;
        let activity = thing(&inbox).was(actor, Action::Delete, entry.now);
        entry.tell(vec![activity]).await?;
        entry.changed(actor.team, Topic::Inbox);
        entry.finish().await
    }

    /// Deletes all that has come to an inbox.
    pub async fn empty_inbox(&self, actor: &Actor, id: InboxId) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        found(entry.tx.inboxes().get(actor.team, id).await?, "inbox")?;
        entry.tx.inbox_requests().empty(actor.team, id).await?;
        entry.changed(actor.team, Topic::Inbox);
        entry.finish().await
    }

    /// Deletes one request that has come to an inbox.
    pub async fn delete_inbox_request(
        &self,
        actor: &Actor,
        inbox: InboxId,
        id: InboxRequestId,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let mut requests = entry.tx.inbox_requests();
        touched(requests.delete(actor.team, inbox, id).await?, "request")?;
        entry.changed(actor.team, Topic::Inbox);
        entry.finish().await
    }
}

fn check(new: &NewInbox) -> Result<(), JournalError> {
    check_name("inbox.name", &new.name)?;
    let answer = &new.answer;
    if !(200..=599).contains(&answer.status) {
        let problem = "a status is a number from 200 to 599";
        return Err(JournalError::invalid("inbox.answer.status", problem));
    }
    if answer.delay_ms > InboxAnswer::LONGEST_DELAY_MS {
        let problem = "it can wait for 0 to 30000 milliseconds";
        return Err(JournalError::invalid("inbox.answer.delayMs", problem));
    }
    check_text("inbox.answer.body", &answer.body)?;
    if answer.body.len() > InboxAnswer::MOST_BYTES {
        let problem = "a body has at most 65536 bytes";
        return Err(JournalError::invalid("inbox.answer.body", problem));
    }
    if !InboxAnswer::may_be(&answer.content_type) {
        let problem = "it has to be text/plain, text/csv, application/json, application/…+json, application/octet-stream \
            or application/x-www-form-urlencoded: nothing that a browser runs or shows as a page";
        return Err(JournalError::invalid("inbox.answer.contentType", problem));
    }
    Ok(())
}

fn thing(inbox: &Inbox) -> Thing<'_> {
    Thing {
        model: Model::Inbox,
        name: &inbox.name,
        uid: inbox.id.to_string(),
        workspace: None,
    }
}
