//! RFC 2617 and RFC 7616.

use serde_json::{Value, json};

use super::{auth, authorization, signed, wire};

/// The response that is told for a GET.
fn response(url: &str, parameters: &Value) -> String {
    let signed = signed(wire("GET", url, &[]), "", &auth("digest", parameters), 0);
    let (_, response) = authorization(&signed).split_once("response=\"").unwrap();
    response.split('"').next().unwrap().to_owned()
}

#[test]
fn digest_answers_the_example_of_rfc_2617() {
    let parameters = json!({
        "username": "Mufasa", "password": "Circle Of Life", "realm": "testrealm@host.com",
        "nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093", "opaque": "5ccc069c403ebaf9f0171e9517f40e41",
        "qop": "auth", "nonceCount": "00000001", "clientNonce": "0a4f113b",
    });
    let url = "http://www.nowhere.org/dir/index.html";
    let signed = signed(wire("GET", url, &[]), "", &auth("digest", &parameters), 0);
    assert_eq!(
        authorization(&signed),
        r#"Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", algorithm="MD5", qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1", opaque="5ccc069c403ebaf9f0171e9517f40e41""#
    );
}

#[test]
fn digest_answers_the_examples_of_rfc_7616() {
    let parameters = |algorithm: &str| {
        json!({
            "username": "Mufasa", "password": "Circle of Life", "realm": "http-auth@example.org",
            "nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "algorithm": algorithm,
            "qop": "auth", "nonceCount": "00000001",
            "clientNonce": "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
        })
    };
    let url = "http://www.example.org/dir/index.html";
    for (algorithm, expected) in [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        (
            "SHA-256",
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        ),
    ] {
        assert_eq!(response(url, &parameters(algorithm)), expected);
    }
    // As erratum 4897 has it: what the RFC prints was not hashed with SHA-512/256.
    let parameters = json!({
        "username": "J\u{e4}s\u{f8}n Doe", "password": "Secret, or not?", "realm": "api@example.org",
        "nonce": "5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", "algorithm": "SHA-512-256",
        "qop": "auth", "nonceCount": "00000001",
        "clientNonce": "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
    });
    assert_eq!(
        response("http://api.example.org/doe.json", &parameters),
        "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"
    );
}
