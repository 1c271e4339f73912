//! Keys, made directly on the database.

use postern_egress::{AddressPolicy, Egress, EgressConfig, Limits, Request};

use crate::server::{Place, said};

#[tokio::test]
async fn keys_create_prints_a_key_that_opens_the_door() {
    let place = Place::new().without("POSTERN_BOOTSTRAP_API_KEY");
    let server = place.serve();
    server.tells("postern keys create");
    let refused = place.run(&["keys", "create"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused.stderr).contains("stop it, make the key, and start it again"));
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
