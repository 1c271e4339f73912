//! newman's own loader is the oracle of data files: hand-made ones and thousands of generated ones go through it and through us.

use std::process::Command;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use postern_collection::is_blank;
use postern_runner::{Row, read_data, text_of};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use serde_json::{Value, json};

use crate::oracle;

/// Where the generated files come from.
const SEED: u64 = 41;

/// What a file is for newman: its rows, or why it isn't taken; and the charset that newman guessed.
struct Theirs {
    rows: Option<Value>,
    error: Option<String>,
    charset: Option<String>,
}

/// All files through newman's loader, in one process: it reads them from a table in the place of the disk.
fn by_newman(files: &[Vec<u8>]) -> Option<Vec<Theirs>> {
    let modules = oracle::modules()?;
    let script = "const fs = require('fs'), table = JSON.parse(fs.readFileSync(process.argv[1])), read = fs.readFile;
        fs.readFile = (path, ...rest) => /^case:/.test(path)
            ? rest.at(-1)(null, Buffer.from(table[path.slice(5)], 'base64')) : read.call(fs, path, ...rest);
        const load = require('newman/lib/run/options'), util = require('newman/lib/util'), told = [];
        const next = () => {
            if (told.length === table.length) return fs.writeFileSync(process.argv[2], JSON.stringify(told));
            const at = told.length, charset = util.detectEncoding(Buffer.from(table[at], 'base64'));
            load({iterationData: 'case:' + at}, (error, loaded) => {
                told.push(error ? {error: error.message, charset} : {rows: loaded.iterationData, charset});
                setImmediate(next);
            });
        };
        next();";
    let folder = tempfile::tempdir().unwrap();
    let [table, told] = ["table", "told"].map(|name| folder.path().join(name));
    let encoded: Vec<String> = files
        .iter()
        .map(|file| BASE64_STANDARD.encode(file))
        .collect();
    std::fs::write(&table, json!(encoded).to_string()).unwrap();
    let output = Command::new("node")
        .args(["-e", script])
        .args([&table, &told])
        .env("NODE_PATH", modules)
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let told: Vec<Value> = serde_json::from_slice(&std::fs::read(told).unwrap()).unwrap();
    assert_eq!(told.len(), files.len());
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let theirs = told.into_iter().map(|told| Theirs {
        error: text(&told["error"]),
        charset: text(&told["charset"]),
        rows: told.get("rows").cloned(),
    });
    Some(theirs.collect())
}

/// Whether two values are one for a script. Whole numbers keep digits here that JavaScript has no room for, and `0x1F`, of which
/// newman makes 0, stays a text.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Number(ours), Value::Number(theirs)) => ours.as_f64() == theirs.as_f64(),
        (Value::String(text), Value::Number(number)) => {
            number.as_f64() == Some(0.0)
                && ["0x", "0o", "0b"].iter().any(|prefix| {
                    text.trim_start_matches(is_blank)
                        .to_lowercase()
                        .starts_with(prefix)
                })
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .zip(theirs)
                    .all(|(ours, theirs)| same(ours, theirs))
        }
        (Value::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .all(|(key, ours)| theirs.get(key).is_some_and(|theirs| same(ours, theirs)))
        }
        _ => ours == theirs,
    }
}

fn told(file: &[u8], ours: &Result<Vec<Row>, impl std::fmt::Display>, theirs: &Theirs) -> String {
    let ours = match ours {
        Ok(rows) => json!(rows).to_string(),
        Err(error) => format!("refused: {error}"),
    };
    let newman = match &theirs.error {
        Some(error) => format!("refused: {error}"),
        None => theirs.rows.clone().unwrap_or_default().to_string(),
    };
    format!(
        "{:?}\n  newman {newman}\n  ours   {ours}\n",
        String::from_utf8_lossy(file)
    )
}

