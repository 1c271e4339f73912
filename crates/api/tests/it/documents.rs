//! What is generated and committed is what the program would generate now. `make bless` writes it anew.

use std::fs;
use std::path::PathBuf;

fn docs(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(name)
}

fn assert_current(name: &str, now: &str) {
    let path = docs(name);
    // The same switch as for snapshots: `make bless` sets it.
    if option_env("INSTA_UPDATE").as_deref() == Some("always") {
        fs::write(&path, now).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == now,
        "docs/{name} is not what the program describes now: run `make bless`"
    );
}

#[expect(
    clippy::disallowed_methods,
    reason = "the switch of `make bless` comes by the environment"
)]
fn option_env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[test]
fn the_committed_openapi_document_is_current() {
    let mut now = serde_json::to_string_pretty(&postern_api::openapi()).unwrap();
    now.push('\n');
    assert_current("openapi.json", &now);
}

#[test]
fn the_page_of_error_names_is_current() {
    assert_current("error-names.md", &postern_api::error_names_page());
}

#[test]
fn the_page_of_outcomes_is_current() {
    assert_current("outcomes.md", &postern_api::outcomes_page());
}

#[test]
fn every_operation_has_a_summary_an_id_of_its_own_and_a_role() {
    let description = serde_json::to_value(postern_api::openapi()).unwrap();
    let mut ids = Vec::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let summary = operation["summary"].as_str().unwrap_or_default();
            assert!(
                summary.ends_with('.') && summary.len() < 80,
                "{method} {path}: {summary:?}"
            );
            let security = operation["security"].as_array().unwrap();
            assert_eq!(
                security.len(),
                1,
                "{method} {path} names one role, or says that it needs none"
            );
            ids.push(operation["operationId"].as_str().unwrap().to_owned());
        }
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "operation ids are unique");
    assert!(count > 40, "{count}");
}
