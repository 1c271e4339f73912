//! Sources, from each kind of place, with what goes wrong there.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::server::{Place, Server};

/// What a place answers: a status line and a body, changed while it runs.
#[derive(Clone)]
struct Answers(Arc<Mutex<(String, Vec<u8>, u64)>>);

impl Answers {
    fn set(&self, head: &str, body: &str) {
        *self.0.lock().unwrap() = (head.to_owned(), body.as_bytes().to_vec(), body.len() as u64);
    }

    /// A body of so many bytes, all the same.
    fn set_endless(&self, bytes: u64) {
        *self.0.lock().unwrap() = ("200 OK".to_owned(), vec![b' '; 1024 * 1024], bytes);
    }
}

/// A server of files on a thread of its own. It goes with the process.
fn files() -> (String, Answers) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api.yaml", listener.local_addr().unwrap());
    let answers = Answers(Arc::new(Mutex::new((String::new(), Vec::new(), 0))));
    let told = answers.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let _ = stream.read(&mut [0; 4096]);
            let (head, body, length) = told.0.lock().unwrap().clone();
            if head.is_empty() {
                continue;
            }
            let _ = write!(
                stream,
                "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
            );
            let mut left = length;
            while left > 0 {
                let part = body.len().min(usize::try_from(left).unwrap());
                if stream.write_all(&body[..part]).is_err() {
                    break;
                }
                left -= part as u64;
            }
        }
    });
    (url, answers)
}

async fn make(server: &Server, source: Value) -> String {
    let made = server
        .post("/api/sources", &json!({"source": source}))
        .await;
    made["source"]["id"].as_str().unwrap().to_owned()
}