/// Compares; how many were.
fn compare(files: &[Vec<u8>]) -> Option<usize> {
    let theirs = by_newman(files)?;
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (file, theirs) in files.iter().zip(&theirs) {
        let ours = read_data(file);
        // newman guesses, and with few letters it guesses wrong: UTF-8 taken for Latin-1 loses them.
        let guessed_wrong = theirs.charset.as_deref() == Some("latin1")
            && str::from_utf8(file).is_ok_and(|text| !text.is_ascii());
        if guessed_wrong {
            continue;
        }
        compared += 1;
        let is_same = match (&ours, &theirs.rows) {
            (Ok(ours), Some(theirs)) => same(&json!(ours), theirs),
            (Err(_), None) => true,
            // What is meant as JSON and broken is a table for newman: its rows are nobody's.
            (Err(error), Some(_)) => error.to_string().contains("as JSON"),
            // The 0 that newman makes of `0x1F` is no name.
            (Ok(_), None) => theirs.error.as_ref().is_some_and(|error| {
                error.contains("got 0 at") && text_of(file).is_ok_and(|text| text.contains("0x"))
            }),
        };
        if !is_same {
            wrong.push(told(file, &ours, theirs));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} differ (seed {SEED}):\n{}",
        wrong.len(),
        files.len(),
        wrong[..wrong.len().min(20)].concat()
    );
    Some(compared)
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

/// What people write, and what they write wrong.
const BY_HAND: [&str; 81] = [
    "",
    "\n",
    "\n\n\n",
    "a",
    "a\n",
    "a\n\n",
    "a,b\n1,2",
    "a,b\n1,2\n",
    "a,b\r\n1,2\r\n",
    "a,b\r1,2\r",
    "a,b\n1,2\r\n3,4\r\n",
    "a,b\r\n1,2\n3,4\r\n5,6",
    "a,b\r1\n2,3\r",
    "a,b\n\n1,2\n\n",
    "a,b\n   \n1,2\n",
    "a,b\n,\n",
    "a,b\n1\n1,2,3\n",
    "a,b,a\n1,2,3\n",
    "a,a\n1\n",
    "a,\n1,2\n",
    ",a\n1,2\n",
    ",,\n1,2,3\n",
    " a , b \n 1 , 2 \n",
    "\ta\t,\tb\n\t1,2\t\n",
    "a,b\n\"1\",\"true\"\n",
    "a,b\n\"x, y\",\"two\nlines\"\n",
    "a\r\n\"one\r\ntwo\"\r\n",
    "a\n\"say \"\"hi\"\"\"\n",
    "a\n\"\"\n",
    "a\n\"\"\"\"\n",
    "a\n \" x \" \n",
    "a\nx\"y\"z\n",
    "a\nx\"\n",
    "a\n\"x\"y\n",
    "a\n\"x\n",
    "a,b\n\"x\" ,y\n",
    "\"a\",\"b c\"\n1,2\n",
    "\"a\nb\",c\n1,2\n",
    "a;b\n1;2\n",
    "a\tb\n1\t2\n",
    "a,b\n#1,2\n",
    "a\ntrue\nfalse\nnull\nundefined\nNaN\nInfinity\n-Infinity\n",
    "a\n0\n-0\n007\n1.10\n.5\n5.\n+5\n-5\n1e3\n1E-7\n1e400\n1_000\n1 000\n1,5\n",
    "a\n123456789012345\n9007199254740993\n12345678901234567890\n0.1234567890123456789\n100000000000000000000.5\n",
    "a\n0x1F\n0b11\n0o17\n-0x1\n0x\n",
    "a\n--1\n+-1\n1-\ne3\n.\n-\n+\n.e1\n1e\n1e+\n1.2.3\n",
    "a\n2024-01-01\n12:30\n$5\n5%\n1/2\n",
    "a\n\u{a0}1\u{a0}\n\u{b}2\n\u{3000}x\u{3000}\n",
    "1,2\n3,4\n",
    "\"1\",\"2\"\n3,4\n",
    "a,1\n2,3\n",
    "a,b\n{{x}},{{$guid}}\n",
    "a\n{\"x\": 1}\n",
    "a\n[1,2]\n",
    "[a],{b}\n1,2\n",
    "{a}\n1\n",
    "[]",
    "[{}]",
    "[{\"a\": 1}, {\"a\": \"x\", \"b\": null, \"c\": [1, {\"d\": true}]}]",
    " \n[{\"a\": 1}]\n ",
    "\u{a0}[{\"a\": 1}]\u{2028}",
    "[{\"a\": 1, \"a\": 2}]",
    "[{\"\": 1}]",
    "[{\"a\": 1.0, \"b\": 1e3, \"c\": -0, \"d\": 1e-7}]",
    "[{\"a\": \"\\ud83d\\ude00 \\u00e9 \\/ \\n\"}]",
    "[{\"a\": 1},]",
    "[{\"a\": 1}",
    "[{'a': 1}]",
    "[{a: 1}]",
    "// x\n[{}]",
    "null",
    "false",
    "0",
    "\"\"",
    "nul",
    "\u{0}",
    "a\u{0}b\n1\n",
    "a\n\"x\"\u{0}\n",
    "a\n\u{1b}\n",
    "na\u{ef}ve,\u{20ac}uro\n\u{e9}\u{e8}\u{e0}\u{e7}\u{f6}\u{fc},\u{65e5}\u{672c}\u{8a9e}\u{1f600}\n",
    "[{\"\u{e9}\u{e8}\u{e0}\u{e7}\": \"\u{65e5}\u{672c}\u{8a9e}\"}]",
];

#[test]
fn files_made_by_hand_give_newmans_rows() {
    let mut files: Vec<Vec<u8>> = Vec::new();
    for text in BY_HAND {
        files.push(text.into());
        files.push(format!("\u{feff}{text}").into());
        files.push(utf16(text));
    }
    // Half a letter at the end, half a pair, two marks, marks alone.
    files.push([utf16("a\n1"), vec![0x31]].concat());
    files.push(utf16("[{\"a\": \"\u{e9}\"}]"));
    files.extend(
        [
            "\u{feff}",
            "\u{feff}\u{feff}a\n1\n",
            "\u{feff}\u{feff}[{}]",
            "a\n\u{feff}1\n",
        ]
        .map(Into::into),
    );
    // What chardet takes for Latin-1, and is.
    files.push(b"stra\xdfe,gr\xf6\xdfe\nder die das und ein \xfcber f\xfcr sch\xf6ne gr\xfc\xdfe,nicht mit den sich auf\n".to_vec());
    if let Some(compared) = compare(&files) {
        assert!(compared > 3 * 60);
    }
}

/// What files are put together from.
const PIECES: [&str; 64] = [
    "a",
    "b",
    "name",
    "x y",
    "1",
    "2",
    "0",
    "42",
    "-7",
    "+3",
    "3.14",
    ".5",
    "6.",
    "1e3",
    "1e-9",
    "007",
    "0x1F",
    "true",
    "null",
    "Infinity",
    "9007199254740993",
    "12345678901234567890",
    ",",
    ",",
    ",",
    ",",
    ",",
    ",",
    ",",
    ",",
    "\n",
    "\n",
    "\n",
    "\n",
    "\n",
    "\n",
    "\r\n",
    "\r\n",
    "\r",
    "\"",
    "\"",
    "\"",
    "\"\"",
    "\"x\"",
    "\"x, y\"",
    "\"1\"",
    "\"a\nb\"",
    "\"\"\"",
    " ",
    "  ",
    "\t",
    "\u{a0}",
    "\u{e9}",
    "\u{1f600}",
    "\u{feff}",
    "\u{2028}",
    "\u{c}",
    "\u{b}",
    ";",
    "#",
    "'",
    "\\",
    "{{v}}",
    "%",
];

fn heap(random: &mut StdRng) -> String {
    let mut text = ["", "a,b\n", "a,b,c\r\n", "\"a\",b\r", "id\n"]
        .choose(random)
        .unwrap()
        .to_string();
    for _ in 0..random.random_range(0..14) {
        text.push_str(PIECES.choose(random).unwrap());
    }
    text
}

fn table(random: &mut StdRng) -> String {
    let ending = ["\n", "\r\n", "\r"].choose(random).unwrap();
    let width = random.random_range(1..5);
    let mut text = String::new();
    for line in 0..random.random_range(1..7) {
        let cells: Vec<String> = (0..random.random_range(width.max(2) - 1..width + 2))
            .map(|at| {
                let raw: String = (0..random.random_range(0..3))
                    .map(|_| *PIECES.choose(random).unwrap())
                    .collect();
                match random.random_range(0..4) {
                    _ if line == 0 => format!("column {at}"),
                    0 => format!("\"{}\"", raw.replace('"', "\"\"")),
                    1 => format!(" \"{}\"\t", raw.replace('"', "\"\"")),
                    _ => raw.replace(['"', ',', '\n', '\r'], ""),
                }
            })
            .collect();
        text.push_str(&cells.join(","));
        text.push_str(ending);
    }
    text
}

fn value(random: &mut StdRng, depth: u32) -> Value {
    match random.random_range(0..if depth > 3 { 5 } else { 7 }) {
        0 => Value::Null,
        1 => random.random::<bool>().into(),
        2 => random.random_range(-1000..1000).into(),
        3 => json!(f64::from(random.random::<u32>()) / 7.0),
        4 => (*PIECES.choose(random).unwrap()).into(),
        5 => (0..random.random_range(0..4))
            .map(|_| value(random, depth + 1))
            .collect(),
        _ => row(random, depth + 1),
    }
}

fn row(random: &mut StdRng, depth: u32) -> Value {
    let entry = |random: &mut StdRng| {
        (
            (*PIECES.choose(random).unwrap()).to_owned(),
            value(random, depth),
        )
    };
    Value::Object(
        (0..random.random_range(0..5))
            .map(|_| entry(random))
            .collect(),
    )
}

fn json_file(random: &mut StdRng) -> String {
    let rows: Value = (0..random.random_range(0..5))
        .map(|_| row(random, 0))
        .collect();
    let text = if random.random() {
        rows.to_string()
    } else {
        format!("{rows:#}")
    };
    let around = |random: &mut StdRng| {
        *["", "", "\n", " \t\r\n", "\u{a0}", "\u{feff}"]
            .choose(random)
            .unwrap()
    };
    format!("{}{text}{}", around(random), around(random))
}

fn bytes(text: &str, random: &mut impl Rng) -> Vec<u8> {
    match random.random_range(0..6) {
        0 => utf16(text),
        1 => format!("\u{feff}{text}").into(),
        _ => text.into(),
    }
}

#[test]
fn generated_files_give_newmans_rows() {
    let mut random = StdRng::seed_from_u64(SEED);
    let files: Vec<Vec<u8>> = (0..9_000)
        .map(|at| {
            let text = match at % 3 {
                0 => heap(&mut random),
                1 => table(&mut random),
                _ => json_file(&mut random),
            };
            bytes(&text, &mut random)
        })
        .collect();
    if let Some(compared) = compare(&files) {
        println!(
            "{compared} files compared, {} left to newman's guess of their charset",
            files.len() - compared
        );
        assert!(compared >= 5_000);
    }
}
