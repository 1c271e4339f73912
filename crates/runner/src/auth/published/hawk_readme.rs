//! Hawk's README.

use serde_json::json;

use super::{auth, authorization, signed, wire};

/// The examples in Hawk's README: a request, and one whose payload is validated.
#[test]
fn hawk_signs_the_examples_of_its_readme() {
    let parameters = json!({
        "authId": "dh37fgj492je", "authKey": "werxhqb98rpaxn39848xrunpaw3489ruxnpa98w4rxn", "algorithm": "sha256",
        "timestamp": "1353832234", "nonce": "j4h3g2", "extraData": "some-app-ext-data",
    });
    let url = "http://example.com:8000/resource/1?b=1&a=2";
    let plain = signed(wire("GET", url, &[]), "", &auth("hawk", &parameters), 0);
    assert_eq!(
        authorization(&plain),
        r#"Hawk id="dh37fgj492je", ts="1353832234", nonce="j4h3g2", ext="some-app-ext-data", mac="6R4rV5iE+NPoym+WwjeHzjAGXUtLNIxmo1vpMofpLAE=""#
    );
    let mut parameters = parameters;
    parameters["includePayloadHash"] = true.into();
    let typed = wire("POST", url, &[("Content-Type", "text/plain")]);
    let payload = signed(
        typed,
        "Thank you for flying Hawk",
        &auth("hawk", &parameters),
        0,
    );
    assert_eq!(
        authorization(&payload),
        r#"Hawk id="dh37fgj492je", ts="1353832234", nonce="j4h3g2", hash="Yi9LfIIFRtBEPt74PVmbTF/xVAwPn7ub15ePICfgnuY=", ext="some-app-ext-data", mac="aSe1DERmZuRl3pI36/9BdZmnErTw3sNzOOAUlfeKjVw=""#
    );
}