/// Asks for a look and waits until one has been that began after it was asked for.
async fn look(server: &Server, id: &str) -> Value {
    let path = format!("/api/sources/{id}");
    let before = server.get(&path).await["source"]["checkedAt"].clone();
    tokio::time::sleep(Duration::from_millis(5)).await;
    if !before.is_null() {
        server.post(&format!("{path}/sync"), &Value::Null).await;
    }
    for _ in 0..400 {
        let now = server.get(&path).await["source"].clone();
        if !now["checkedAt"].is_null() && now["checkedAt"] != before {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{id} was not looked at: {:#}", server.get(&path).await);
}

async fn names(server: &Server) -> Vec<String> {
    let listed = server.get("/api/collections").await;
    let mut names: Vec<String> = listed["collections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

async fn messages(server: &Server) -> Vec<String> {
    let feed = server.get("/api/activities?limit=100").await;
    feed["activities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["message"].as_str().unwrap().to_owned())
        .collect()
}

fn spec(paths: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{title: Shop}}\npaths: {{{paths}}}\n")
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one source's life, told in order")]
async fn a_description_behind_an_address_is_followed_and_what_goes_wrong_is_told() {
    let place = Place::new();
    let server = place.serve();
    let (url, answers) = files();
    answers.set("200 OK", &spec("/items: {get: {summary: List}}"));
    let id = make(
        &server,
        json!({"name": "Docs", "type": "url", "url": url, "every": 0}),
    )
    .await;
    let shown = look(&server, &id).await;
    assert_eq!(
        (&shown["status"], &shown["items"][0]["there"]),
        (&json!("ok"), &json!("Shop")),
        "{shown:#}"
    );
    let uid = server.get("/api/collections").await["collections"][0]["uid"]
        .as_str()
        .unwrap()
        .to_owned();
    let versions = async || {
        server
            .get(&format!("/api/collections/{uid}/versions"))
            .await["versions"]
            .as_array()
            .unwrap()
            .len()
    };

    // The same makes no version, another the next one, with what it was told by.
    look(&server, &id).await;
    assert_eq!(versions().await, 1);
    answers.set(
        "200 OK",
        &spec("/items: {get: {summary: List}, post: {summary: Add}}"),
    );
    look(&server, &id).await;
    assert_eq!(versions().await, 2);
    assert_eq!(
        messages(&server).await[0],
        "Docs created the request Add in Shop"
    );

    // It is changed there, and nowhere else; a fork is another's.
    let change = server
        .call(
            "PATCH",
            &format!("/api/collections/{uid}"),
            Some(br#"{"collection": {"info": {"name": "Mine"}}}"#.to_vec()),
        )
        .await
        .unwrap();
    assert_eq!(change.status, 409);
    let delete = server
        .call("DELETE", &format!("/api/collections/{uid}"), None)
        .await
        .unwrap();
    assert_eq!(delete.status, 409);
    let fork = server
        .post(
            &format!("/api/collections/fork/{uid}"),
            &json!({"label": "Mine"}),
        )
        .await;
    let fork = fork["collection"]["uid"].as_str().unwrap().to_owned();
    let name = server
        .call(
            "PATCH",
            &format!("/api/collections/{fork}"),
            Some(br#"{"collection": {"info": {"name": "Mine"}}}"#.to_vec()),
        )
        .await
        .unwrap();
    assert_eq!(name.status, 200);

    // Whatever else comes, nothing changes here, and it is told once.
    for (head, body, said) in [
        ("200 OK", "<!DOCTYPE html><html>Sign in</html>", "HTML"),
        ("200 OK", "", "anything to import"),
        ("404 Not Found", "no", "answered 404"),
        (
            "302 Found\r\nlocation: https://example.com/new",
            "",
            "points to https://example.com/new",
        ),
        ("200 OK", "openapi: 3.1.0\npaths: [", "YAML"),
        ("200 OK", "{\"info\": {\"name\": \"x\"}}", "item"),
        ("", "", ""),
    ] {
        answers.set(head, body);
        let shown = look(&server, &id).await;
        assert_eq!(shown["status"], "failing", "{head} {body}");
        assert!(
            shown["error"].as_str().unwrap().contains(said),
            "{said}: {}",
            shown["error"]
        );
    }
    answers.set_endless(2 * 1024 * 1024 * 1024);
    let shown = look(&server, &id).await;
    assert_eq!(shown["status"], "failing");
    assert_eq!(versions().await, 2);
    let failures = messages(&server)
        .await
        .iter()
        .filter(|it| it.contains("could not read the source Docs"))
        .count();
    assert_eq!(failures, 1);
    answers.set("200 OK", &spec("/items: {post: {summary: Add}}"));
    let shown = look(&server, &id).await;
    assert_eq!(
        (&shown["status"], &shown["error"]),
        (&json!("ok"), &Value::Null)
    );
    assert_eq!(versions().await, 3);

    // Without its source it is ours.
    let gone = server
        .call("DELETE", &format!("/api/sources/{id}"), None)
        .await
        .unwrap();
    assert_eq!(gone.status, 204);
    let change = server
        .call(
            "PATCH",
            &format!("/api/collections/{uid}"),
            Some(br#"{"collection": {"info": {"name": "Ours"}}}"#.to_vec()),
        )
        .await
        .unwrap();
    assert_eq!(change.status, 200);
    server.stop();
}

#[tokio::test]
async fn another_postern_is_followed_with_its_ids() {
    let (here, there) = (Place::new(), Place::new());
    let (here, there) = (here.serve(), there.serve());
    let document = |name: &str| {
        json!({"collection": {"info": {"name": name, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [{"name": "Home", "request": "https://example.com"}]}})
    };
    let made = there.post("/api/collections", &document("Shop")).await;
    let uid = made["collection"]["uid"].as_str().unwrap().to_owned();
    there
        .post(
            "/api/environments",
            &json!({"environment": {"name": "Test", "values": []}}),
        )
        .await;
    let source = json!({"name": "Main", "type": "postman", "baseUrl": format!("{}/api", there.url), "apiKey": crate::server::KEY, "every": 0});
    let id = make(&here, source).await;
    let shown = look(&here, &id).await;
    assert_eq!(shown["status"], "ok", "{shown:#}");
    assert_eq!(shown["items"].as_array().unwrap().len(), 2);
    assert_eq!(shown["apiKey"], "••••••••");
    let listed = here.get("/api/collections").await;
    assert_eq!(listed["collections"][0]["id"], made["collection"]["id"]);

    there
        .put(&format!("/api/collections/{uid}"), &document("Store"))
        .await;
    there.post("/api/collections", &document("Second")).await;
    look(&here, &id).await;
    assert_eq!(names(&here).await, ["Second", "Store"]);
    let gone = there
        .call("DELETE", &format!("/api/collections/{uid}"), None)
        .await
        .unwrap();
    assert_eq!(gone.status, 200);
    look(&here, &id).await;
    assert_eq!(names(&here).await, ["Second"]);
    let kept = here.get("/api/deleted-collections").await;
    assert_eq!(kept["collections"][0]["name"], "Store");

    // A wrong key and a server that is gone take nothing away; nor does one where everything is gone at once.
    let wrong = json!({"source": {"apiKey": "wrong-key-0000000000000000000000000"}});
    here.call(
        "PATCH",
        &format!("/api/sources/{id}"),
        Some(wrong.to_string().into_bytes()),
    )
    .await
    .unwrap();
    let shown = look(&here, &id).await;
    assert!(
        shown["error"].as_str().unwrap().contains("answered 401"),
        "{shown:#}"
    );
    there.stop();
    let shown = look(&here, &id).await;
    assert_eq!(shown["status"], "failing");
    assert_eq!(names(&here).await, ["Second"]);
    // A key is not sent to another host than it was given for.
    let elsewhere = json!({"source": {"baseUrl": "https://evil.example", "apiKey": "••••••••"}});
    let refused = here
        .call(
            "PATCH",
            &format!("/api/sources/{id}"),
            Some(elsewhere.to_string().into_bytes()),
        )
        .await
        .unwrap();
    assert_eq!(refused.status, 400);
    here.stop();
}

fn git(folder: &Path, arguments: &[&str]) -> bool {
    let ran = Command::new("git")
        .current_dir(folder)
        .args(arguments)
        .output();
    ran.is_ok_and(|output| output.status.success())
}

#[tokio::test]
async fn a_working_copy_on_disk_is_followed_within_the_folders_that_are_open() {
    let place = Place::new();
    let root = place.path().join("open");
    let copy = root.join("shop");
    std::fs::create_dir_all(copy.join("api")).unwrap();
    if !git(&copy, &["init", "-q"]) {
        eprintln!("git is not there: the folder is read as any folder");
    }
    let file = |name: &str, text: &str| std::fs::write(copy.join(name), text).unwrap();
    file(
        "api/orders.yaml",
        &spec("/orders: {get: {summary: Orders}}").replace("Shop", "Orders"),
    );
    file("package.json", r#"{"name": "shop", "version": "1.0.0"}"#);
    file("README.md", "no collection");
    let place = place.with("POSTERN_SOURCES_DIRECTORIES", root.to_str().unwrap());
    let server = place.serve();
    let path = copy.to_str().unwrap();
    let id = make(
        &server,
        json!({"name": "Git", "type": "directory", "path": path, "every": 0}),
    )
    .await;
    let shown = look(&server, &id).await;
    assert_eq!(
        (&shown["status"], &shown["items"][0]["there"]),
        (&json!("ok"), &json!("api/orders.yaml: Orders")),
        "{shown:#}"
    );
    file(
        "api/items.yaml",
        &spec("/items: {get: {summary: Items}}").replace("Shop", "Items"),
    );
    look(&server, &id).await;
    assert_eq!(names(&server).await, ["Items", "Orders"]);

    // One file that is broken, and all stays as it is.
    file("api/items.yaml", "openapi: 3.1.0\npaths: [");
    std::fs::remove_file(copy.join("api/orders.yaml")).unwrap();
    let shown = look(&server, &id).await;
    assert!(
        shown["error"]
            .as_str()
            .unwrap()
            .starts_with("api/items.yaml: "),
        "{shown:#}"
    );
    assert_eq!(names(&server).await, ["Items", "Orders"]);
    std::fs::rename(&copy, root.join("moved")).unwrap();
    assert_eq!(look(&server, &id).await["status"], "failing");
    std::fs::create_dir_all(&copy).unwrap();
    let shown = look(&server, &id).await;
    assert!(
        shown["error"]
            .as_str()
            .unwrap()
            .contains("nothing was deleted"),
        "{shown:#}"
    );
    assert_eq!(names(&server).await, ["Items", "Orders"]);

    // Nothing outside of what is open, by whatever way.
    std::os::unix::fs::symlink("/etc", root.join("link")).unwrap();
    for path in [
        "/etc",
        root.join("../").to_str().unwrap(),
        root.join("link").to_str().unwrap(),
    ] {
        let id = make(
            &server,
            json!({"name": "Outside", "type": "directory", "path": path, "every": 0}),
        )
        .await;
        let shown = look(&server, &id).await;
        assert!(
            shown["error"]
                .as_str()
                .unwrap()
                .contains("sources.directories"),
            "{path}: {shown:#}"
        );
    }
    server.stop();
}
