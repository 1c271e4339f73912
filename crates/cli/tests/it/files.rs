//! `postern push`, `postern pull` and `postern restore`, against a server that runs.

use std::process::Output;

use serde_json::{Value, json};

use crate::server::{KEY, Place, said};

fn shop(name: &str) -> Value {
    json!({
        "info": {"name": name, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [{"name": "Home", "request": {"method": "GET", "url": "https://example.com"}}, {"name": "Cart", "request": "https://example.com/cart"}],
    })
}

fn good(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(&output.stderr));
    said(&output.stdout)
}

#[tokio::test]
async fn collections_go_to_the_server_and_come_back() {
    let place = Place::new();
    let server = place.serve();
    let files = place.path().join("files");
    std::fs::create_dir_all(files.join("inner")).unwrap();
    std::fs::write(files.join("a.json"), shop("Shop").to_string()).unwrap();
    std::fs::write(
        files.join("inner/b.json"),
        json!({"collection": shop("Zoo")}).to_string(),
    )
    .unwrap();
    std::fs::write(files.join("README.md"), "no collection").unwrap();
    let folder = files.to_str().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = place.command(&arguments[..1]);
        command
            .args(["--server", &server.url])
            .args(&arguments[1..])
            .env("POSTERN_API_KEY", KEY)
            .output()
            .expect("the program runs")
    };

    let told = good(&run(&["push", folder]));
    assert!(
        told.contains("created    Shop (") && told.contains("created    Zoo ("),
        "{told}"
    );
    let told = good(&run(&["push", folder]));
    assert!(
        told.contains("unchanged  Shop (") && told.contains("unchanged  Zoo ("),
        "{told}"
    );
    let mut changed = shop("Shop");
    changed["item"][0]["name"] = "Start".into();
    std::fs::write(files.join("a.json"), changed.to_string()).unwrap();
    let told: Value = serde_json::from_str(&good(&run(&["push", folder, "--json"]))).unwrap();
    assert_eq!(told["collections"][0]["result"], "updated");
    let uid = told["collections"][0]["uid"].as_str().unwrap().to_owned();

    // One that can't be read, and nothing is sent.
    std::fs::write(files.join("inner/c.json"), "{\"info\": {}}").unwrap();
    changed["item"][0]["name"] = "Begin".into();
    std::fs::write(files.join("a.json"), changed.to_string()).unwrap();
    let refused = run(&["push", folder]);
    assert!(!refused.status.success());
    assert!(
        said(&refused.stderr).contains("c.json"),
        "{}",
        said(&refused.stderr)
    );
    let document = server.get(&format!("/api/collections/{uid}")).await;
    assert_eq!(document["collection"]["item"][0]["name"], "Start");

    let out = place.path().join("out");
    let told = good(&run(&["pull", "--out", out.to_str().unwrap()]));
    assert_eq!(told.matches("written").count(), 2, "{told}");
    let told = good(&run(&["pull", "Shop", "--out", out.to_str().unwrap()]));
    assert!(told.starts_with("unchanged "), "{told}");
    let backup = out.join("Shop.postman_collection.json");
    let pulled: Value = serde_json::from_slice(&std::fs::read(&backup).unwrap()).unwrap();
    assert_eq!(pulled, document["collection"]);
    assert!(!run(&["pull", "Nothing"]).status.success());

    // Deleted, and restored from its file with all its ids; and to its first version.
    server
        .call("DELETE", &format!("/api/collections/{uid}"), None)
        .await
        .unwrap();
    let told = good(&run(&["restore", backup.to_str().unwrap()]));
    assert_eq!(told.trim(), format!("restored   Shop ({uid})"));
    assert_eq!(
        server.get(&format!("/api/collections/{uid}")).await["collection"],
        pulled
    );
    good(&run(&[
        "restore",
        "--collection",
        &uid,
        "--to-version",
        "1",
    ]));
    let first = server.get(&format!("/api/collections/{uid}")).await;
    assert_eq!(first["collection"]["item"][0]["name"], "Home");
    server
        .call("DELETE", &format!("/api/collections/{uid}"), None)
        .await
        .unwrap();
    good(&run(&["restore", "--deleted", &uid]));
    assert_eq!(server.get(&format!("/api/collections/{uid}")).await, first);
}

#[tokio::test]
async fn what_other_tools_keep_is_imported_and_runs() {
    let place = Place::new();
    let server = place.serve();
    let folder = place.path().join("bruno");
    std::fs::create_dir_all(folder.join("environments")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write(
        "bruno.json",
        r#"{"version": "1", "name": "Health", "type": "collection"}"#,
    );
    write(
        "environments/Local.bru",
        &format!("vars {{\n  host: {}\n}}\n", server.url),
    );
    write(
        "Alive.bru",
        "meta {\n  name: Alive\n  type: http\n  seq: 1\n}\n\nget {\n  url: {{host}}/healthz\n  body: none\n  auth: none\n}\n\n\
         script:pre-request {\n  bru.setVar(\"seen\", 7);\n  req.setHeader(\"X-Seen\", \"yes\");\n}\n\n\
         assert {\n  res.status: eq 200\n  res.responseTime: lt 60000\n}\n\n\
         tests {\n  test(\"is alive\", function () {\n    expect(res.getStatus()).to.equal(200);\n    expect(bru.getVar(\"seen\")).to.equal(7);\n    \
         expect(req.getHeader(\"X-Seen\")).to.equal(\"yes\");\n    expect(bru.getEnvVar(\"host\")).to.contain(\"http\");\n  });\n}\n",
    );
    let run = |arguments: &[&str]| {
        let mut command = place.command(arguments);
        command
            .args(["--server", &server.url])
            .env("POSTERN_API_KEY", KEY)
            .output()
            .expect("the program runs")
    };
    let planned = good(&run(&["import", folder.to_str().unwrap(), "--dry-run"]));
    assert_eq!(
        planned,
        "would import the collection Health from Bruno\nwould import the environment Local from Bruno\n"
    );
    let made = good(&run(&["import", folder.to_str().unwrap()]));
    assert!(
        made.contains("imported the collection Health from Bruno ("),
        "{made}"
    );
    let pulled = place.path().join("pulled");
    good(&run(&["pull", "--out", pulled.to_str().unwrap()]));
    let environment =
        json!({"name": "Local", "values": [{"key": "host", "value": server.url, "enabled": true}]});
    let file = place.path().join("local.json");
    std::fs::write(&file, environment.to_string()).unwrap();
    let collection = std::fs::read_dir(&pulled)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let ran = place.run(&[
        "run",
        collection.to_str().unwrap(),
        "-e",
        file.to_str().unwrap(),
        "--color",
        "off",
    ]);
    let told = good(&ran);
    for passed in [
        "res.status: eq 200",
        "res.responseTime: lt 60000",
        "is alive",
    ] {
        assert!(told.contains(passed), "{told}");
    }
    let broken = place.path().join("broken.yaml");
    std::fs::write(&broken, "a: [b").unwrap();
    let refused = run(&["import", broken.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused.stderr).contains("YAML"),
        "{}",
        said(&refused.stderr)
    );
    server.stop();
}
