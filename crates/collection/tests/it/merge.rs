//! Two documents that grew from one.

use postern_collection::{Document, merge};
use proptest::prelude::*;
use serde_json::{Value, json};

fn request(id: &str, url: &str) -> Value {
    json!({"id": id, "name": id.to_uppercase(), "request": {"method": "GET", "url": url, "header": []}})
}

fn folder(id: &str, items: &[Value]) -> Value {
    json!({"id": id, "name": id.to_uppercase(), "item": items})
}

fn document(items: &[Value]) -> Document {
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    Document::from_value(json!({"info": {"name": "Shop", "schema": schema}, "item": items}))
        .unwrap()
}

fn base() -> Document {
    document(&[
        folder("f", &[request("a", "/a"), request("b", "/b")]),
        request("c", "/c"),
        request("d", "/d"),
    ])
}

/// The tree, as ids: `f(a b) c d`.
fn tree(value: &Value) -> String {
    let items = value["item"].as_array().unwrap().iter();
    let told = items.map(|item| match item.get("item") {
        Some(_) => format!("{}({})", item["id"].as_str().unwrap(), tree(item)),
        None => item["id"].as_str().unwrap().to_owned(),
    });
    told.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_either_side_has_done_is_done() {
    let ours = document(&[
        folder("f", &[request("a", "/ours"), request("b", "/b")]),
        request("c", "/c"),
        request("new", "/new"),
        request("d", "/d"),
    ]);
    let theirs = document(&[
        request("c", "/c"),
        folder(
            "f",
            &[request("b", "/b"), request("x", "/x"), request("a", "/a")],
        ),
        folder("g", &[request("d", "/theirs")]),
    ]);
    let merged = merge(&base(), &ours, &theirs).unwrap();
    assert_eq!(tree(merged.value()), "c new f(b x a) g(d)");
    assert_eq!(
        merged
            .value()
            .pointer("/item/2/item/2/request/url")
            .unwrap(),
        "/ours"
    );
    assert_eq!(
        merged
            .value()
            .pointer("/item/3/item/0/request/url")
            .unwrap(),
        "/theirs"
    );
}

#[test]
fn two_fields_of_one_request_are_no_conflict_and_one_is() {
    let mut ours = base().into_value();
    let mut theirs = base().into_value();
    ours["item"][1]["request"]["url"] = "/ours".into();
    theirs["item"][1]["request"]["method"] = "POST".into();
    theirs["item"][1]["name"] = "Checkout".into();
    theirs["info"]["name"] = "Store".into();
    let (one, other) = (
        Document::from_value(ours.clone()).unwrap(),
        Document::from_value(theirs.clone()).unwrap(),
    );
    let merged = merge(&base(), &one, &other).unwrap();
    assert_eq!(
        merged.value()["item"][1]["request"],
        json!({"method": "POST", "url": "/ours", "header": []})
    );
    assert_eq!(
        (merged.name(), &merged.value()["item"][1]["name"]),
        ("Store", &json!("Checkout"))
    );
    theirs["item"][1]["request"]["url"] = "/theirs".into();
    let conflicts = merge(&base(), &one, &Document::from_value(theirs).unwrap()).unwrap_err();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(
        (conflicts[0].id.as_str(), conflicts[0].what.as_str()),
        ("c", "request.url is different on both sides")
    );
}

#[test]
fn deletions_and_moves_that_clash_are_conflicts() {
    let whats = |ours: &[Value], theirs: &[Value]| -> Vec<String> {
        let conflicts = merge(&base(), &document(ours), &document(theirs)).unwrap_err();
        conflicts
            .into_iter()
            .map(|it| format!("{}: {}", it.id, it.what))
            .collect()
    };
    let (f, c, d) = (
        folder("f", &[request("a", "/a"), request("b", "/b")]),
        request("c", "/c"),
        request("d", "/d"),
    );
    assert_eq!(
        whats(
            &[f.clone(), d.clone()],
            &[f.clone(), request("c", "/changed"), d.clone()]
        ),
        ["c: it was deleted on one side and changed on the other"]
    );
    // Their folder is gone, in which we have put something.
    let fuller = folder(
        "f",
        &[request("a", "/a"), request("b", "/b"), request("n", "/n")],
    );
    assert_eq!(
        whats(&[fuller, c.clone(), d.clone()], &[c.clone(), d.clone()]),
        ["n: what it lies in was deleted on the other side"]
    );
    let (left, right) = (
        |items: &[Value]| folder("g", items),
        |items: &[Value]| folder("h", items),
    );
    let start = document(&[left(&[]), right(&[])]);
    let conflicts = merge(
        &start,
        &document(&[left(&[right(&[])])]),
        &document(&[right(&[left(&[])])]),
    )
    .unwrap_err();
    assert!(
        conflicts.iter().all(|it| it.what.contains("within itself")),
        "{conflicts:?}"
    );
    assert_eq!(
        whats(
            &[
                folder("f", &[request("a", "/a"), request("b", "/b"), c.clone()]),
                d.clone()
            ],
            &[f, folder("k", &[c]), d]
        ),
        ["c: it was moved to another place on each side"]
    );
}

fn arbitrary() -> impl Strategy<Value = Document> {
    let urls = prop::sample::select(vec!["/a", "/b", "/c"]);
    let places = prop::collection::vec((0..8_usize, 0..4_usize, urls), 0..8);
    places.prop_map(|places| {
        let mut folders: Vec<Vec<Value>> = vec![Vec::new(); 4];
        let mut seen = std::collections::HashSet::new();
        for (id, folder, url) in places {
            if seen.insert(id) {
                folders[folder].push(request(&format!("r{id}"), url));
            }
        }
        let mut items = folders.remove(0);
        for (at, inside) in folders.into_iter().enumerate() {
            if !inside.is_empty() {
                items.push(folder(&format!("f{at}"), &inside));
            }
        }
        document(&items)
    })
}

proptest! {
    #[test]
    fn a_side_that_did_nothing_gives_way(base in arbitrary(), other in arbitrary()) {
        prop_assert_eq!(&merge(&base, &base, &other).unwrap(), &other);
        prop_assert_eq!(&merge(&base, &other, &base).unwrap(), &other);
        prop_assert_eq!(&merge(&base, &other, &other).unwrap(), &other);
    }

    #[test]
    fn what_is_merged_is_a_document_with_each_item_once(base in arbitrary(), ours in arbitrary(), theirs in arbitrary()) {
        if let Ok(merged) = merge(&base, &ours, &theirs) {
            prop_assert_eq!(&Document::parse(&merged.to_bytes()).unwrap(), &merged);
            let mut ids = merged.ids();
            let count = ids.len();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), count);
            for id in ours.ids().iter().filter(|id| !base.ids().contains(id)) {
                prop_assert!(ids.contains(id), "{} was ours and is gone", id);
            }
            for id in theirs.ids().iter().filter(|id| !base.ids().contains(id)) {
                prop_assert!(ids.contains(id), "{} was theirs and is gone", id);
            }
        }
    }
}
