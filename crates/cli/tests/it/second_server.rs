//! Two servers don't share a SQLite file, nor a port.

use crate::server::{Place, said};

#[tokio::test]
async fn a_second_server_on_the_same_file_is_refused_and_the_first_goes_on() {
    let place = Place::new();
    let first = place.serve();
    let second = place.run(&["serve"]);
    assert_eq!(second.status.code(), Some(1));
    let error = said(&second.stderr);
    assert!(
        error.contains("another Postern server is using this database")
            && error.contains("--data-dir"),
        "{error}"
    );
    first.get("/readyz").await;
    first.stop();
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let place = Place::new();
    let first = place.serve();
    let address = first.url.strip_prefix("http://").unwrap().to_owned();
    let other = Place::new().with("POSTERN_LISTEN", &address);
    let second = other.run(&["serve"]);
    assert_eq!(second.status.code(), Some(1));
    let error = said(&second.stderr);
    assert!(
        error.contains(&format!("failed to listen on {address}")),
        "{error}"
    );
}
