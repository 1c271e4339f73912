//! The first start makes what is needed, and the next ones find it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::server::{KEY, Place, said};

#[tokio::test]
async fn the_first_start_founds_a_team_and_the_next_ones_find_it() {
    let place = Place::new();
    let server = place.serve();
    let me = server.get("/api/me").await;
    let workspaces = server.get("/api/workspaces").await;
    assert_eq!(workspaces["workspaces"].as_array().unwrap().len(), 1);
    server.tells("This is the first start");
    let errors = server.errors();
    let (_, link) = errors
        .split_once(&format!("{}/welcome#", server.url))
        .unwrap();
    let token = link.split_whitespace().next().unwrap();
    let body = serde_json::json!({"token": token});
    let session = server.post("/api/session/link", &body).await;
    assert_eq!(session["session"]["user"]["email"], "admin@localhost");
    server.stop();

    let server = place.serve();
    assert_eq!(server.get("/api/me").await, me);
    assert_eq!(server.get("/api/workspaces").await, workspaces);
    assert!(!server.errors().contains("This is the first start"));
    server.stop();
}

#[test]
fn the_data_folder_and_the_key_file_are_their_owners_alone() {
    let place = Place::new();
    place.serve().stop();
    let mode = |path: &str| {
        let path = place.path().join(path);
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    assert_eq!(mode("postern-data"), 0o700);
    assert_eq!(mode("postern-data/secret.key"), 0o600);
    let key = fs::read(place.path().join("postern-data/secret.key")).unwrap();
    place.serve().stop();
    let again = fs::read(place.path().join("postern-data/secret.key")).unwrap();
    assert_eq!(key, again, "a restart keeps the key");
    assert!(!said(&key).contains(KEY));
}

#[test]
fn a_schema_that_is_missing_is_refused_when_migrations_are_forbidden() {
    let place = Place::new();
    let refused = place.run(&["serve", "--no-migrate"]);
    assert_eq!(refused.status.code(), Some(1));
    let error = said(&refused.stderr);
    assert!(error.contains("start once without --no-migrate"), "{error}");
    let migrations = crate::server::workspace().join("crates/storage/migrations/sqlite");
    let newest = fs::read_dir(migrations).unwrap().count();
    let migrated = place.run(&["migrate"]);
    assert_eq!(migrated.status.code(), Some(0));
    assert_eq!(
        said(&migrated.stdout).trim(),
        format!("The schema went from version 0 to {newest}.")
    );
    let again = place.run(&["migrate"]);
    assert_eq!(
        said(&again.stdout).trim(),
        format!("The schema is up to date (version {newest}).")
    );
    place.with("POSTERN_MIGRATE", "false").serve().stop();
}

#[test]
fn a_database_is_refused_with_another_key_than_its_own() {
    let place = Place::new();
    place.serve().stop();
    let key = place.path().join("postern-data/secret.key");
    let right = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    let refused = place.run(&["serve"]);
    assert_eq!(refused.status.code(), Some(1));
    let error = said(&refused.stderr);
    assert!(
        error.contains("they were sealed with another key; put back the file secret.key"),
        "{error}"
    );
    fs::write(&key, &right).unwrap();
    place.serve().stop();
    fs::remove_file(&key).unwrap();
    place
        .with("POSTERN_SECRET_KEY", said(&right))
        .serve()
        .stop();
}
