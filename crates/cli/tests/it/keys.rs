//! Keys and people, directly on the database.

use postern_egress::{AddressPolicy, Egress, EgressConfig, Limits, Request};

use crate::server::{Place, said};

#[tokio::test]
async fn keys_create_prints_a_key_that_opens_the_door() {
    let place = Place::new().without("POSTERN_BOOTSTRAP_API_KEY");
    let server = place.serve();
    server.tells("postern keys create");
    let refused = place.run(&["keys", "create"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused.stderr).contains("stop it, try again, and start it again"));
    assert!(refused.stdout.is_empty());
    server.stop();

    let made = place.run(&["keys", "create", "--name", "CI", "--role", "viewer"]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made.stderr));
    let key = said(&made.stdout).trim().to_owned();
    assert!(
        !said(&made.stderr).contains(&key),
        "the key is on stdout alone"
    );

    let server = place.serve();
    let egress = Egress::new(EgressConfig::new(AddressPolicy::anything()));
    let status = async |method: &str, path: &str| {
        let url = format!("{}{path}", server.url).parse().unwrap();
        let request = Request::new(method, url).header("x-api-key", key.as_str());
        egress.send(request, &Limits::WHOLE).await.unwrap().status
    };
    assert_eq!(status("GET", "/api/collections").await, 200);
    assert_eq!(status("POST", "/api/workspaces").await, 403);
    server.stop();
}

#[tokio::test]
async fn a_password_and_an_invitation_let_people_in() {
    let place = Place::new();
    place.serve().stop();
    let listed = place.run(&["users", "list"]);
    assert!(
        said(&listed.stdout).contains("admin@localhost"),
        "{listed:?}"
    );
    assert!(said(&listed.stdout).contains("(no password)"), "{listed:?}");
    for (email, password, code) in [
        ("admin@localhost", "short", 1),
        ("nobody@localhost", "correct horse", 1),
        ("Admin@localhost", "correct horse\n", 0),
    ] {
        let output = place.run_with(&["users", "password", email], password);
        assert_eq!(output.status.code(), Some(code), "{}", said(&output.stderr));
    }
    let link = place.run(&["users", "link", "Admin@localhost"]);
    let by_link = said(&link.stdout).trim().to_owned();
    assert!(
        by_link.starts_with("http://127.0.0.1:7676/welcome#in_"),
        "{link:?}"
    );
    let nobody = place.run(&["users", "link", "nobody@localhost"]);
    assert_eq!(nobody.status.code(), Some(1));
    let invited = place.run(&["users", "invite", "--role", "viewer"]);
    let link = said(&invited.stdout).trim().to_owned();
    let invitation = link.rsplit('/').next().unwrap();
    assert!(link.contains("/invite/inv_"), "{link}");

    let server = place.serve();
    let egress = Egress::new(EgressConfig::new(AddressPolicy::anything()));
    let post = async |path: &str, body: serde_json::Value| {
        let url = format!("{}{path}", server.url).parse().unwrap();
        let request = Request::new("POST", url).body(body.to_string());
        egress.send(request, &Limits::WHOLE).await.unwrap().status
    };
    let sign_in = serde_json::json!({"email": "admin@localhost", "password": "correct horse"});
    assert_eq!(post("/api/session", sign_in).await, 200);
    let token = by_link.split_once('#').unwrap().1;
    for status in [200, 401] {
        let by_link = serde_json::json!({"token": token});
        assert_eq!(post("/api/session/link", by_link).await, status);
    }
    let accept = serde_json::json!({"token": invitation, "fullName": "Bob", "email": "bob@localhost", "password": "battery staple"});
    assert_eq!(post("/api/invitations/accept", accept).await, 200);
    server.stop();
}
