//! Where collections come from.

use std::process::Stdio;

use postern_egress::testing::{Answer, Receiver};

use super::Bench;
use crate::server::{Program, said};

#[test]
fn the_collection_may_come_from_stdin() {
    let bench = Bench::new();
    let document = std::fs::read_to_string(bench.place.path().join("pets.json")).unwrap();
    let mut command = bench.place.command(&["run", "-"]);
    command.stdin(Stdio::piped());
    let mut program = Program::start(command);
    program.hears(&document);
    let output = program.ended();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    assert!(said(&output.stdout).contains("❏ Writing"));
    assert_eq!(bench.asked().len(), 3);

    let printed = bench.ends(1, &["-"]);
    let expected = "error: failed to read the collection -: ";
    assert!(
        printed.errors.starts_with(expected),
        "nothing comes from there: {printed:?}"
    );
}

#[test]
fn the_collection_may_come_from_a_url() {
    let bench = Bench::new();
    let document = std::fs::read(bench.place.path().join("pets.json")).unwrap();
    let shelf = Receiver::start();
    shelf.queue([
        Answer::status(302).header("location", "/there"),
        Answer::status(200).body(document),
    ]);
    bench.ends(0, &[&shelf.url("/here?apikey=s3cret")]);
    let asked: Vec<_> = shelf.requests().into_iter().map(|it| it.target).collect();
    assert_eq!(asked, ["/here?apikey=s3cret", "/there"]);
    assert_eq!(bench.asked().len(), 3);
}

#[test]
fn the_key_in_a_url_is_not_told_whatever_goes_wrong() {
    let bench = Bench::new();
    let shelf = Receiver::start();
    let url = shelf.url("/pets?apikey=s3cret");
    shelf.queue([
        Answer::status(200).body("{oops"),
        Answer::status(401).body("who are you?"),
        Answer::reset(),
        Answer::status(302).header("location", "http://[?apikey=s3cret"),
    ]);
    for expected in [
        "at line 1, column 2",
        "401 who are you?",
        "fetch",
        "redirect",
    ] {
        let printed = bench.ends(1, &[&url]);
        assert!(
            printed.errors.contains(expected),
            "{expected:?}: {printed:?}"
        );
        assert!(
            printed.errors.contains(&shelf.url("/pets")) || expected == "redirect",
            "{printed:?}"
        );
        assert!(!printed.errors.contains("s3cret"), "{printed:?}");
    }
}
