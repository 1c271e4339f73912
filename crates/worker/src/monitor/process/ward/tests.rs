//! A child that says anything at all: the parent has an answer, soon, and survives.

use std::io::Write as _;
use std::sync::mpsc::channel;
use std::time::Duration;

use postern_egress::{AddressPolicy, Egress, EgressConfig};
use proptest::prelude::*;
use tokio::time::timeout;

use super::*;
use crate::monitor::play::Played;

/// What comes of a run whose child says these bytes and closes the line.
fn said(bytes: &[u8]) -> (Result<Ended, Lost>, Played) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let (ours, mut theirs) = std::os::unix::net::UnixStream::pair().expect("a line");
        ours.set_nonblocking(true).expect("a line");
        let said = bytes.to_vec();
        let child = std::thread::spawn(move || drop(theirs.write_all(&said)));
        let (nursery, _wishes) = channel();
        let limits = ChildLimits {
            memory: 0,
            cpu_seconds: 0,
        };
        let mut ward = Ward {
            process: None,
            nursery,
            socket: UnixStream::from_std(ours).expect("a line"),
            frames: Frames::new(LARGEST_TO_PARENT, MOST_TO_PARENT),
            limits,
        };
        let egress = Egress::new(EgressConfig::new(AddressPolicy::public("nothing")));
        let mut record = Record::default();
        let listened = timeout(Duration::from_secs(10), ward.listen(&egress, &mut record))
            .await
            .expect("an answer in time");
        drop(ward);
        child.join().expect("the child ends");
        let status = postern_model::RunStatus::Error;
        (listened, record.cut_off(status, "cut off"))
    })
}

fn framed(text: &str) -> Vec<u8> {
    frame(text.as_bytes()).expect("a frame")
}

const CONSOLE: &str = r#"{"Kept": {"Console": {"execution": 1, "level": "log", "text": "hello"}}}"#;

const ENDED: &str = r#"{"Ended": {"status": "success", "stats": {"assertionsTotal": 1, "assertionsFailed": 0, "requestsTotal": 1,
    "requestsFailed": 0, "errors": 0, "warnings": 0, "runCount": 1, "responseLatencyMs": 1, "responseBytes": 1}}}"#;

#[test]
fn what_is_told_is_kept_until_the_line_breaks() {
    let whole = [framed(CONSOLE), framed(ENDED)].concat();
    let (ended, kept) = said(&whole);
    assert_eq!(ended.expect("an end").stats.assertions_total, 1);
    assert_eq!(kept.detail.console[0].text, "hello");

    let (lost, kept) = said(&whole[..whole.len() - 1]);
    assert!(matches!(lost, Err(Lost::Died(_))), "{lost:?}");
    assert_eq!(kept.detail.console.len(), 1);
    assert_eq!(kept.stats.errors, 1);
}

#[test]
fn what_is_no_message_breaks_the_run() {
    for text in [
        "",
        "{",
        "null",
        r#"{"Ready": {"version": 1, "missing": []}}"#,
        r#"{"Dial": {"id": 1, "place": "nowhere", "patience": {"secs": 1, "nanos": 0}}}"#,
        r#"{"Ended": {"status": "success"}}"#,
        r#"{"Wish": {}}"#,
    ] {
        let (lost, _) = said(&framed(text));
        assert!(matches!(lost, Err(Lost::Broken(_))), "{text}: {lost:?}");
    }
    let huge = u32::MAX.to_be_bytes();
    assert!(matches!(said(&huge).0, Err(Lost::Broken(_))));
}

#[test]
fn nobody_tells_more_than_is_taken() {
    let text = "x".repeat(1 << 20);
    let line = CONSOLE.replace("hello", &text);
    let (lost, kept) = said(&framed(&line).repeat(80));
    assert!(matches!(lost, Err(Lost::Broken(_))), "{lost:?}");
    assert!(kept.detail.console.len() < 65);
    // Small ones are taken up to what a record keeps.
    let many = [framed(CONSOLE).repeat(5000), framed(ENDED)].concat();
    let (ended, kept) = said(&many);
    assert!(ended.is_ok());
    assert_eq!(kept.detail.console.len(), 2000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_bytes_come_to_an_end_and_never_to_a_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        place in 0_usize..300,
        instead in any::<u8>(),
    ) {
        prop_assert!(said(&bytes).0.is_err());
        // And a good conversation with one byte changed.
        let mut nearly = [framed(CONSOLE), framed(ENDED)].concat();
        let place = place % nearly.len();
        nearly[place] = instead;
        drop(said(&nearly));
    }
}
