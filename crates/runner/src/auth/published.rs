//! What standards and vendors publish as examples, signed by us.

mod awsv4_suite;
mod digest_rfcs;
mod edgegrid_data;
mod hawk_readme;
mod oauth1_photos;

use bytes::Bytes;
use postern_collection::{Auth, Body};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::{Content, awsv4, digest, edgegrid, hawk, oauth1};
use crate::Address;
use crate::wire::Wire;

/// 2015-08-30T12:36:00Z, when the examples of AWS were signed.
const AWS_NOW: i64 = 1_440_938_160_000;

type Headers<'a> = &'a [(&'a str, &'a str)];

fn auth(kind: &str, parameters: &Value) -> Auth {
    let parameters = parameters.as_object().unwrap().clone();
    Auth {
        kind: kind.to_owned(),
        parameters: parameters.into_iter().collect(),
    }
}

fn wire(method: &str, url: &str, headers: &[(&str, &str)]) -> Wire {
    let headers = headers
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    Wire::new(method, Address::parse(url, true), headers.collect())
}

fn raw(text: &str) -> Body {
    Body::Raw {
        text: text.to_owned(),
        language: None,
    }
}

/// The request once it is signed, with a text as its body.
fn signed(mut wire: Wire, text: &str, auth: &Auth, now_ms: i64) -> Wire {
    let body = raw(text);
    let mut content = Content::new(Some(&body), Bytes::copy_from_slice(text.as_bytes()));
    let mut random = StdRng::seed_from_u64(7);
    match auth.kind.as_str() {
        "oauth1" => oauth1::put(&mut wire, &mut content, auth, now_ms, &mut random).unwrap(),
        "awsv4" => awsv4::put(&mut wire, &content, auth, now_ms).unwrap(),
        "edgegrid" => edgegrid::put(&mut wire, &content, auth, now_ms, &mut random),
        "digest" => digest::put(&mut wire, &content, auth).unwrap(),
        "hawk" => hawk::put(&mut wire, &content, auth, now_ms, &mut random),
        other => panic!("{other}"),
    }
    wire
}

fn authorization(wire: &Wire) -> &str {
    wire.header("authorization").unwrap()
}

#[test]
fn what_isnt_given_is_made_anew() {
    let oauth = auth(
        "oauth1",
        &json!({"consumerKey": "a", "consumerSecret": "b", "addParamsToHeader": true}),
    );
    let hawk = auth(
        "hawk",
        &json!({"authId": "a", "authKey": "b", "algorithm": "sha1"}),
    );
    let edgegrid = auth(
        "edgegrid",
        &json!({"accessToken": "a", "clientToken": "b", "clientSecret": "c"}),
    );
    for (auth, time, marks, length) in [
        (
            oauth,
            "oauth_timestamp=\"1440938160\"",
            ["oauth_nonce=\"", "\""],
            11,
        ),
        (hawk, "ts=\"1440938160\"", ["nonce=\"", "\""], 6),
        (
            edgegrid,
            "timestamp=20150830T12:36:00+0000;",
            ["nonce=", ";"],
            36,
        ),
    ] {
        let wire = signed(wire("GET", "https://x.test/", &[]), "", &auth, AWS_NOW);
        let value = authorization(&wire);
        assert!(value.contains(time), "{value}");
        let once = value.split(marks[0]).nth(1).unwrap();
        assert_eq!(
            once.split(marks[1]).next().unwrap().len(),
            length,
            "{value}"
        );
    }
}
