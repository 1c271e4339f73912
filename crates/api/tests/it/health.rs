//! Whether the server lives, and whether it can work.

use axum::body::Body;
use http::Request;
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn a_server_whose_database_answers_is_alive_and_ready() {
    let house = House::sqlite().await;
    for (path, status) in [("/healthz", "ok"), ("/readyz", "ready")] {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        assert_eq!(house.send(request).await.ok(), json!({ "status": status }));
    }
}

#[tokio::test]
async fn a_server_whose_database_is_gone_is_alive_but_not_ready_and_says_so_in_the_envelope() {
    let house = House::sqlite().await;
    house.store.close().await;
    let request = |path: &str| Request::builder().uri(path).body(Body::empty()).unwrap();
    assert!(house.send(request("/healthz")).await.status.is_success());
    let answer = house.send(request("/readyz")).await;
    assert_eq!(answer.status.as_u16(), 503);
    assert_eq!(
        answer.json(),
        json!({"status": "not ready", "problems": ["the database can't be read"]})
    );
    let (status, name) = house.get("/me").await.error();
    assert_eq!((status, name.as_str()), (503, "serviceUnavailableError"));
}
