//! newman's converter is the oracle of v1, and its document model that of v2.0: generated and public collections go through both.
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

mod generated;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use postern_collection::Document;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde_json::{Map, Value, json};

/// Where the generated collections come from.
const SEED: u64 = 52;

fn modules() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/newman/node_modules");
    if path.join("postman-collection-transformer").exists() {
        return Some(path);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "newman is missing: scripts/prepare test installs it"
    );
    println!("skipped: newman is not installed (scripts/prepare test installs it)");
    None
}

/// What a function of JavaScript makes of each entry of a table, in one process.
fn in_node(function: &str, table: &[Value]) -> Option<Vec<Value>> {
    let script = format!(
        "const table = JSON.parse(require('fs').readFileSync(0)), transformer = require('postman-collection-transformer'),
        {{Collection}} = require('postman-collection'), attempt = (it) => {{ try {{ return ({function})(it); }} catch (error) {{ return {{failed: error.message}}; }} }};
        process.stdout.write(JSON.stringify(table.map(attempt)));"
    );
    let mut node = Command::new("node")
        .args(["-e", &script])
        .env("NODE_PATH", modules()?)
        .env("TZ", "UTC")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let table = json!(table).to_string();
    node.stdin
        .take()
        .unwrap()
        .write_all(table.as_bytes())
        .unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success());
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// Leaves out what says nothing: parameters of an auth without a value, and dates that are none.
fn plain(value: &Value) -> Value {
    match value {
        Value::Array(list) => list.iter().map(plain).collect(),
        Value::Object(fields) => {
            let mut kept: Map<String, Value> = fields
                .iter()
                .filter(|(_, value)| **value != "Invalid Date")
                .map(|(key, value)| (key.clone(), plain(value)))
                .collect();
            // An entry of a query between two ampersands: both write it alike.
            if kept.get("key") == Some(&Value::Null) {
                kept.insert("key".to_owned(), "".into());
            }
            if let Some(auth) = kept.get_mut("auth").and_then(Value::as_object_mut) {
                for (_, parameters) in auth.iter_mut() {
                    if let Some(parameters) = parameters.as_array_mut() {
                        parameters.retain(|parameter| parameter.get("value").is_some());
                    }
                }
                auth.retain(|_, parameters| *parameters != json!([]));
            }
            kept.into()
        }
        other => other.clone(),
    }
}

/// The first place where two values differ.
fn difference(ours: &Value, theirs: &Value, path: &str) -> Option<String> {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            let keys = ours
                .keys()
                .chain(theirs.keys().filter(|key| !ours.contains_key(*key)));
            keys.into_iter()
                .find_map(|key| match (ours.get(key), theirs.get(key)) {
                    (Some(ours), Some(theirs)) => {
                        difference(ours, theirs, &format!("{path}.{key}"))
                    }
                    (ours, theirs) => {
                        Some(format!("{path}.{key}: theirs {theirs:?}, ours {ours:?}"))
                    }
                })
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            let pairs = ours.iter().zip(theirs).enumerate();
            pairs
                .into_iter()
                .find_map(|(at, (ours, theirs))| difference(ours, theirs, &format!("{path}[{at}]")))
        }
        _ if ours == theirs => None,
        _ => Some(format!("{path}:\n  theirs {theirs}\n  ours   {ours}")),
    }
}

fn compare(old: &[Value], ours: &[Value], theirs: &[Value]) {
    let wrong: Vec<String> = (0..old.len())
        .filter_map(|at| {
            let found = difference(&plain(&ours[at]), &plain(&theirs[at]), "")?;
            Some(format!("{at}: {found}\n  of {}\n", old[at]))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} differ (seed {SEED}):\n{}",
        wrong.len(),
        old.len(),
        wrong[..wrong.len().min(8)].concat()
    );
}

fn converted(old: &[Value]) -> Vec<Value> {
    old.iter()
        .map(|old| Document::from_value(old.clone()).unwrap().into_value())
        .collect()
}

#[test]
fn v1_is_converted_as_postman_collection_transformer_does_it() {
    let mut random = StdRng::seed_from_u64(SEED);
    let old: Vec<Value> = (0..1_000).map(|_| generated::v1(&mut random)).collect();
    // All ids are kept here; newman drops those that it makes anew.
    let script = "old => { let made; transformer.convert(old, {inputVersion: '1.0.0', outputVersion: '2.1.0', retainIds: true, noDefaults: true},
        (error, converted) => { if (error) throw error; made = converted; }); return made; }";
    if let Some(theirs) = in_node(script, &old) {
        compare(&old, &converted(&old), &theirs);
    }
}

/// What newman's model says of a document, without the ids that it makes up.
const MODEL: &str = "document => { const strip = it => { if (it && typeof it === 'object') {
        if (it.item || it.request || it.script || it.exec || it.originalRequest || it.code) delete it.id;
        delete it._postman_id; delete it.schema; Object.values(it).forEach(strip); } return it; };
    const made = strip(JSON.parse(JSON.stringify(new Collection(document).toJSON()))); strip(made.info); return made; }";

#[test]
fn newmans_model_sees_in_a_converted_v20_what_it_sees_in_the_v20() {
    let mut random = StdRng::seed_from_u64(SEED);
    let old: Vec<Value> = (0..1_000).map(|_| generated::v20(&mut random)).collect();
    let (Some(before), Some(after)) = (in_node(MODEL, &old), in_node(MODEL, &converted(&old)))
    else {
        return;
    };
    compare(&old, &after, &before);
}

#[test]
fn public_collections_survive_the_way_to_v1_and_v20_and_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/collections");
    let mut files = vec![
        folder.join("adyen-checkout-v72.json"),
        folder.join("twitter-api-v2.json"),
    ];
    files.extend(
        (1..=7).map(|number| folder.join(format!("adyen-legal-entity-v3/{number:02}.json"))),
    );
    let mut now = Vec::new();
    for file in files {
        match std::fs::read(&file) {
            Ok(bytes) => now.push(Document::parse(&bytes).unwrap().into_value()),
            Err(_) => println!(
                "skipped: the public collection {} is not at hand",
                file.display()
            ),
        }
    }
    let to_old = "now => { let made; transformer.convert(now, {inputVersion: '2.1.0', outputVersion: '1.0.0', retainIds: true},
        (error, converted) => { if (error) throw error; made = converted; }); return made; }";
    let Some(old) = in_node(to_old, &now) else {
        return;
    };
    let script = "old => { let made; transformer.convert(old, {inputVersion: '1.0.0', outputVersion: '2.1.0', retainIds: true, noDefaults: true},
        (error, converted) => { if (error) throw error; made = converted; }); return made; }";
    let theirs = in_node(script, &old).unwrap();
    compare(&old, &converted(&old), &theirs);
}
