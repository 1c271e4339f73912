//! What comes to an inbox: judged, kept, and told to who looks on.

use postern_model::{
    Inbox, InboxRequest, InboxRequestId, IntegrationId, Sender, SignatureVerdict, Signed,
};
use postern_storage::IntegrationFilter;

use crate::entry::found;
use crate::told::Topic;
use crate::{Journal, JournalError};

/// The most requests that an inbox keeps.
const MOST: usize = 200;
/// The most bytes that their bodies have together.
const MOST_BYTES: i64 = 64 * 1024 * 1024;
/// The most characters of a text that is shown in lists.
const MOST_CHARS: usize = 200;
/// The most characters of a path or a query.
const MOST_OF_URL: usize = 8 * 1024;
/// Headers that hold what opens something. Browsers send some by themselves: whoever opens an inbox's address while signed in here
/// must not leave the session in it.
const CREDENTIALS: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];
/// What stands for what is not kept.
const MASK: &str = "••••••••";

/// A request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Its method.
    pub method: String,
    /// Its path behind the inbox's own.
    pub path: String,
    /// Its query, without the question mark.
    pub query: String,
    /// Its headers, in order, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Arrival {
    /// The first header of this name; empty where there is none.
    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(its, _)| its == name);
        found.map_or("", |(_, value)| value)
    }

    /// The same as it is shown in lists.
    fn shown(&self, name: &str) -> Option<String> {
        let value = cut(self.header(name), MOST_CHARS);
        (!value.is_empty()).then_some(value)
    }

    fn signed(&self) -> Signed<'_> {
        Signed {
            id: self.header("webhook-id"),
            timestamp: self.header("webhook-timestamp"),
            signatures: self.header("webhook-signature"),
            hub: self.header("x-hub-signature-256"),
            body: &self.body,
        }
    }
}

impl Journal {
    /// Takes what has come to the inbox whose address holds this. The oldest go when there are more than 200, or more than 64 MiB.
    pub async fn receive(
        &self,
        token: &str,
        arrival: Arrival,
    ) -> Result<(Inbox, InboxRequest), JournalError> {
        let (verdict, integration) = self.judge(token, &arrival).await?;
        let mut entry = self.entry().await?;
        let inbox = found(entry.tx.inboxes().find_for_update(token).await?, "inbox")?;
        let request = InboxRequest {
            id: InboxRequestId(entry.id()),
            team: inbox.team,
            inbox: inbox.id,
            received_at: entry.now,
            method: cut(&arrival.method, MOST_CHARS),
            path: cut(&arrival.path, MOST_OF_URL),
            query: cut(&arrival.query, MOST_OF_URL),
            bytes: i64::try_from(arrival.body.len()).unwrap_or(i64::MAX),
            content_type: arrival.shown("content-type"),
            event: arrival.shown("postern-event"),
            webhook_id: arrival.shown("webhook-id"),
            attempt: arrival.header("webhook-attempt").parse().ok(),
            verdict,
            integration,
            answered: inbox.answer.status,
        };
        let headers: Vec<(String, String)> = arrival.headers.iter().map(kept).collect();
        let mut requests = entry.tx.inbox_requests();
        requests.insert(&request, &headers, &arrival.body).await?;
        requests
            .trim(inbox.team, inbox.id, MOST, MOST_BYTES)
            .await?;
        entry.changed(inbox.team, Topic::Inbox);
        entry.finish().await?;
        Ok((inbox, request))
    }

    /// What its signature is worth. Nobody waits for this: it unseals what all the team's integrations hold, and hashes the body.
    async fn judge(
        &self,
        token: &str,
        arrival: &Arrival,
    ) -> Result<(SignatureVerdict, Option<IntegrationId>), JournalError> {
        let signed = arrival.signed();
        if !signed.is_signed() {
            return Ok((SignatureVerdict::Unsigned, None));
        }
        let mut tx = self.parts.store.read().await?;
        let inbox = found(tx.inboxes().find(token).await?, "inbox")?;
        let all = IntegrationFilter::default();
        let mut integrations = tx.integrations().list(inbox.team, &all).await?;
        let now = tx.now().await?;
        drop(tx);
        integrations.retain(|it| inbox.is_at(&it.config.url));
        let senders: Vec<Sender<'_>> = integrations
            .iter()
            .map(|it| Sender {
                id: it.id,
                secrets: &it.secrets,
            })
            .collect();
        Ok(signed.judge(&senders, now))
    }
}

/// A header as it is kept: who sent credentials is told, and not which.
fn kept((name, value): &(String, String)) -> (String, String) {
    let value = if CREDENTIALS.contains(&name.as_str()) {
        match value.split_once(' ') {
            Some((scheme, _)) if name != "cookie" && scheme.len() <= 20 => {
                format!("{scheme} {MASK}")
            }
            _ => MASK.to_owned(),
        }
    } else {
        value.clone()
    };
    (name.clone(), value)
}

/// So many characters at most, and none that PostgreSQL's columns can't hold.
fn cut(text: &str, most: usize) -> String {
    let text: String = text.chars().take(most).collect();
    text.replace('\0', "\u{fffd}")
}
