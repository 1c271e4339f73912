//! What a call says: which event, of which branch, and whether that is wanted.
//!
//! Of the body only a few fields are looked at; a push of a thousand commits is not kept in memory twice.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;

use super::{IncomingHook, IncomingKind, Unsigned};
use crate::{ContentHash, Timestamp, fits_pattern};

/// The event that is wanted where nothing else is said.
pub const PUSH: &str = "push";
/// The push of a tag, with GitHub and GitLab alike.
const TAG_PUSH: &str = "tag_push";
/// The most events that a hook may want.
pub const MAX_EVENTS: usize = 20;
/// The most characters of an event's name.
const LONGEST_EVENT: usize = 64;
/// The most bytes of what Git calls a branch or a tag.
const LONGEST_REF: usize = 1024;
/// The most characters of a name that is told.
const TOLD: usize = 100;

/// Whether this can be the name of an event.
pub fn is_event(name: &str) -> bool {
    (1..=LONGEST_EVENT).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// A call, as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct IncomingCall {
    /// Its headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl fmt::Debug for IncomingCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("IncomingCall")
            .field("headers", &names)
            .field("bytes", &self.body.len())
            .finish()
    }
}

impl IncomingCall {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// What is to be made of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// It is not from who knows the secret.
    Refused(Unsigned),
    /// It can't be read.
    Unreadable(String),
    /// It says that the hook is there.
    Ping,
    /// It is right, and not for this hook.
    Ignored(String),
    /// It is what the hook waits for. Of two with the same mark one is the other, sent once more.
    Wanted {
        /// The hash of what the sender calls the call.
        mark: Option<ContentHash>,
    },
}

/// What of a body matters.
#[derive(Debug, Default, Deserialize)]
struct Body {
    #[serde(rename = "ref")]
    reference: Option<String>,
    deleted: Option<bool>,
    after: Option<String>,
    event_name: Option<String>,
}

/// An event that is no push, or what was pushed.
enum Said<'a> {
    Event(Cow<'a, str>),
    Push(Body),
}

impl IncomingHook {
    /// What is to be made of a call: who it is from, what it says, and whether that is wanted.
    pub fn hear(&self, call: &IncomingCall, now: Timestamp) -> Heard {
        if let Err(why) = self.check(call, now) {
            return Heard::Refused(why);
        }
        match self.said(call) {
            Ok(Said::Event(event)) if event == "ping" && self.kind == IncomingKind::GitHub => {
                Heard::Ping
            }
            Ok(Said::Event(event)) => match self.unwanted_event(&event) {
                Some(why) => Heard::Ignored(why),
                None => self.wanted(call),
            },
            Ok(Said::Push(body)) => match self.unwanted_push(&body) {
                Some(why) => Heard::Ignored(why),
                None => self.wanted(call),
            },
            Err(why) => Heard::Unreadable(why),
        }
    }

    fn said<'a>(&self, call: &'a IncomingCall) -> Result<Said<'a>, String> {
        let event = match self.kind {
            IncomingKind::GitHub => {
                let event = call.header("x-github-event");
                Cow::Borrowed(event.ok_or("X-GitHub-Event is missing")?)
            }
            IncomingKind::GitLab => {
                let event = call.header("x-gitlab-event");
                Cow::Owned(gitlab_event(event.ok_or("X-Gitlab-Event is missing")?))
            }
            // Who sends something else than a push is not known to: what it says of a branch is taken where it is said.
            IncomingKind::Generic => return Ok(Said::Push(read(call).unwrap_or_default())),
        };
        match event.as_ref() {
            PUSH | TAG_PUSH => read(call).map(Said::Push),
            // What GitLab's administrators hear of all projects: the event is in the body.
            "system" if self.kind == IncomingKind::GitLab => {
                let body = read(call)?;
                match body.event_name.as_deref() {
                    Some(PUSH | TAG_PUSH) => Ok(Said::Push(body)),
                    Some(name) => Ok(Said::Event(Cow::Owned(name.to_owned()))),
                    None => Ok(Said::Event(event)),
                }
            }
            _ => Ok(Said::Event(event)),
        }
    }

    fn unwanted_event(&self, event: &str) -> Option<String> {
        let wanted = self.events.iter().any(|it| it == event);
        (!wanted).then(|| {
            format!(
                "the event is {}, and the hook is for {}",
                told(event),
                self.events.join(", ")
            )
        })
    }

    /// Why a push is not for this hook, if so.
    fn unwanted_push(&self, body: &Body) -> Option<String> {
        let reference = body.reference.as_deref().unwrap_or_default();
        if reference.len() > LONGEST_REF {
            return Some("what was pushed has a name that is too long".to_owned());
        }
        let branch = reference.strip_prefix("refs/heads/");
        let tag = reference.strip_prefix("refs/tags/");
        if self.kind != IncomingKind::Generic {
            let event = if tag.is_some() { TAG_PUSH } else { PUSH };
            if let Some(why) = self.unwanted_event(event) {
                return Some(why);
            }
            if body.is_deletion() {
                let name = branch.or(tag).unwrap_or(reference);
                return Some(format!("{} was deleted", told(name)));
            }
        }
        if self.branches.is_empty() || tag.is_some() && self.kind != IncomingKind::Generic {
            return None;
        }
        let Some(branch) = branch else {
            return Some("the call names no branch, and the hook is for some".to_owned());
        };
        let fits = self.branches.iter().any(|it| fits_pattern(it, branch));
        (!fits).then(|| {
            format!(
                "the branch is {}, and the hook is for {}",
                told(branch),
                self.branches.join(", ")
            )
        })
    }

    fn wanted(&self, call: &IncomingCall) -> Heard {
        let names: &[&str] = match self.kind {
            IncomingKind::GitHub => &["x-github-delivery"],
            // The UUID of an event is the same for all that it has set off; the others are one call's own.
            IncomingKind::GitLab => &["webhook-id", "idempotency-key", "x-gitlab-event-uuid"],
            IncomingKind::Generic => &["webhook-id", "idempotency-key", "x-github-delivery"],
        };
        let mark = names.iter().find_map(|name| call.header(name));
        let mark = mark.filter(|mark| !mark.is_empty());
        Heard::Wanted {
            mark: mark.map(|mark| ContentHash::of(mark.as_bytes())),
        }
    }
}

