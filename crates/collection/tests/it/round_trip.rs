//! Documents are kept as they came.

use std::collections::HashSet;

use postern_collection::{Collection, Document, EnvironmentDocument};
use proptest::prelude::*;
use uuid::Uuid;

use crate::documents::{any_json, document};

proptest! {
    #[test]
    fn unknown_fields_survive_as_they_were_written(document in document()) {
        let written = document.to_bytes();
        let again = Document::parse(&written).unwrap();
        prop_assert_eq!(again.to_bytes(), written);
    }

    #[test]
    fn every_document_can_be_read_for_a_run(document in document()) {
        prop_assert_eq!(Collection::from_document(&document).name, document.name());
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Document::parse(&bytes);
        let _ = EnvironmentDocument::parse(&bytes);
    }

    #[test]
    fn arbitrary_json_never_panics(info in any_json(), item in any_json(), extra in any_json()) {
        let value = serde_json::json!({"info": {"name": "a", "schema": info}, "item": [item], "auth": extra});
        if let Ok(document) = Document::from_value(value) {
            let _ = Collection::from_document(&document);
        }
        let v1 = serde_json::json!({"name": "a", "requests": [extra.clone(), {"id": "1", "data": extra}], "order": ["1"]});
        if let Ok(document) = Document::from_value(v1) {
            let _ = Collection::from_document(&document);
        }
    }

    #[test]
    fn every_item_has_an_id_of_its_own_once_given(document in document()) {
        let mut document = document;
        let mut next = 0_u128;
        document.with_ids(&mut || { next += 1; Uuid::from_u128(next) });
        let mut seen = HashSet::new();
        let mut pending = vec![(document.value(), true)];
        while let Some((node, root)) = pending.pop() {
            if !root {
                prop_assert!(seen.insert(node["id"].as_str().unwrap().to_owned()));
            }
            let key = if node.get("item").is_some() { "item" } else { "response" };
            pending.extend(node[key].as_array().into_iter().flatten().map(|child| (child, false)));
        }
        let mut again = document.clone();
        prop_assert!(!again.with_ids(&mut || unreachable!("all items have ids")));
        prop_assert_eq!(again, document);
    }
}
