//! Items found, added, changed, moved and taken away, one at a time.

use postern_collection::{Document, EditError, ItemKind, Position, flat, merged};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn shop() -> Document {
    let document = json!({
        "info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "x-own": [1.50, {"kept": true}],
        "item": [
            {"id": "f1", "name": "Orders", "item": [
                {"id": "f2", "name": "Old", "item": []},
                {"id": "r1", "name": "List", "x-seen": true, "request": {
                    "method": "GET", "x-odd": 1, "header": [{"key": "a", "value": "b", "disabled": true}],
                    "url": {"raw": "{{base}}/orders?page=1", "host": ["{{base}}"], "path": ["orders"], "query": [{"key": "page", "value": "1"}]}},
                 "response": [{"id": "s1", "name": "OK", "code": 200, "status": "OK", "body": "[]"}]}
            ]},
            {"id": "r2", "name": "Home", "request": "https://example.com"}
        ]
    });
    Document::from_value(document).unwrap()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        other => panic!("no object: {other}"),
    }
}

#[test]
fn an_item_is_found_by_its_kind_and_id() {
    let shop = shop();
    let place = shop.item(ItemKind::Request, "r1").unwrap();
    assert_eq!(place.node["name"], "List");
    assert_eq!(place.parent_id(), Some("f1"));
    assert_eq!(
        shop.item(ItemKind::Request, "r2").unwrap().parent_id(),
        None
    );
    assert_eq!(
        shop.item(ItemKind::Response, "s1").unwrap().parent_id(),
        Some("r1")
    );
    let error = shop.item(ItemKind::Folder, "r1").unwrap_err();
    assert_eq!(
        error.to_string(),
        "find the folder \"r1\" in this collection"
    );
}

#[test]
fn what_is_not_touched_stays_as_it_was() {
    let mut changed = shop();
    let given = object(json!({"name": "All", "method": "POST"}));
    changed
        .update(ItemKind::Request, "r1", |old| {
            merged(ItemKind::Request, Some(old), &given)
        })
        .unwrap();
    let mut expected = shop().into_value();
    expected["item"][0]["item"][1]["name"] = "All".into();
    expected["item"][0]["item"][1]["request"]["method"] = "POST".into();
    assert_eq!(changed.value(), &expected);
}

#[test]
fn the_fields_that_are_named_are_converted() {
    let mut changed = shop();
    let given = object(json!({
        "url": "https://api.example.com/orders", "queryParams": [{"key": "page", "value": "2", "enabled": true}, {"key": "all", "enabled": false}],
        "headerData": [{"key": "Accept", "value": "text/plain", "description": "", "enabled": true}],
        "dataMode": "raw", "rawModeData": "{}", "dataOptions": {"raw": {"language": "json"}},
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "t"}]},
        "events": [{"listen": "test", "script": {"type": "text/javascript", "exec": ["pm.test('x')"]}}],
        "description": "Everything"
    }));
    changed
        .update(ItemKind::Request, "r1", |old| {
            merged(ItemKind::Request, Some(old), &given)
        })
        .unwrap();
    let item = changed.item(ItemKind::Request, "r1").unwrap().node.clone();
    assert_eq!(item["x-seen"], true);
    let request = &item["request"];
    assert_eq!(request["x-odd"], 1);
    assert_eq!(request["method"], "GET");
    assert_eq!(
        request["url"]["raw"],
        "https://api.example.com/orders?page=2"
    );
    assert_eq!(
        request["url"]["query"],
        json!([{"key": "page", "value": "2"}, {"key": "all", "disabled": true}])
    );
    assert_eq!(
        request["header"],
        json!([{"key": "Accept", "value": "text/plain"}])
    );
    assert_eq!(
        request["body"],
        json!({"mode": "raw", "raw": "{}", "options": {"raw": {"language": "json"}}})
    );
    assert_eq!(request["auth"]["type"], "bearer");
    assert_eq!(request["description"], "Everything");
    assert_eq!(item["event"][0]["script"]["exec"], json!(["pm.test('x')"]));
}

#[test]
fn a_request_in_the_flat_form_says_what_the_item_says() {
    let shop = shop();
    let told = flat(
        ItemKind::Request,
        shop.item(ItemKind::Request, "r1").unwrap().node,
    );
    assert_eq!(told["url"], "{{base}}/orders?page=1");
    assert_eq!(
        told["headerData"],
        json!([{"key": "a", "value": "b", "enabled": false}])
    );
    assert_eq!(told["responses_order"], json!(["s1"]));
    let told = flat(
        ItemKind::Folder,
        shop.item(ItemKind::Folder, "f1").unwrap().node,
    );
    assert_eq!(
        (&told["order"], &told["folders_order"]),
        (&json!(["r1"]), &json!(["f2"]))
    );
    let told = flat(
        ItemKind::Response,
        shop.item(ItemKind::Response, "s1").unwrap().node,
    );
    assert_eq!(told["responseCode"], json!({"code": 200, "name": "OK"}));
    let told = flat(
        ItemKind::Request,
        shop.item(ItemKind::Request, "r2").unwrap().node,
    );
    assert_eq!(told["url"], "https://example.com");
}

