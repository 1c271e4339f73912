//! Documents for properties: small, odd, with and without ids.

use postern_collection::Document;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Any JSON value, two levels deep.
pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-zé{}\"\\\\ ]{0,6}".prop_map(Value::from),
        prop_oneof![
            Just("1.0"),
            Just("1e400"),
            Just("123456789012345678901234567890"),
            Just("-0")
        ]
        .prop_map(|number| serde_json::from_str(number).unwrap()),
    ];
    leaf.prop_recursive(2, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,4}", inner, 0..3)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn common(name: &str, id: Option<u8>, extra: Vec<(String, Value)>) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("name".to_owned(), name.into());
    if let Some(id) = id {
        fields.insert("id".to_owned(), format!("id-{id}").into());
    }
    for (key, value) in extra {
        fields.insert(format!("x_{key}"), value);
    }
    fields
}

fn extras() -> impl Strategy<Value = Vec<(String, Value)>> {
    prop::collection::vec(("[a-z]{1,3}", any_json()), 0..3)
}

fn response() -> impl Strategy<Value = Value> {
    ("[a-c]", prop::option::of(0..30_u8), extras())
        .prop_map(|(name, id, extra)| common(&name, id, extra).into())
}

fn request() -> impl Strategy<Value = Value> {
    let url = prop_oneof!["http://h/[a-c]", "\\{\\{b\\}\\}/[a-c]\\?q=[a-c]"];
    let parts = (
        "[a-d]",
        prop::option::of(0..30_u8),
        extras(),
        url,
        "GET|POST",
        any::<bool>(),
    );
    (
        parts,
        prop::option::of(prop::collection::vec(response(), 0..3)),
    )
        .prop_map(|((name, id, extra, url, method, short), responses)| {
            let mut fields = common(&name, id, extra);
            let request = if short {
                url.into()
            } else {
                json!({"method": method, "url": {"raw": url}})
            };
            fields.insert("request".to_owned(), request);
            if let Some(responses) = responses {
                fields.insert("response".to_owned(), responses.into());
            }
            fields.into()
        })
}

fn item() -> impl Strategy<Value = Value> {
    request().prop_recursive(3, 24, 4, |inner| {
        (
            "[a-d]",
            prop::option::of(0..30_u8),
            extras(),
            prop::collection::vec(inner, 0..4),
        )
            .prop_map(|(name, id, extra, items)| {
                let mut fields = common(&name, id, extra);
                fields.insert("item".to_owned(), items.into());
                fields.into()
            })
    })
}

/// Any small document.
pub(crate) fn document() -> impl Strategy<Value = Document> {
    ("[a-z]{1,4}", extras(), prop::collection::vec(item(), 0..5)).prop_map(|(name, extra, items)| {
        let mut document = json!({
            "info": {"name": name, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
            "item": items,
        });
        for (key, value) in extra {
            document[format!("x_{key}")] = value;
        }
        Document::from_value(document).unwrap()
    })
}
