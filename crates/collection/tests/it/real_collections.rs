//! Public collections, where they are at hand.

use std::fmt::Write;
use std::path::PathBuf;

use postern_collection::{Collection, Document, apply, diff};

use crate::difference::told;

#[expect(clippy::print_stdout, reason = "a skipped test says why")]
fn shared(name: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/collections");
    let file = std::fs::read(folder.join(name)).ok();
    if file.is_none() {
        println!("skipped: the public collection {name} is not at hand");
    }
    file
}

#[test]
fn public_collections_are_read_whole() {
    for name in ["adyen-checkout-v72.json", "twitter-api-v2.json"] {
        let Some(bytes) = shared(name) else { return };
        let document = Document::parse(&bytes).unwrap();
        assert!(!Collection::from_document(&document).items.is_empty());
        assert_eq!(Document::parse(&document.to_bytes()).unwrap(), document);
    }
}

#[test]
fn a_collections_history_tells_only_what_changed() {
    let mut story = String::new();
    let mut before: Option<Document> = None;
    for number in 1..=7 {
        let Some(bytes) = shared(&format!("adyen-legal-entity-v3/{number:02}.json")) else {
            return;
        };
        let document = Document::parse(&bytes).unwrap();
        if let Some(before) = &before {
            let diff = diff(before, &document);
            assert_eq!(apply(before, &diff), document);
            writeln!(story, "{number}:\n{}", told(&diff)).unwrap();
        }
        before = Some(document);
    }
    insta::assert_snapshot!(story);
}
