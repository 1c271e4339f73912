//! What the difference of two documents promises.

use postern_collection::{ChangeKind, Diff, Document, apply, diff};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::documents::document;

proptest! {
    #[test]
    fn the_difference_applied_is_the_new_document(old in document(), new in document()) {
        prop_assert_eq!(apply(&old, &diff(&old, &new)), new);
    }

    #[test]
    fn equal_documents_have_no_difference(document in document()) {
        prop_assert!(diff(&document, &document).is_empty());
    }

    #[test]
    fn a_reimport_without_ids_tells_nothing(document in document()) {
        let mut stored = document.clone();
        let mut next = 0_u128;
        stored.with_ids(&mut || { next += 1; uuid::Uuid::from_u128(next) });
        let mut again = stored.clone().into_value();
        strip_ids(&mut again);
        let mut again = Document::from_value(again).unwrap();
        prop_assert!(diff(&stored, &again).is_empty());
        again.adopt_ids(&stored);
        prop_assert_eq!(again, stored);
    }
}

fn strip_ids(node: &mut Value) {
    if let Some(fields) = node.as_object_mut() {
        fields.remove("id");
        for key in ["item", "response"] {
            fields
                .get_mut(key)
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
                .for_each(strip_ids);
        }
    }
}

fn request(name: &str, url: &str) -> Value {
    json!({"name": name, "request": {"method": "GET", "url": {"raw": url}}})
}

fn folder(name: &str, items: &[Value]) -> Value {
    json!({"name": name, "item": items})
}

fn collection(items: &[Value]) -> Document {
    Document::from_value(json!({"info": {"name": "Books"}, "item": items})).unwrap()
}

/// `verb model path/name (fields)`, one a line.
pub(crate) fn told(diff: &Diff) -> String {
    let lines = diff.changes.iter().map(|change| {
        let verb = match change.kind {
            ChangeKind::Created => "created",
            ChangeKind::Renamed => "renamed",
            ChangeKind::Moved => "moved",
            ChangeKind::Updated => "updated",
            ChangeKind::Deleted => "deleted",
        };
        let place: Vec<&str> = change
            .path
            .iter()
            .map(String::as_str)
            .chain([change.name.as_str()])
            .collect();
        let fields: Vec<String> = change
            .fields
            .iter()
            .map(postern_collection::FieldChange::path)
            .collect();
        let fields = if fields.is_empty() {
            String::new()
        } else {
            format!(" ({})", fields.join(", "))
        };
        format!(
            "{verb} {} {}{fields}",
            change.model.as_str(),
            place.join("/")
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_kind_of_change_is_told_once() {
    let old = collection(&[
        folder(
            "A",
            &[request("one", "http://h/1"), request("two", "http://h/2")],
        ),
        folder(
            "B",
            &[
                request("three", "http://h/3"),
                request("four", "http://h/4"),
            ],
        ),
        request("five", "http://h/5"),
        request("six", "http://h/6"),
    ]);
    let mut six = request("six", "http://h/6");
    six["event"] = json!([{"listen": "test", "script": {"exec": ["1"]}}]);
    let new = collection(&[
        folder(
            "A",
            &[
                request("uno", "http://h/1"),
                request("two", "http://h/2"),
                request("five", "http://h/5"),
            ],
        ),
        folder(
            "Bee",
            &[
                request("three", "http://h/3?x"),
                request("four", "http://h/4"),
            ],
        ),
        six,
        folder("C", &[request("seven", "http://h/7")]),
    ]);
    insta::assert_snapshot!(told(&diff(&old, &new)), @r"
    renamed request A/uno (name)
    moved request A/five
    renamed folder Bee (name)
    updated request Bee/three (request.url)
    updated request six (event)
    created folder C
    created request C/seven
    ");
    insta::assert_snapshot!(told(&diff(&new, &old)), @r"
    renamed request A/one (name)
    renamed folder B (name)
    updated request B/three (request.url)
    moved request five
    updated request six (event)
    deleted folder C
    deleted request C/seven
    ");
}

#[test]
fn the_collections_own_things_are_told_as_its_own() {
    let old = collection(&[]);
    let mut new = old.clone().into_value();
    new["info"]["name"] = "Library".into();
    new["info"]["description"] = "All of them".into();
    new["variable"] = json!([{"key": "base", "value": "x"}]);
    new["auth"] = json!({"type": "noauth"});
    let new = Document::from_value(new).unwrap();
    insta::assert_snapshot!(told(&diff(&old, &new)), @r"
    renamed collection Library (info.name)
    updated collection Library (info.description, variable, auth)
    ");
}

#[test]
fn another_order_is_told_of_the_parent() {
    let (one, two) = (request("one", "http://h/1"), request("two", "http://h/2"));
    let (old, new) = (
        collection(&[one.clone(), two.clone()]),
        collection(&[two, one]),
    );
    insta::assert_snapshot!(told(&diff(&old, &new)), @"updated collection Books (item.order)");
}

#[test]
fn ten_thousand_items_are_compared_without_squaring_them() {
    let items = |from: usize| -> Vec<Value> {
        (from..from + 9_990)
            .map(|n| request(&format!("r{n}"), &format!("http://h/{n}")))
            .collect()
    };
    let (old, new) = (collection(&items(0)), collection(&items(5_000)));
    let diff = diff(&old, &new);
    assert_eq!(diff.changes.len(), 10_000);
    assert_eq!(apply(&old, &diff), new);
}
