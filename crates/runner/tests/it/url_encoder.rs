//! postman-url-encoder is the oracle of addresses: a table of odd ones goes through it and through us.

use std::process::Command;

use postern_runner::Address;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use crate::oracle;

/// What addresses are put together from: what is special somewhere, and what is not.
const PIECES: [&str; 72] = [
    "http://",
    "https://",
    "HTTP://",
    "ftp://",
    "file://",
    "://",
    "//",
    "/",
    "\\",
    "?",
    "#",
    "&",
    "=",
    ":",
    "@",
    ".",
    "..",
    ";",
    ",",
    "+",
    "-",
    "_",
    "~",
    "*",
    "!",
    "$",
    "'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    "^",
    "`",
    "\"",
    "<",
    ">",
    " ",
    "%",
    "%20",
    "%2f",
    "%zz",
    "%%",
    "\u{e9}",
    "\u{fc}",
    "\u{df}",
    "\u{1f600}",
    "\u{7f}",
    "\u{1}",
    "\t",
    "\n",
    "{{a}}",
    "{{a.b}}",
    "{{a/b}}",
    "{{a?b}}",
    "{{a#b}}",
    "{{a&b=c}}",
    "{{a@b:c}}",
    "{{",
    "}}",
    "localhost",
    "127.1",
    "0x7f.1",
    "[::1]",
    "example.com",
    "EXAMPLE.com",
    ":8080",
    "user:pass@",
    "a",
    "1",
];

fn table() -> Vec<String> {
    let mut random = StdRng::seed_from_u64(20);
    let mut table: Vec<String> = PIECES.iter().map(|&piece| piece.to_owned()).collect();
    let beginnings = [
        "",
        "",
        "http://h",
        "http://h/",
        "http://h/?",
        "http://h/#",
        "http://u:p@h:80/x?y#z",
        "h",
    ];
    for _ in 0..20_000 {
        let mut address = (*beginnings.choose(&mut random).unwrap()).to_owned();
        for _ in 0..random.random_range(1..8) {
            address.push_str(PIECES.choose(&mut random).unwrap());
        }
        table.push(address);
    }
    for letter in (0..0x180).filter_map(char::from_u32) {
        for part in ["/x@y", "u@h/", "h/?x@y", "h/?x=@", "h/#x@y"] {
            table.push(format!("http://{}", part.replace('@', &letter.to_string())));
        }
    }
    table
}

/// What our own address says, in the words of Node's.
fn ours(address: &Address) -> Value {
    json!({
        "protocol": format!("{}:", address.protocol),
        "auth": address.auth,
        "hostname": address.host_str(),
        "host": address.host(),
        "port": address.port,
        "pathname": address.path,
        "query": address.query,
        "hash": address.hash.as_ref().map(|hash| format!("#{hash}")),
        "path": address.target(),
        "href": address.as_str(),
    })
}

/// Runs a script of a few lines in Node; it reads the table from standard input and prints as many lines as the table has.
fn in_node(script: &str, table: &Value) -> Option<Vec<Value>> {
    let modules = oracle::modules()?;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("table.json");
    std::fs::write(&file, table.to_string()).unwrap();
    let output = Command::new("node")
        .args(["-e", &format!("const table = JSON.parse(require('fs').readFileSync(process.argv[1])), encoder = require('postman-url-encoder'), {{Url}} = require('postman-collection');
            console.log(JSON.stringify(table.map({script})));")])
        .arg(&file)
        .env("NODE_PATH", modules)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// Hosts that only we, or only they, make something of: what can't be reached isn't compared.
fn has_odd_host(theirs: &Value) -> bool {
    let host = theirs["hostname"].as_str().unwrap();
    !host
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || "-._:[]{}".contains(letter))
}

#[test]
fn addresses_are_encoded_as_postman_url_encoder_does() {
    let table = table();
    for encodes in [true, false] {
        let script = format!("it => encoder.toNodeUrl(new Url(it), {})", !encodes);
        let Some(theirs) = in_node(&script, &json!(table)) else {
            return;
        };
        let mut wrong = Vec::new();
        let mut compared = 0;
        for (text, theirs) in table.iter().zip(&theirs) {
            let ours = ours(&Address::parse(text, encodes));
            let same = |part: &str| ours[part] == theirs[part];
            let parts: &[&str] = if has_odd_host(theirs) {
                &[
                    "protocol", "auth", "port", "pathname", "query", "hash", "path",
                ]
            } else {
                &[
                    "protocol", "auth", "hostname", "host", "port", "pathname", "query", "hash",
                    "path", "href",
                ]
            };
            compared += 1;
            if let Some(part) = parts.iter().find(|part| !same(part)) {
                wrong.push(format!(
                    "{text:?}: {part} is {} and not {}",
                    ours[*part], theirs[*part]
                ));
            }
        }
        assert!(compared > 20_000);
        assert!(
            wrong.is_empty(),
            "{} differ:\n{}",
            wrong.len(),
            wrong[..wrong.len().min(40)].join("\n")
        );
    }
}

#[test]
fn locations_lead_where_postman_url_encoder_says() {
    let bases = [
        "http://h/a/b?c#d",
        "https://u:p@h:81",
        "http://h",
        "http://h/a/b/",
    ];
    let references = [
        "",
        "x",
        "./x",
        "../x",
        "/x",
        "//i/x",
        "\\x",
        "\\\\i/x",
        "?q",
        "#f",
        "http://i/x",
        "HTTP://i/x",
        "https:/x",
        "ftp://i",
        "mailto:x",
        "x:y",
        "x://",
        "a b",
        "/a b?c d#e f",
        "%20",
        "{{x}}",
        "http:x",
    ];
    let table: Vec<[&str; 2]> = bases
        .iter()
        .flat_map(|&base| references.map(|it| [base, it]))
        .collect();
    let script = "([base, to]) => encoder.toNodeUrl(/^https?:/.test(to) ? to : encoder.resolveNodeUrl(encoder.toNodeUrl(base), to)).href";
    let Some(theirs) = in_node(script, &json!(table)) else {
        return;
    };
    for ([base, to], theirs) in table.iter().zip(&theirs) {
        let ours = Address::parse(base, true).follow(to);
        assert_eq!(ours.as_str(), theirs, "{base} {to}");
    }
}
