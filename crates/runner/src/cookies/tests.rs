//! What the jar promises.

use proptest::prelude::*;
use serde_json::json;

use super::*;

const NOW: i64 = 1_767_603_600_000;

fn jar(url: &str, lines: &[&str]) -> Jar {
    let mut jar = Jar::default();
    let url = Address::parse(url, true);
    for line in lines {
        drop(jar.set(line, &url, NOW));
    }
    jar
}

fn sent(jar: &Jar, url: &str) -> String {
    jar.header(&Address::parse(url, true), NOW)
        .unwrap_or_default()
}

#[test]
fn a_cookie_goes_to_its_domain_and_no_further() {
    let jar = jar(
        "http://a.example.com/",
        &[
            "own=1",
            "wide=2; Domain=.Example.com",
            "other=3; Domain=example.org",
        ],
    );
    assert_eq!(sent(&jar, "http://a.example.com/"), "own=1; wide=2");
    assert_eq!(sent(&jar, "http://b.a.example.com/"), "wide=2");
    assert_eq!(sent(&jar, "http://badexample.com/"), "");
}

#[test]
fn public_suffixes_are_nobodys_domain() {
    for (host, domain) in [
        ("a.com", "com"),
        ("a.co.uk", "co.uk"),
        ("a.github.io", "github.io"),
        ("a.test", "test"),
        ("a.unknown", "unknown"),
    ] {
        assert_eq!(
            jar(
                &format!("http://{host}/"),
                &[&format!("x=1; Domain={domain}")]
            ),
            Jar::default(),
            "{domain}"
        );
    }
    assert_ne!(
        jar("http://b.a.co.uk/", &["x=1; Domain=a.co.uk"]),
        Jar::default()
    );
    assert_ne!(
        jar("http://a.localhost/", &["x=1; Domain=localhost"]),
        Jar::default()
    );
}

#[test]
fn addresses_have_no_subdomains() {
    let cookies = jar(
        "http://1.2.3.4/",
        &["x=1; Domain=1.2.3.4", "y=2; Domain=3.4"],
    );
    assert_eq!(sent(&cookies, "http://1.2.3.4/"), "x=1");
    assert_eq!(
        sent(&jar("http://[::1]:80/", &["x=1"]), "http://[::1]/"),
        "x=1"
    );
}

#[test]
fn the_longest_path_goes_first_and_a_path_is_a_folder() {
    let jar = jar(
        "http://h/a/page",
        &["folder=1", "root=2; Path=/", "deep=3; Path=/a/b"],
    );
    assert_eq!(sent(&jar, "http://h/a/b/c"), "deep=3; folder=1; root=2");
    assert_eq!(sent(&jar, "http://h/ab"), "root=2");
}

#[test]
fn secure_cookies_need_tls_or_this_machine() {
    assert_eq!(sent(&jar("http://h/", &["x=1; Secure"]), "http://h/"), "");
    assert_eq!(
        sent(&jar("https://h/", &["x=1; Secure"]), "https://h/"),
        "x=1"
    );
    assert_eq!(
        sent(
            &jar("http://localhost/", &["x=1; Secure"]),
            "http://localhost/"
        ),
        "x=1"
    );
}

#[test]
fn what_is_over_is_not_sent() {
    let past = "x=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT";
    assert_eq!(sent(&jar("http://h/", &["x=1", past]), "http://h/"), "");
    assert_eq!(
        sent(&jar("http://h/", &["x=1; Max-Age=0"]), "http://h/"),
        ""
    );
    assert_eq!(
        sent(
            &jar("http://h/", &[&format!("{past}; Max-Age=10")]),
            "http://h/"
        ),
        "x=1"
    );
    assert_eq!(
        sent(&jar("http://h/", &["x=1; Expires=nonsense"]), "http://h/"),
        "x=1"
    );
}

#[test]
fn names_with_a_meaning_are_held_to_it() {
    let lines = [
        "__Secure-a=1",
        "__Host-b=2; Secure; Domain=h.com; Path=/",
        "__Host-c=3; Secure; Path=/",
    ];
    assert_eq!(
        sent(&jar("https://h.com/", &lines), "https://h.com/"),
        "__Host-c=3"
    );
}

#[test]
fn a_jar_is_exported_as_tough_cookie_does_it_and_read_back() {
    let jar = jar(
        "http://example.com/a/b",
        &[
            "x=1; Max-Age=60; SameSite=Lax; Other=y",
            "y=2; Expires=Thu, 01 Jan 2037 00:00:00 GMT; HttpOnly; Path=/",
        ],
    );
    let exported = jar.export();
    assert_eq!(
        exported["cookies"][0],
        json!({
            "key": "x", "value": "1", "maxAge": 60, "domain": "example.com", "path": "/a", "extensions": ["Other=y"], "hostOnly": true,
            "pathIsDefault": true, "creation": "2026-01-05T09:00:00.000Z", "lastAccessed": "2026-01-05T09:00:00.000Z", "sameSite": "lax",
        })
    );
    assert_eq!(
        exported["cookies"][1]["expires"],
        "2037-01-01T00:00:00.000Z"
    );
    assert_eq!(Jar::import(exported.to_string().as_bytes()).unwrap(), jar);
    assert!(Jar::import(b"{}").is_err() && Jar::import(b"no").is_err());
}

proptest! {
    #[test]
    fn any_header_is_read(line in ".{0,60}", attributes in "(; ?(expires|max-age|domain|path|samesite)=[ -~]{0,20}){0,3}") {
        let line = format!("{line}{attributes}");
        jar("http://a.example.com/b", &[&line]);
    }
}
