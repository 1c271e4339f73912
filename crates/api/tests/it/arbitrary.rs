//! Whatever JSON is sent, and wherever, Postern answers and does not fail.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

use crate::calls::{GoodCall, all};
use crate::house::{ADMIN, House};

/// Any small JSON value, with the words of the API among its keys and texts.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "collection",
        "info",
        "name",
        "schema",
        "item",
        "request",
        "environment",
        "values",
        "key",
        "value",
        "type",
        "monitor",
        "schedule",
        "cron",
        "timezone",
        "options",
        "retry",
        "attempts",
        "integration",
        "config",
        "url",
        "headers",
        "event",
        "payload",
        "apiKey",
        "role",
        "workspace",
        "id",
        "_postman_id",
        "secret",
        "••••••••",
    ]);
    let text = prop_oneof![word.clone().prop_map(str::to_owned), any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("finite", |it| it.is_finite().then(|| Value::from(it))),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((text.clone(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// The good body with something else at one place.
fn spoilt(good: &Value, place: usize, other: &Value) -> Value {
    let mut paths = Vec::new();
    places(good, &mut String::new(), &mut paths);
    let mut body = good.clone();
    *body.pointer_mut(&paths[place % paths.len()]).unwrap() = other.clone();
    body
}

fn places(value: &Value, path: &mut String, found: &mut Vec<String>) {
    found.push(path.clone());
    let length = path.len();
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        Value::Array(values) => values
            .iter()
            .enumerate()
            .map(|(at, value)| (at.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        path.push('/');
        path.push_str(&name);
        places(child, path, found);
        path.truncate(length);
    }
}

#[test]
fn arbitrary_bodies_never_make_the_server_fail() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (house, calls) = runtime.block_on(async {
        let house = House::sqlite().await;
        let things = house.furnished().await;
        let calls: Vec<GoodCall> = all(&things)
            .into_iter()
            .filter(|call| call.body.is_some())
            .collect();
        (house, calls)
    });
    let mut runner = TestRunner::new(Config {
        cases: 300,
        ..Config::default()
    });
    let input = (
        0..calls.len(),
        any_json(),
        any::<prop::sample::Index>(),
        any::<bool>(),
    );
    let outcome = runner.run(&input, |(call, other, place, whole)| {
        let call = &calls[call];
        let good = call.body.clone().unwrap_or(json!(null));
        let body = if whole {
            other
        } else {
            spoilt(&good, place.index(1000), &other)
        };
        let answer = runtime.block_on(house.call(ADMIN, &call.method, &call.path, Some(body)));
        prop_assert!(
            answer.status.as_u16() < 500,
            "{} {}: {}",
            call.method,
            call.path,
            answer.text
        );
        if !answer.status.is_success() {
            answer.error();
        }
        Ok(())
    });
    outcome.unwrap();
}
