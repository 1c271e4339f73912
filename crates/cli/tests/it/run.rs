//! `postern run` is newman's command: its options, its exit statuses, its report.

mod exits;
mod leaves;
mod newman;
mod options;
mod report;
mod sources;
mod stopping;
mod ways;

use std::fs;
use std::process::Output;

use postern_egress::testing::{Answer, Receiver};
use serde_json::{Value, json};

use crate::server::{Place, said};

/// A folder with a collection in it, and the API that it is about.
struct Bench {
    place: Place,
    api: Receiver,
}

impl Bench {
    /// With `pets.json`: all of it passes.
    fn new() -> Self {
        let api = Receiver::start();
        api.choose(|request| match (request.method.as_str(), request.path()) {
            ("POST", "/pets") => Some(Answer::status(201).body("{}")),
            ("GET", "/moved") => Some(Answer::status(302).header("location", "/pets")),
            ("GET", "/gone") => Some(Answer::status(404)),
            ("GET", "/silent") => Some(Answer::hang()),
            _ => None,
        });
        api.answer(Answer::status(200).body("[\"Rex\"]"));
        let bench = Self {
            place: Place::new(),
            api,
        };
        let pets = collection(&json!([
            {"name": "Reading", "item": [
                bench.get("List", "/pets?tag={{tag}}&shop={{shop}}", "pm.test('is there', () => pm.response.to.have.status(200));"),
                bench.get("Look", "/pets/1", "pm.test('is Rex', () => pm.expect(pm.response.json()).to.eql(['Rex']));"),
            ]},
            {"name": "Writing", "item": [{
                "name": "Add",
                "event": [{"listen": "test", "script": {"exec": ["pm.test('is made', () => pm.response.to.have.status(201));"]}}],
                "request": {"method": "POST", "url": bench.api.url("/pets"), "body": {"mode": "raw", "raw": "{{name}}"}},
            }]},
        ]));
        bench.file("pets.json", pets.to_string());
        bench
    }

    /// A request whose answer this script looks at.
    fn get(&self, name: &str, path: &str, test: &str) -> Value {
        json!({
            "name": name,
            "event": [{"listen": "test", "script": {"exec": [test]}}],
            "request": {"method": "GET", "url": self.api.url(path)},
        })
    }

    /// `failing.json`: the test of the first request fails, that of the second passes.
    fn failing(&self) -> &'static str {
        let items = json!([
            self.get(
                "Lost",
                "/gone",
                "pm.test('is there', () => pm.response.to.have.status(200));"
            ),
            self.get(
                "List",
                "/pets",
                "pm.test('is there', () => pm.response.to.have.status(200));"
            ),
        ]);
        self.file("failing.json", collection(&items).to_string());
        "failing.json"
    }

    /// `broken.json`: no JSON, from the twelfth letter of the third line on.
    fn broken(&self) -> &'static str {
        self.file(
            "broken.json",
            "{\n  \"info\": {\"name\": \"Broken\"},\n  \"item\": [oops]\n}\n",
        );
        "broken.json"
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.place.path().join(name), content).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.place.run(&[&["run"], arguments].concat())
    }

    /// Runs what has to end with this status, and gives what it printed.
    fn ends(&self, status: i32, arguments: &[&str]) -> Printed {
        let output = self.run(arguments);
        let printed = Printed {
            out: said(&output.stdout),
            errors: said(&output.stderr),
        };
        assert_eq!(
            output.status.code(),
            Some(status),
            "{arguments:?}: {printed:?}"
        );
        printed
    }

    /// What the API was asked: methods and targets.
    fn asked(&self) -> Vec<String> {
        let requests = self.api.requests();
        let lines = requests
            .iter()
            .map(|request| format!("{} {}", request.method, request.target));
        lines.collect()
    }
}

/// What a run printed.
#[derive(Debug)]
struct Printed {
    out: String,
    errors: String,
}

fn collection(items: &Value) -> Value {
    json!({
        "info": {
            "name": "Pets",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": items,
    })
}
