//! What a run ends with.

use super::{Bench, collection};
use serde_json::json;

#[test]
fn all_that_passes_ends_with_0_and_is_told() {
    let bench = Bench::new();
    let printed = bench.ends(0, &["pets.json", "--env-var", "tag=dog"]);
    for expected in [
        "\nPets\n",
        "❏ Reading\n↳ List\n",
        " [200 OK, 7B, ",
        "✓ is there\n",
        "✓ is Rex\n",
        "❏ Writing\n↳ Add\n",
        " [201 Created, 2B, ",
        "✓ is made\n",
        "│                requests │                3 │                0 │",
        "│              assertions │                3 │                0 │",
    ] {
        assert!(printed.out.contains(expected), "{expected:?}: {printed:?}");
    }
    assert!(!printed.out.contains('\u{1b}'), "no colours in a pipe");
    assert_eq!(printed.errors, "");
    assert_eq!(
        bench.asked(),
        [
            "GET /pets?tag=dog&shop={{shop}}",
            "GET /pets/1",
            "POST /pets"
        ]
    );
}

#[test]
fn a_test_that_fails_ends_with_1_and_is_told() {
    let bench = Bench::new();
    let printed = bench.ends(1, &[bench.failing()]);
    for expected in [
        "  1. is there\n",
        "✓ is there\n",
        "│              assertions │                2 │                1 │",
        "1. AssertionError",
        "expected response to have status code 200 but got 404",
        "inside \"Lost\"",
    ] {
        assert!(printed.out.contains(expected), "{expected:?}: {printed:?}");
    }
    assert_eq!(bench.asked(), ["GET /gone", "GET /pets"]);
    assert_eq!(printed.errors, "");
}

#[test]
fn a_request_or_a_script_that_fails_ends_with_1() {
    let bench = Bench::new();
    let nobody =
        json!([{"name": "Nobody", "request": {"method": "GET", "url": "http://127.0.0.1:1/"}}]);
    bench.file("nobody.json", collection(&nobody).to_string());
    let printed = bench.ends(1, &["nobody.json"]);
    assert!(printed.out.contains("[errored]"), "{printed:?}");
    assert!(printed.out.contains("at request"), "{printed:?}");

    let throws = json!([bench.get("Throws", "/pets", "missing();")]);
    bench.file("throws.json", collection(&throws).to_string());
    let printed = bench.ends(1, &["throws.json"]);
    assert!(
        printed.out.contains("ReferenceError in test-script"),
        "{printed:?}"
    );
}

#[test]
fn what_cannot_be_read_ends_with_1_and_says_where_it_is_wrong() {
    let bench = Bench::new();
    let broken = bench.broken();
    for (arguments, file) in [
        (&[broken][..], "the collection broken.json"),
        (&["pets.json", "-e", broken], "the environment broken.json"),
        (&["pets.json", "-g", broken], "the globals broken.json"),
        (&["pets.json", "-d", broken], "the data broken.json"),
    ] {
        let printed = bench.ends(1, arguments);
        let begins = format!("error: failed to read {file}: ");
        assert!(printed.errors.starts_with(&begins), "{printed:?}");
        assert!(printed.errors.contains("at line 3"), "{printed:?}");
        assert!(printed.errors.contains("column 12"), "{printed:?}");
        assert_eq!(printed.errors.lines().count(), 1, "{printed:?}");
        assert_eq!(printed.out, "");
    }
    let printed = bench.ends(1, &["nowhere.json"]);
    assert_eq!(
        printed.errors,
        "error: failed to read nowhere.json: there is no such file (a file, a URL or - is expected)\n"
    );
    assert_eq!(bench.asked(), [""; 0], "nothing was run");
}

#[test]
fn with_suppress_exit_code_it_ends_with_0_and_tells_the_same() {
    let bench = Bench::new();
    for option in ["-x", "--suppress-exit-code"] {
        let printed = bench.ends(0, &[bench.failing(), option]);
        assert!(printed.out.contains("1. AssertionError"), "{printed:?}");
        let printed = bench.ends(0, &[bench.broken(), option]);
        assert!(
            printed.errors.contains("at line 3, column 12"),
            "{printed:?}"
        );
    }
}

#[test]
fn what_is_asked_wrongly_ends_with_2_and_says_what_to_do() {
    let bench = Bench::new();
    for (arguments, expected) in [
        (&[][..], "<COLLECTION>"),
        (&["pets.json", "--reporter", "json"], "'--reporters'"),
        (&["pets.json", "--bogus"], "'--bogus'"),
        (
            &["pets.json", "--reporters", "xml"],
            "[possible values: cli, json, junit, html, progress, github]",
        ),
        (
            &["pets.json", "--color", "blue"],
            "[possible values: on, off, auto]",
        ),
        (&["pets.json", "-n", "0"], "0 is not in 1.."),
        (&["pets.json", "-n", "many"], "'--iteration-count <N>'"),
        (
            &["pets.json", "--timeout-request", "1s"],
            "'--timeout-request <MS>'",
        ),
        (&["pets.json", "--env-var", "tag"], "expected KEY=VALUE"),
        (&["pets.json", "--global-var", "=dog"], "expected KEY=VALUE"),
    ] {
        let printed = bench.ends(2, arguments);
        assert!(printed.errors.starts_with("error: "), "{printed:?}");
        assert!(
            printed.errors.contains(expected),
            "{expected:?}: {printed:?}"
        );
        assert!(printed.errors.contains("try '--help'"), "{printed:?}");
        assert_eq!(printed.out, "");
    }
    assert_eq!(bench.asked(), [""; 0], "nothing was run");
}
