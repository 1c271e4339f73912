//! Bad input on every operation: the right status, the envelope, nothing changed.

use http::header;
use serde_json::{Value, json};

use crate::calls::{GoodCall, all};
use crate::house::{ADMIN, BODY_LIMIT, House, assert_each_snapshot, houses};

/// What a body becomes when one text in it is a number instead.
fn with_one_wrong_type(body: &Value) -> Vec<Value> {
    let mut wrong = Vec::new();
    let mut paths = Vec::new();
    texts(body, &mut String::new(), &mut paths);
    for path in paths {
        let mut spoilt = body.clone();
        *spoilt.pointer_mut(&path).unwrap() = json!(5);
        wrong.push(spoilt);
    }
    wrong
}

fn texts(value: &Value, path: &mut String, found: &mut Vec<String>) {
    let length = path.len();
    match value {
        Value::String(_) => found.push(path.clone()),
        Value::Object(fields) => {
            for (name, value) in fields {
                path.push('/');
                path.push_str(&name.replace('~', "~0").replace('/', "~1"));
                texts(value, path, found);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

fn bad_bodies(call: &GoodCall) -> Vec<(String, Vec<u8>, u16)> {
    let good = call.body.clone().unwrap();
    let mut bodies = vec![
        ("empty".to_owned(), Vec::new(), 400),
        ("not JSON".to_owned(), b"{\"name\": ".to_vec(), 400),
        (
            "not UTF-8".to_owned(),
            b"{\"name\": \"\xff\"}".to_vec(),
            400,
        ),
        ("a list".to_owned(), b"[]".to_vec(), 400),
        ("a number".to_owned(), b"5".to_vec(), 400),
        (
            "another wrapper".to_owned(),
            b"{\"something\": {}}".to_vec(),
            400,
        ),
        (
            "too deep".to_owned(),
            format!("{}{}", "[".repeat(300), "]".repeat(300)).into_bytes(),
            400,
        ),
        ("too large".to_owned(), vec![b' '; BODY_LIMIT + 1], 413),
    ];
    for field in ["name"] {
        let Some(wrapper) = good
            .as_object()
            .and_then(|good| good.keys().next().cloned())
        else {
            continue;
        };
        for (what, name) in [
            ("too long a name", "n".repeat(256)),
            ("no name", String::new()),
        ] {
            let mut body = good.clone();
            if let Some(value) = body[&wrapper].get_mut(field) {
                *value = json!(name);
                bodies.push((what.to_owned(), body.to_string().into_bytes(), 400));
            }
        }
    }
    // The documents of collections and environments, and what is imported, hold texts that may be anything; their own tests are below.
    if !["/collections", "/environments", "/import"]
        .iter()
        .any(|it| call.pattern.starts_with(it))
        && call.pattern != "/events"
    {
        for body in with_one_wrong_type(&good) {
            bodies.push((
                format!("a wrong type in {body}"),
                body.to_string().into_bytes(),
                400,
            ));
        }
    }
    bodies
}

#[tokio::test]
async fn bad_bodies_are_refused_and_change_nothing() {
    for house in houses().await {
        let things = house.furnished().await;
        let before = house.state().await;
        for call in all(&things) {
            if call.body.is_none() {
                continue;
            }
            for (what, body, status) in bad_bodies(&call) {
                let answer = house
                    .call_raw(ADMIN, &call.method, &call.path, Some(body))
                    .await;
                let (got, name) = answer.error();
                assert_eq!(
                    got, status,
                    "{} {} with {what}: {}",
                    call.method, call.pattern, answer.text
                );
                let names = [
                    "malformedRequestError",
                    "paramMissingError",
                    "invalidParamsError",
                    "payloadTooLargeError",
                ];
                assert!(names.contains(&name.as_str()), "{name} for {what}");
            }
        }
        assert_eq!(house.state().await, before);
    }
}

#[tokio::test]
async fn documents_of_the_wrong_shape_are_refused_and_change_nothing() {
    for house in houses().await {
        let things = house.furnished().await;
        let before = house.state().await;
        let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
        for (path, body) in [
            ("/collections", json!({"collection": {}})),
            (
                "/collections",
                json!({"collection": {"info": {"schema": schema}, "item": []}}),
            ),
            (
                "/collections",
                json!({"collection": {"info": {"name": 5, "schema": schema}, "item": []}}),
            ),
            (
                "/collections",
                json!({"collection": {"info": {"name": "n".repeat(256), "schema": schema}, "item": []}}),
            ),
            (
                "/collections",
                json!({"collection": {"info": {"name": "x", "schema": schema}, "item": {}}}),
            ),
            (
                "/collections",
                json!({"collection": {"info": {"name": "x", "schema": schema}, "item": [5]}}),
            ),
            ("/environments", json!({"environment": {}})),
            ("/environments", json!({"environment": {"name": 5}})),
            ("/environments", json!({"environment": {"name": ""}})),
            (
                "/environments",
                json!({"environment": {"name": "n".repeat(256)}}),
            ),
            (
                "/environments",
                json!({"environment": {"name": "x", "values": {}}}),
            ),
            (
                "/environments",
                json!({"environment": {"name": "x", "values": [5]}}),
            ),
            (
                "/environments",
                json!({"environment": {"name": "x", "values": [{"value": "no key"}]}}),
            ),
        ] {
            let uid = if path == "/collections" {
                &things.collection
            } else {
                &things.environment
            };
            for (method, path) in [("POST", path.to_owned()), ("PUT", format!("{path}/{uid}"))] {
                let answer = house.call(ADMIN, method, &path, Some(body.clone())).await;
                assert_eq!(
                    answer.error().0,
                    400,
                    "{method} {path} {body}: {}",
                    answer.text
                );
            }
        }
        assert_eq!(house.state().await, before);
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_nothing_is_changed() {
    for house in houses().await {
        let things = house.furnished().await;
        let before = house.state().await;
        for call in all(&things) {
            if !call.names_a_thing() {
                continue;
            }
            let nothing = call.on_nothing();
            let words = GoodCall {
                path: call
                    .pattern
                    .replace("{uid}", "no%20such")
                    .replace("{id}", "%F0%9F%90%99")
                    .replace("{number}", "x"),
                ..call.clone()
            };
            for call in [nothing, words] {
                let answer = house
                    .call(ADMIN, &call.method, &call.path, call.body.clone())
                    .await;
                assert_eq!(
                    answer.error(),
                    (404, "instanceNotFoundError".to_owned()),
                    "{call:?}"
                );
            }
        }
        assert_eq!(house.state().await, before);
    }
}

#[tokio::test]
async fn a_uid_with_another_owner_names_nothing() {
    let house = House::sqlite().await;
    let things = house.furnished().await;
    for (path, uid) in [
        ("/collections", &things.collection),
        ("/environments", &things.environment),
        ("/monitors", &things.monitor),
    ] {
        let (_, bare) = uid.split_once('-').unwrap();
        assert!(
            house
                .get(&format!("{path}/{bare}"))
                .await
                .status
                .is_success()
        );
        assert_eq!(house.get(&format!("{path}/99-{bare}")).await.error().0, 404);
    }
}

#[tokio::test]
async fn unknown_routes_and_wrong_methods_answer_in_the_envelope() {
    let house = House::sqlite().await;
    for path in ["/nothing", "/collections/x/y/z", ""] {
        assert_eq!(
            house.get(path).await.error(),
            (404, "instanceNotFoundError".to_owned()),
            "{path}"
        );
    }
    let answer = house.call(ADMIN, "PATCH", "/collections", None).await;
    assert_eq!(answer.error(), (405, "methodNotAllowedError".to_owned()));
    let allowed = answer.headers[header::ALLOW].to_str().unwrap();
    assert!(
        allowed.contains("GET") && allowed.contains("POST"),
        "{allowed}"
    );
}

#[tokio::test]
async fn bad_queries_are_refused() {
    let house = House::sqlite().await;
    for path in [
        "/collections?limit=many",
        "/collections?offset=-1",
        "/monitors?limit=0",
        "/monitors?limit=101",
        "/monitors?cursor=x",
        "/monitors?active=perhaps",
        "/activities?cursor=x",
        "/deliveries?status=lost",
        "/deliveries?event=party",
        "/integrations?event=party",
        "/workspaces?type=huge",
    ] {
        let (status, name) = house.get(path).await.error();
        assert_eq!(
            (status, name.as_str()),
            (400, "invalidParamsError"),
            "{path}"
        );
    }
    for path in [
        "/collections?workspace=x",
        "/environments?workspace=x",
        "/monitors?collectionUid=x",
        "/activities?workspace=x",
    ] {
        assert_eq!(house.get(path).await.error().0, 404, "{path}");
    }
}

#[tokio::test]
async fn references_in_bodies_that_name_nothing_blame_their_field() {
    let house = House::sqlite().await;
    let things = house.furnished().await;
    let before = house.state().await;
    let nothing = "0192b3c4-0000-7000-8000-00000000dead";
    let mut told = Vec::new();
    for (path, body) in [
        (
            "/monitors".to_owned(),
            json!({"monitor": {"name": "x", "collection": nothing, "schedule": {"cron": "0 * * * *"}}}),
        ),
        (
            "/monitors".to_owned(),
            json!({"monitor": {"name": "x", "collection": things.collection, "environment": nothing, "schedule": {"cron": "0 * * * *"}}}),
        ),
        (
            "/integrations".to_owned(),
            json!({"integration": {"name": "x", "event": "collection_backup", "collection": nothing, "config": {"url": "https://example.com"}}}),
        ),
        (
            "/integrations".to_owned(),
            json!({"integration": {"name": "x", "event": "monitor_results", "monitor": nothing, "config": {"url": "https://example.com"}}}),
        ),
        (
            "/integrations".to_owned(),
            json!({"integration": {"name": "x", "event": "team_activity", "workspace": nothing, "config": {"url": "https://example.com"}}}),
        ),
    ] {
        let answer = house.post(&path, body).await;
        told.push(format!("{} {}", answer.status.as_u16(), answer.message()));
    }
    assert_each_snapshot!(told.join("\n"), @r#"
    400 monitor.collection: there is no collection "0192b3c4-0000-7000-8000-00000000dead" in this team
    400 monitor.environment: there is no environment "0192b3c4-0000-7000-8000-00000000dead" in this team
    400 integration.collection: there is no collection "0192b3c4-0000-7000-8000-00000000dead" in this team
    400 integration.monitor: there is no monitor "0192b3c4-0000-7000-8000-00000000dead" in this team
    400 integration.workspace: there is no workspace "0192b3c4-0000-7000-8000-00000000dead" in this team
    "#);
    assert_eq!(house.state().await, before);
}