#[test]
fn what_is_new_lies_behind_the_others() {
    let mut changed = shop();
    let folder = merged(ItemKind::Folder, None, &object(json!({"name": "New"})));
    changed
        .insert(ItemKind::Folder, Some("f2"), folder.clone())
        .unwrap();
    changed.insert(ItemKind::Folder, None, folder).unwrap();
    assert_eq!(
        changed.value()["item"][0]["item"][0]["item"][0]["name"],
        "New"
    );
    assert_eq!(changed.value()["item"][2]["name"], "New");
    let response = merged(
        ItemKind::Response,
        None,
        &object(json!({"responseCode": {"code": 404, "name": "Not Found"}, "text": "no"})),
    );
    changed
        .insert(ItemKind::Response, Some("r2"), response)
        .unwrap();
    assert_eq!(
        changed.value()["item"][1]["response"][0],
        json!({"name": "", "status": "Not Found", "code": 404, "body": "no"})
    );
    let orphan = changed.insert(ItemKind::Response, None, json!({}));
    assert!(matches!(
        orphan,
        Err(EditError::NotFound {
            kind: ItemKind::Request,
            ..
        })
    ));
}

#[test]
fn a_folder_can_not_lie_in_itself_and_nothing_is_lost_by_trying() {
    let mut changed = shop();
    for target in ["f1", "f2"] {
        let refused = changed.relocate(ItemKind::Folder, "f1", Some(target), Position::End);
        assert_eq!(
            refused,
            Err(EditError::IntoItself {
                id: "f1".to_owned()
            })
        );
    }
    let refused = changed.relocate(ItemKind::Request, "r1", Some("nowhere"), Position::End);
    assert!(refused.is_err());
    assert_eq!(changed, shop());
}

#[test]
fn a_name_that_is_too_long_is_refused() {
    let given = object(json!({"name": "n".repeat(10_000)}));
    let refused = shop().update(ItemKind::Request, "r1", |old| {
        merged(ItemKind::Request, Some(old), &given)
    });
    assert!(matches!(refused, Err(EditError::Refused(_))), "{refused:?}");
    let given = object(json!({"name": {"not": "a text"}}));
    let refused = shop().update(ItemKind::Folder, "f1", |old| {
        merged(ItemKind::Folder, Some(old), &given)
    });
    assert!(matches!(refused, Err(EditError::Refused(_))), "{refused:?}");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(
                prop_oneof![
                    "[a-z]{1,4}",
                    Just("key".to_owned()),
                    Just("value".to_owned()),
                    Just("type".to_owned()),
                    Just("raw".to_owned())
                ],
                inner,
                0..4
            )
            .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

const FIELDS: [&str; 24] = [
    "name",
    "description",
    "method",
    "url",
    "headerData",
    "headers",
    "queryParams",
    "pathVariableData",
    "dataMode",
    "data",
    "rawModeData",
    "graphqlModeData",
    "dataOptions",
    "auth",
    "events",
    "variables",
    "tests",
    "responseCode",
    "cookies",
    "text",
    "time",
    "requestObject",
    "language",
    "protocolProfileBehavior",
];

proptest! {
    /// Whatever a client sends: a document or an error, and what comes out of it can be told again.
    #[test]
    fn no_fields_break_a_document(
        fields in prop::collection::vec((prop::sample::select(&FIELDS[..]), any_json()), 0..8),
        kind in prop::sample::select(&[ItemKind::Folder, ItemKind::Request, ItemKind::Response][..]),
    ) {
        let given: Map<String, Value> = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        let id = match kind { ItemKind::Folder => "f1", ItemKind::Request => "r1", _ => "s1" };
        let mut changed = shop();
        if changed.update(kind, id, |old| merged(kind, Some(old), &given)).is_ok() {
            let node = changed.item(kind, id).unwrap().node;
            flat(kind, node);
            let same = merged(kind, Some(node), &Map::new());
            prop_assert_eq!(&same, node);
            prop_assert!(Document::parse(&changed.to_bytes()).is_ok());
        }
    }

    /// Moved anywhere and back again, nothing is lost.
    #[test]
    fn moves_lose_nothing(moves in prop::collection::vec((0_usize..4, 0_usize..3, 0_usize..4), 0..12)) {
        let mut changed = shop();
        let things = [(ItemKind::Folder, "f1"), (ItemKind::Folder, "f2"), (ItemKind::Request, "r1"), (ItemKind::Request, "r2")];
        for (what, target, place) in moves {
            let (kind, id) = things[what];
            let parent = [None, Some("f1"), Some("f2")][target];
            let position = [Position::Start, Position::End, Position::Before("r1"), Position::After("f2")][place];
            let before = changed.clone();
            if changed.relocate(kind, id, parent, position).is_err() {
                prop_assert_eq!(&changed, &before);
            }
            for (kind, id) in things {
                prop_assert!(changed.item(kind, id).is_ok());
            }
            prop_assert!(changed.item(ItemKind::Response, "s1").is_ok());
        }
    }
}
