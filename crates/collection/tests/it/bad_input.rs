//! What is refused, and how that is said.

use std::fmt::Write;

use postern_collection::{Document, EnvironmentDocument, MAX_BYTES};
use serde_json::json;

#[test]
fn broken_documents_say_what_and_where() {
    let long = "n".repeat(256);
    let deep = format!(
        "{{\"info\":{{\"name\":\"a\"}},\"item\":[],\"x\":{}1{}}}",
        "[".repeat(256),
        "]".repeat(256)
    );
    let cases: Vec<String> = vec![
        String::new(),
        "{".to_owned(),
        "{\n  \"info\": nope\n}".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        json!({"info": 1}).to_string(),
        json!({"info": {"name": "a"}}).to_string(),
        json!({"info": {}, "item": []}).to_string(),
        json!({"info": {"name": 7}, "item": []}).to_string(),
        json!({"info": {"name": ""}, "item": []}).to_string(),
        json!({"info": {"name": "a", "schema": "https://example.com/v9"}, "item": []}).to_string(),
        json!({"info": {"name": "a"}, "item": {}}).to_string(),
        json!({"info": {"name": "a"}, "item": [{"item": [1]}]}).to_string(),
        json!({"info": {"name": "a"}, "item": [{"name": []}]}).to_string(),
        json!({"info": {"name": "a"}, "item": [{"name": "b", "response": "x"}]}).to_string(),
        json!({"info": {"name": "a"}, "item": [{"name": long}]}).to_string(),
        json!({"info": {"name": "a"}, "item": vec![json!({}); 10_001]}).to_string(),
        json!({"name": "a", "requests": [{}]}).to_string(),
        deep,
        format!(
            "{{\"info\":{{\"name\":\"a\"}},\"item\":[]}}{}",
            " ".repeat(MAX_BYTES)
        ),
    ];
    let mut messages = String::new();
    for case in cases {
        writeln!(
            messages,
            "{}",
            Document::parse(case.as_bytes()).unwrap_err()
        )
        .unwrap();
    }
    insta::assert_snapshot!(messages);
}

#[test]
fn broken_environments_say_what_and_where() {
    let cases = [
        json!([]),
        json!({}),
        json!({"name": 1}),
        json!({"name": "a", "values": {}}),
        json!({"name": "a", "values": [1]}),
        json!({"name": "a", "values": [{}]}),
        json!({"name": "a", "values": [{"key": "a", "enabled": "yes"}]}),
        json!({"environment": {"name": "a", "values": [{"key": 1}]}}),
    ];
    let mut messages = String::new();
    for case in cases {
        writeln!(
            messages,
            "{}",
            EnvironmentDocument::from_value(case).unwrap_err()
        )
        .unwrap();
    }
    insta::assert_snapshot!(messages);
}

#[test]
fn the_deepest_and_the_largest_allowed_are_taken() {
    let deep = format!(
        "{{\"info\":{{\"name\":\"a\"}},\"item\":[],\"x\":{}1{}}}",
        "[".repeat(255),
        "]".repeat(255)
    );
    assert!(Document::parse(deep.as_bytes()).is_ok());
    let many = json!({"info": {"name": "a"}, "item": vec![json!({}); 10_000]}).to_string();
    assert!(Document::parse(many.as_bytes()).is_ok());
}
