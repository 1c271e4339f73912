//! What a call says: which event, of which branch, and whether that is wanted.
//!
//! Of the body only a few fields are looked at; a push of a thousand commits is not kept in memory twice.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;

use super::{IncomingHook, IncomingKind, Unsigned, fits_branch};
use crate::{ContentHash, Timestamp};

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
        let fits = self.branches.iter().any(|it| fits_branch(it, branch));
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::testing::{call, hook};
    use super::*;
    use crate::signature::sign_hub;

    const NOW: Timestamp = Timestamp(1_700_000_000_000);
    const SECRET: &str = "It's a Secret to Everybody";

    /// What is heard of a call that is signed.
    fn heard(
        hook: &IncomingHook,
        event: Option<&str>,
        more: &[(&str, &str)],
        body: &[u8],
    ) -> Heard {
        let signature = sign_hub(SECRET, body);
        let bearer = format!("Bearer {SECRET}");
        let (name, signed) = match hook.kind {
            IncomingKind::GitHub => ("x-github-event", ("x-hub-signature-256", &*signature)),
            IncomingKind::GitLab => ("x-gitlab-event", ("x-gitlab-token", SECRET)),
            IncomingKind::Generic => ("x-gitea-event", ("authorization", &*bearer)),
        };
        let mut headers = vec![signed];
        headers.extend(event.map(|event| (name, event)));
        headers.extend(more);
        hook.hear(&call(&headers, body), NOW)
    }

    fn outcome(heard: &Heard) -> &str {
        match heard {
            Heard::Refused(_) => "refused",
            Heard::Unreadable(why) | Heard::Ignored(why) => why,
            Heard::Ping => "ping",
            Heard::Wanted { .. } => "wanted",
        }
    }

    #[test]
    fn each_sender_s_words_are_understood() {
        use IncomingKind::{Generic, GitHub, GitLab};
        let main = r#"{"ref": "refs/heads/main", "after": "1f"}"#;
        let tag = r#"{"ref": "refs/tags/v1"}"#;
        let other = r#"{"ref": "refs/heads/topic"}"#;
        let gone = r#"{"ref": "refs/heads/main", "deleted": true}"#;
        let zeros = r#"{"ref": "refs/heads/main", "after": "0000000000"}"#;
        let none: &[&str] = &[];
        let some: &[&str] = &["main", "release/*"];
        for (kind, event, branches, body, expected) in [
            (GitHub, "push", none, main, "wanted"),
            (GitHub, "push", some, main, "wanted"),
            (
                GitHub,
                "push",
                some,
                r#"{"ref": "refs/heads/release/1"}"#,
                "wanted",
            ),
            (
                GitHub,
                "push",
                some,
                other,
                "the branch is topic, and the hook is for main, release/*",
            ),
            (
                GitHub,
                "push",
                some,
                "{}",
                "the call names no branch, and the hook is for some",
            ),
            (
                GitHub,
                "push",
                none,
                tag,
                "the event is tag_push, and the hook is for push",
            ),
            (GitHub, "push", none, gone, "main was deleted"),
            (GitHub, "ping", some, "not even JSON", "ping"),
            (
                GitHub,
                "issues",
                none,
                "{}",
                "the event is issues, and the hook is for push",
            ),
            (
                GitHub,
                "push",
                none,
                "[\"refs/heads/main\"]",
                "the body is not a JSON object",
            ),
            (
                GitHub,
                "push",
                none,
                "{\"ref\": 5}",
                "the body can't be read as a push at line 1 column 9",
            ),
            (GitLab, "Push Hook", some, main, "wanted"),
            (
                GitLab,
                "Push Hook",
                some,
                other,
                "the branch is topic, and the hook is for main, release/*",
            ),
            (GitLab, "Push Hook", none, zeros, "main was deleted"),
            (
                GitLab,
                "Tag Push Hook",
                none,
                tag,
                "the event is tag_push, and the hook is for push",
            ),
            (
                GitLab,
                "Merge Request Hook",
                none,
                "{}",
                "the event is merge_request, and the hook is for push",
            ),
            (
                GitLab,
                "ping",
                none,
                "{}",
                "the event is ping, and the hook is for push",
            ),
            (
                GitLab,
                "System Hook",
                none,
                r#"{"event_name": "push", "ref": "refs/heads/a"}"#,
                "wanted",
            ),
            (
                GitLab,
                "System Hook",
                none,
                r#"{"event_name": "user_create"}"#,
                "the event is user_create, and the hook is for push",
            ),
            (Generic, "whatever", none, "not JSON", "wanted"),
            (Generic, "push", some, main, "wanted"),
            (Generic, "push", none, gone, "wanted"),
            (Generic, "push", none, tag, "wanted"),
            (
                Generic,
                "push",
                some,
                tag,
                "the call names no branch, and the hook is for some",
            ),
            (
                Generic,
                "push",
                some,
                "not JSON",
                "the call names no branch, and the hook is for some",
            ),
        ] {
            let mut hook = hook(kind, SECRET);
            hook.branches = branches.iter().map(|&it| it.to_owned()).collect();
            let heard = heard(&hook, Some(event), &[], body.as_bytes());
            assert_eq!(outcome(&heard), expected, "{kind:?} {event} {body}");
        }
        let heard = heard(&hook(GitHub, SECRET), None, &[], b"{}");
        assert_eq!(outcome(&heard), "X-GitHub-Event is missing");
    }

    #[test]
    fn other_events_are_taken_where_they_are_wanted() {
        let mut hook = hook(IncomingKind::GitLab, SECRET);
        hook.branches = vec!["main".to_owned()];
        hook.events = vec!["tag_push".to_owned(), "pipeline".to_owned()];
        for (event, body, expected) in [
            ("Pipeline Hook", "", "wanted"),
            ("Tag Push Hook", r#"{"ref": "refs/tags/v1"}"#, "wanted"),
            (
                "Push Hook",
                r#"{"ref": "refs/heads/main"}"#,
                "the event is push, and the hook is for tag_push, pipeline",
            ),
        ] {
            let heard = heard(&hook, Some(event), &[], body.as_bytes());
            assert_eq!(outcome(&heard), expected, "{event}");
        }
    }

    #[test]
    fn a_form_of_github_s_is_read() {
        let mut hook = hook(IncomingKind::GitHub, SECRET);
        hook.branches = vec!["main".to_owned()];
        let form = [(
            "content-type",
            "application/x-www-form-urlencoded; charset=utf-8",
        )];
        let body = b"payload=%7B%22ref%22%3A%22refs%2Fheads%2Fmain%22%7D";
        assert_eq!(outcome(&heard(&hook, Some("push"), &form, body)), "wanted");
        // `curl -d` says that it is a form.
        let body = br#"{"ref": "refs/heads/main"}"#;
        assert_eq!(outcome(&heard(&hook, Some("push"), &form, body)), "wanted");
        let unread = heard(&hook, Some("push"), &form, b"a=b");
        assert_eq!(outcome(&unread), "the form has no field payload");
    }

    #[test]
    fn a_call_is_marked_by_what_is_its_own() {
        let mark = |kind, more: &[(&str, &str)]| {
            let event = if kind == IncomingKind::GitLab {
                "Push Hook"
            } else {
                "push"
            };
            match heard(&hook(kind, SECRET), Some(event), more, b"{}") {
                Heard::Wanted { mark } => mark,
                other => panic!("{other:?}"),
            }
        };
        let of = |text: &str| Some(ContentHash::of(text.as_bytes()));
        let (uuid, key) = (("x-gitlab-event-uuid", "u"), ("idempotency-key", "k"));
        assert_eq!(
            mark(IncomingKind::GitHub, &[("x-github-delivery", "d")]),
            of("d")
        );
        assert_eq!(mark(IncomingKind::GitHub, &[key]), None);
        assert_eq!(mark(IncomingKind::GitLab, &[uuid]), of("u"));
        assert_eq!(mark(IncomingKind::GitLab, &[uuid, key]), of("k"));
        assert_eq!(mark(IncomingKind::Generic, &[key]), of("k"));
        assert_eq!(mark(IncomingKind::Generic, &[("webhook-id", "")]), None);
    }

    #[test]
    fn names_of_events() {
        for (name, is) in [
            ("push", true),
            ("merge_request", true),
            ("", false),
            ("Push Hook", false),
            (&"e".repeat(65), false),
        ] {
            assert_eq!(is_event(name), is, "{name}");
        }
    }

    fn kinds() -> impl Strategy<Value = IncomingKind> {
        prop::sample::select(IncomingKind::ALL)
    }

    proptest! {
        /// Whatever comes is judged: nothing panics, and what is told is short and has no control characters.
        #[test]
        fn whatever_is_signed_is_judged(
            kind in kinds(),
            event in prop_oneof![
                Just("push".to_owned()), Just("Push Hook".to_owned()), Just("System Hook".to_owned()), ".{0,300}",
            ],
            body in prop_oneof![
                prop::collection::vec(any::<u8>(), 0..200),
                ".{0,300}".prop_map(String::into_bytes),
                (".{0,1500}", any::<bool>()).prop_map(|(name, deleted)| {
                    let reference = format!("refs/heads/{name}");
                    serde_json::json!({"ref": reference, "deleted": deleted, "event_name": name}).to_string().into_bytes()
                }),
            ],
            form in any::<bool>(),
            branch in "[a*/]{0,5}",
        ) {
            let mut hook = hook(kind, SECRET);
            hook.branches.extend((!branch.is_empty()).then_some(branch));
            let more = if form { &[("content-type", "application/x-www-form-urlencoded")][..] } else { &[] };
            let heard = heard(&hook, Some(&event), more, &body);
            prop_assert!(!matches!(heard, Heard::Refused(_)));
            if let Heard::Ignored(why) | Heard::Unreadable(why) = heard {
                prop_assert!(why.chars().count() < 300 && !why.chars().any(char::is_control), "{}", why);
            }
        }

        /// Nothing is taken that is not signed with the secret.
        #[test]
        fn whatever_is_not_signed_is_refused(
            kind in kinds(),
            headers in prop::collection::vec((prop::sample::select(vec![
                "x-hub-signature-256", "x-gitlab-token", "authorization", "webhook-id", "webhook-timestamp",
                "webhook-signature", "x-github-event", "x-gitlab-event",
            ]), "[ -~]{0,90}"), 0..6),
            body in prop::collection::vec(any::<u8>(), 0..50),
        ) {
            let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let heard = hook(kind, SECRET).hear(&call(&headers, &body), NOW);
            prop_assert!(matches!(heard, Heard::Refused(_)), "{:?}", heard);
        }

        /// A body is read as what it says, whatever else is in it.
        #[test]
        fn a_branch_is_found_wherever_it_stands(branch in "[a-z/]{1,20}", before in ".{0,50}", commits in 0..20_usize) {
            let mut hook = hook(IncomingKind::GitHub, SECRET);
            hook.branches = vec![branch.clone()];
            let body = serde_json::json!({
                "a": before, "commits": vec![serde_json::json!({"ref": "refs/heads/no"}); commits],
                "ref": format!("refs/heads/{branch}"), "zipped": {"ref": [1]},
            });
            let heard = heard(&hook, Some("push"), &[], body.to_string().as_bytes());
            prop_assert_eq!(heard, Heard::Wanted { mark: None });
        }
    }
}
