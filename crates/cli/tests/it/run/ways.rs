//! Certificates and proxies of a run.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postern_egress::certificates_from_pem;
use postern_egress::testing::{ForwardProxy, Identity, ProxyRules, Receiver};
use serde_json::json;

use crate::server::{Place, said};

/// A file that the tests of egress have.
fn client(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../egress/tests/it/client");
    folder.join(name).to_str().unwrap().to_owned()
}

/// A server that lets in only whom the authority of the tests knows, and a place with a collection about it and its certificate.
fn demanding() -> (Receiver, Place) {
    let authority = certificates_from_pem(&fs::read(client("authority.pem")).unwrap()).unwrap();
    let identity = Identity::self_signed(&["127.0.0.1"]).demanding(authority[0].clone());
    let receiver = Receiver::start_tls(identity);
    let place = Place::new();
    let document = json!({"info": {"name": "Closed"}, "item": [{"name": "Look", "request": receiver.url("/look")}]});
    fs::write(place.path().join("closed.json"), document.to_string()).unwrap();
    let certificate = STANDARD.encode(receiver.certificate().unwrap());
    let pem = format!("-----BEGIN CERTIFICATE-----\n{certificate}\n-----END CERTIFICATE-----\n");
    fs::write(place.path().join("server.pem"), pem).unwrap();
    (receiver, place)
}

#[test]
fn a_client_certificate_opens_a_server_that_asks_for_one() {
    let (receiver, place) = demanding();
    let (certificate, key) = (client("mia.pem"), client("mia.aes.key"));
    let trusting = ["run", "closed.json", "--ssl-extra-ca-certs", "server.pem"];
    let own = ["--ssl-client-cert", &certificate, "--ssl-client-key", &key];

    let nobody = place.run(&trusting);
    assert_eq!(nobody.status.code(), Some(1), "{}", said(&nobody.stdout));
    let distrusting = place.run(
        &[
            &["run", "closed.json"],
            own.as_slice(),
            &["--ssl-client-passphrase", "s3cret"],
        ]
        .concat(),
    );
    assert!(
        said(&distrusting.stdout).contains("self"),
        "{}",
        said(&distrusting.stdout)
    );
    assert!(receiver.requests().is_empty());

    let passphrase = ["--ssl-client-passphrase", "wrong"];
    let refused = place.run(&[&trusting, own.as_slice(), &passphrase].concat());
    assert_eq!(refused.status.code(), Some(1));
    let error = said(&refused.stderr);
    assert!(
        error.contains("the passphrase is not the right one"),
        "{error}"
    );

    let passphrase = ["--ssl-client-passphrase", "s3cret"];
    let let_in = place.run(&[&trusting, own.as_slice(), &passphrase].concat());
    assert_eq!(
        let_in.status.code(),
        Some(0),
        "{}{}",
        said(&let_in.stdout),
        said(&let_in.stderr)
    );
    assert_eq!(receiver.requests().len(), 1);
}

#[test]
fn a_list_says_who_to_be_where() {
    let (receiver, place) = demanding();
    let list = |pattern: &str| {
        let list = json!([{
            "name": "Mia", "matches": [pattern], "cert": {"src": client("mia.pem")},
            "key": {"src": client("mia.aes.key")}, "passphrase": "s3cret",
        }]);
        fs::write(place.path().join("list.json"), list.to_string()).unwrap();
        place.run(&[
            "run",
            "closed.json",
            "--ssl-extra-ca-certs",
            "server.pem",
            "--ssl-client-cert-list",
            "list.json",
        ])
    };
    assert_eq!(list("https://elsewhere.test/*").status.code(), Some(1));
    assert!(receiver.requests().is_empty());
    let let_in = list("https://127.0.0.1:*/*");
    assert_eq!(
        let_in.status.code(),
        Some(0),
        "{}{}",
        said(&let_in.stdout),
        said(&let_in.stderr)
    );
    let wrong = list("https://no-path");
    assert!(
        said(&wrong.stderr).contains("entry 1") && said(&wrong.stderr).contains("/* for all"),
        "{}",
        said(&wrong.stderr)
    );
}

#[test]
fn the_environments_proxy_is_used_but_for_its_exceptions() {
    let receiver = Receiver::start();
    let proxy = ForwardProxy::http(ProxyRules::new());
    let place = Place::new().with("HTTP_PROXY", proxy.url());
    let document = json!({"info": {"name": "Behind"}, "item": [{"name": "Look", "request": receiver.url("/look")}]});
    fs::write(place.path().join("behind.json"), document.to_string()).unwrap();
    let ended = place.run(&["run", "behind.json"]);
    assert_eq!(ended.status.code(), Some(0), "{}", said(&ended.stdout));
    assert_eq!(proxy.asked().len(), 1);
    let place = place.with("NO_PROXY", "127.0.0.1");
    let ended = place.run(&["run", "behind.json"]);
    assert_eq!(ended.status.code(), Some(0), "{}", said(&ended.stdout));
    assert_eq!((proxy.asked().len(), receiver.requests().len()), (1, 2));
}
