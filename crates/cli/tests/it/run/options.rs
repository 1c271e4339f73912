//! What the options do to a run.

use postern_egress::testing::{Answer, Identity, Receiver};
use serde_json::json;

use super::{Bench, collection};

#[test]
fn folder_picks_folders_and_requests() {
    let bench = Bench::new();
    bench.ends(0, &["pets.json", "--folder", "Writing"]);
    assert_eq!(bench.asked(), ["POST /pets"]);
    bench.ends(0, &["pets.json", "--folder", "Look", "--folder", "Writing"]);
    assert_eq!(bench.asked()[1..], ["GET /pets/1", "POST /pets"]);

    let printed = bench.ends(1, &["pets.json", "--folder", "Buying"]);
    assert!(printed.errors.contains("\"Buying\""), "{printed:?}");
    assert!(
        printed.errors.contains("Reading"),
        "it says what there is: {printed:?}"
    );
    assert_eq!(bench.asked().len(), 3);
}

#[test]
fn iteration_count_counts() {
    let bench = Bench::new();
    let printed = bench.ends(0, &["pets.json", "--folder", "Look", "-n", "3"]);
    assert_eq!(bench.asked(), ["GET /pets/1"; 3]);
    assert!(printed.out.contains("Iteration 3/3"), "{printed:?}");
    bench.ends(
        0,
        &["pets.json", "--folder", "Look", "--iteration-count", "2"],
    );
    assert_eq!(bench.asked().len(), 5);
}

#[test]
fn each_row_of_data_is_an_iteration() {
    let bench = Bench::new();
    bench.file("rows.csv", "tag,shop\ndog,north\n\"big, cat\",south\n");
    let rows = json!([{"tag": "dog", "shop": "north"}, {"tag": "big, cat", "shop": "south"}]);
    bench.file("rows.json", rows.to_string());
    for (at, file) in ["rows.csv", "rows.json"].iter().enumerate() {
        bench.ends(0, &["pets.json", "--folder", "List", "-d", file]);
        assert_eq!(
            bench.asked()[2 * at..],
            [
                "GET /pets?tag=dog&shop=north",
                "GET /pets?tag=big,%20cat&shop=south"
            ],
            "{file}"
        );
    }
    // With more iterations than rows, the last row goes on.
    bench.ends(
        0,
        &[
            "pets.json",
            "--folder",
            "List",
            "--iteration-data",
            "rows.csv",
            "-n",
            "3",
        ],
    );
    let [.., second, third] = &bench.asked()[4..] else {
        panic!("{:?}", bench.asked())
    };
    assert_eq!(second, "GET /pets?tag=big,%20cat&shop=south");
    assert_eq!(third, second);
    assert_eq!(bench.asked().len(), 7);
}

#[test]
fn variables_come_from_files_and_from_the_command_line() {
    let bench = Bench::new();
    let values = |tag: &str, shop: &str| {
        let value = |key: &str, value: &str| json!({"key": key, "value": value, "enabled": true});
        json!({"name": "Some", "values": [value("tag", tag), value("shop", shop)]}).to_string()
    };
    bench.file("environment.json", values("dog", "north"));
    bench.file("globals.json", values("fish", "south"));
    for (arguments, asked) in [
        (&["-e", "environment.json"][..], "tag=dog&shop=north"),
        (
            &["--environment", "environment.json", "--env-var", "tag=a=b"],
            "tag=a=b&shop=north",
        ),
        (
            &["--env-var", "tag=cat", "--env-var", "shop=west"],
            "tag=cat&shop=west",
        ),
        (&["-g", "globals.json"], "tag=fish&shop=south"),
        (
            &["--globals", "globals.json", "--global-var", "shop=east"],
            "tag=fish&shop=east",
        ),
        (
            &["--global-var", "tag=bird", "--global-var", "shop="],
            "tag=bird&shop=",
        ),
        // The environment goes before the globals.
        (
            &["-g", "globals.json", "--env-var", "tag=cat"],
            "tag=cat&shop=south",
        ),
    ] {
        bench.ends(0, &[&["pets.json", "--folder", "List"], arguments].concat());
        let last = bench.asked().pop().unwrap();
        assert_eq!(last, format!("GET /pets?{asked}"), "{arguments:?}");
    }
}