impl Body {
    fn is_deletion(&self) -> bool {
        let nothing = |after: &str| !after.is_empty() && after.bytes().all(|digit| digit == b'0');
        self.deleted == Some(true) || self.after.as_deref().is_some_and(nothing)
    }
}

/// `Push Hook` is `push`, `Merge Request Hook` is `merge_request`.
fn gitlab_event(header: &str) -> String {
    let name = header.trim();
    let name = name.strip_suffix(" Hook").unwrap_or(name);
    name.to_ascii_lowercase().replace(' ', "_")
}

/// What of the body matters. GitHub sends JSON, or a form whose field `payload` is JSON.
fn read(call: &IncomingCall) -> Result<Body, String> {
    let kind = call.header("content-type").unwrap_or_default();
    let form = "application/x-www-form-urlencoded";
    let is_form = kind
        .get(..form.len())
        .is_some_and(|it| it.eq_ignore_ascii_case(form));
    let body: Cow<'_, [u8]> = if is_form && !begins_object(&call.body) {
        let mut fields = url::form_urlencoded::parse(&call.body);
        let payload = fields.find(|(name, _)| name == "payload");
        let (_, payload) = payload.ok_or("the form has no field payload")?;
        Cow::Owned(payload.into_owned().into_bytes())
    } else {
        Cow::Borrowed(&call.body)
    };
    // A list would be read field by field otherwise.
    if !begins_object(&body) {
        return Err("the body is not a JSON object".to_owned());
    }
    serde_json::from_slice(&body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        format!("the body can't be read as a push at line {line} column {column}")
    })
}

fn begins_object(body: &[u8]) -> bool {
    body.trim_ascii_start().first() == Some(&b'{')
}

/// A stranger's name for something, fit to be told.
fn told(name: &str) -> String {
    let plain = name.chars().filter(|one| !one.is_control());
    plain.take(TOLD).collect()
}

#[cfg(test)]
pub(super) mod testing {
    use uuid::Uuid;

    use super::*;
    use crate::{
        IncomingHookId, IncomingTarget, SigningSecret, SourceId, TeamId, UserId, WorkspaceId,
    };

    /// A hook that takes each push.
    pub(in super::super) fn hook(kind: IncomingKind, secret: &str) -> IncomingHook {
        IncomingHook {
            id: IncomingHookId(Uuid::nil()),
            team: TeamId(Uuid::nil()),
            workspace: WorkspaceId(Uuid::nil()),
            name: "On push".to_owned(),
            kind,
            target: IncomingTarget::Source(SourceId(Uuid::nil())),
            secrets: vec![SigningSecret {
                secret: secret.to_owned(),
                not_after: None,
            }],
            branches: Vec::new(),
            events: vec![PUSH.to_owned()],
            last_call: None,
            created_by: UserId(1),
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
        }
    }

    pub(in super::super) fn call(headers: &[(&str, &str)], body: &[u8]) -> IncomingCall {
        let headers = headers.iter();
        IncomingCall {
            headers: headers
                .map(|&(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect(),
            body: body.to_vec(),
        }
    }
}
