//! What is heard of calls.

use proptest::prelude::*;

use super::testing::{call, hook};
use super::*;
use crate::signature::sign_hub;

const NOW: Timestamp = Timestamp(1_700_000_000_000);
const SECRET: &str = "It's a Secret to Everybody";

/// What is heard of a call that is signed.
fn heard(hook: &IncomingHook, event: Option<&str>, more: &[(&str, &str)], body: &[u8]) -> Heard {
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
