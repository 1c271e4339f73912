//! Older formats become v2.1.

use postern_collection::{Body, Collection, Document, Item};
use serde_json::json;

#[test]
fn v1_becomes_a_tree() {
    let old = json!({
        "id": "c1", "name": "Old", "order": ["r2"], "folders_order": ["f1"],
        "folders": [{"id": "f1", "name": "Folder", "order": ["r1"]}],
        "requests": [
            {"id": "r1", "name": "One", "method": "POST", "url": "http://h/{{x}}?a=1", "headers": "A: b\n//C: d\n",
             "dataMode": "raw", "rawModeData": "{}", "tests": "tests['a'] = true;"},
            {"id": "r2", "name": "Two", "method": "GET", "url": "http://h/2", "currentHelper": null},
            {"id": "r3", "name": "Lost", "method": "GET", "url": "http://h/3"},
        ],
    });
    // What no order names is not shown in the app and not run by newman; without any order, everything is.
    let mut unordered = old.clone();
    unordered.as_object_mut().unwrap().remove("order");
    let collection = Collection::from_document(&Document::from_value(unordered).unwrap());
    let names: Vec<&str> = collection.items.iter().map(Item::name).collect();
    assert_eq!(names, ["Folder", "Two", "Lost"]);
    let collection = Collection::from_document(&Document::from_value(old).unwrap());
    let names: Vec<&str> = collection.items.iter().map(Item::name).collect();
    assert_eq!(names, ["Folder", "Two"]);
    let Item::Folder(folder) = &collection.items[0] else {
        panic!("a folder")
    };
    let Item::Request(one) = &folder.items[0] else {
        panic!("a request")
    };
    assert_eq!(one.request.url.to_string(), "http://h/{{x}}?a=1");
    assert_eq!(
        one.request.body,
        Some(Body::Raw {
            text: "{}".to_owned(),
            language: None
        })
    );
    assert_eq!(one.request.headers.len(), 2);
    assert!(one.request.headers[1].disabled);
    assert_eq!(one.scripts[0].source, "tests['a'] = true;");
}

#[test]
fn v20_gets_objects_for_its_urls_and_lists_for_its_auths() {
    let old = json!({
        "info": {"name": "Old", "schema": "https://schema.getpostman.com/json/collection/v2.0.0/collection.json"},
        "item": [{"name": "One", "request": {"method": "GET", "url": "http://h:1/a?b=c", "auth": {
            "type": "basic", "basic": {"username": "u", "password": "p"}}}}],
    });
    let document = Document::from_value(old).unwrap();
    insta::assert_json_snapshot!(document.value()["item"][0]["request"]);
    let collection = Collection::from_document(&document);
    let Item::Request(one) = &collection.items[0] else {
        panic!("a request")
    };
    assert_eq!(one.request.auth.as_ref().unwrap().get("username"), "u");
}