#[test]
fn bail_stops_at_the_first_failure() {
    let bench = Bench::new();
    let printed = bench.ends(1, &[bench.failing(), "--bail", "-n", "5"]);
    assert_eq!(bench.asked(), ["GET /gone"]);
    assert!(printed.out.contains("1. AssertionError"), "{printed:?}");
    bench.ends(0, &["pets.json", "--bail"]);
    assert_eq!(bench.asked().len(), 4, "what passes goes on");
}

#[test]
fn silent_prints_nothing() {
    let bench = Bench::new();
    for (status, arguments) in [
        (0, ["pets.json", "--silent", "--color", "on"]),
        (1, [bench.failing(), "--silent", "--color", "on"]),
    ] {
        let printed = bench.ends(status, &arguments);
        assert_eq!((printed.out.as_str(), printed.errors.as_str()), ("", ""));
    }
    assert_eq!(bench.asked().len(), 5, "but it runs");
}

#[test]
fn colours_come_when_asked_for() {
    let bench = Bench::new();
    let coloured = bench.ends(0, &["pets.json", "--color", "on"]);
    assert!(
        coloured.out.contains("\u{1b}[32m✓\u{1b}[0m"),
        "{coloured:?}"
    );
}

#[test]
fn redirects_are_followed_unless_they_are_to_be_ignored() {
    let bench = Bench::new();
    let moved = json!([bench.get(
        "Moved",
        "/moved",
        "pm.test(`got ${pm.response.code}`, () => {});"
    )]);
    bench.file("moved.json", collection(&moved).to_string());
    let printed = bench.ends(0, &["moved.json"]);
    assert!(printed.out.contains("got 200"), "{printed:?}");
    assert_eq!(bench.asked(), ["GET /moved", "GET /pets"]);
    let printed = bench.ends(0, &["moved.json", "--ignore-redirects"]);
    assert!(printed.out.contains("got 302"), "{printed:?}");
    assert_eq!(bench.asked().len(), 3);
}

#[test]
fn nothing_takes_longer_than_it_may() {
    let bench = Bench::new();
    let silent = json!([
        bench.get("Silent", "/silent", ""),
        bench.get("List", "/pets", "")
    ]);
    bench.file("silent.json", collection(&silent).to_string());
    let printed = bench.ends(1, &["silent.json", "--timeout-request", "200"]);
    assert!(printed.out.contains("at request"), "{printed:?}");
    assert_eq!(
        bench.asked(),
        ["GET /silent", "GET /pets"],
        "the run goes on"
    );

    let printed = bench.ends(1, &["silent.json", "--timeout", "400"]);
    assert!(printed.out.contains("the run was aborted"), "{printed:?}");
    assert_eq!(bench.asked()[2..], ["GET /silent"], "the run is over");

    let endless = json!([bench.get("Endless", "/pets", "while (true) {}")]);
    bench.file("endless.json", collection(&endless).to_string());
    let printed = bench.ends(1, &["endless.json", "--timeout-script", "200"]);
    assert!(printed.out.contains("in test-script"), "{printed:?}");
}

#[test]
fn requests_pause_when_told_to() {
    let bench = Bench::new();
    bench.ends(0, &["pets.json", "--delay-request", "300"]);
    let at: Vec<_> = bench
        .api
        .requests()
        .iter()
        .map(|request| request.at)
        .collect();
    for pair in at.windows(2) {
        assert!((pair[1] - pair[0]).as_millis() >= 290, "{at:?}");
    }
}

#[test]
fn certificates_are_verified_unless_told_otherwise() {
    let bench = Bench::new();
    let api = Receiver::start_tls(Identity::self_signed(&["127.0.0.1"]));
    api.answer(Answer::status(200));
    let items = json!([{"name": "Secret", "request": {"method": "GET", "url": api.url("/")}}]);
    bench.file("tls.json", collection(&items).to_string());
    let printed = bench.ends(1, &["tls.json"]);
    assert!(printed.out.contains("certificate"), "{printed:?}");
    assert_eq!(api.requests().len(), 0);
    for option in ["-k", "--insecure"] {
        bench.ends(0, &["tls.json", option]);
    }
    assert_eq!(api.requests().len(), 2);
}
