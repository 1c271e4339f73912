//! AWS's test suite and references.

use serde_json::{Value, json};

use super::{AWS_NOW, Headers, auth, authorization, signed, wire};

/// 2013-05-24T00:00:00Z, when the examples of S3 were signed.
const S3_NOW: i64 = 1_369_353_600_000;

/// Parameters, method, address, headers and signature.
type Example<'a> = (&'a Value, &'a str, &'a str, Headers<'a>, &'a str);

/// The example of AWS's guide to signing, and cases of its test suite.
#[test]
fn awsv4_signs_the_requests_of_awss_test_suite() {
    let suite = json!({"accessKey": "AKIDEXAMPLE", "secretKey": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "region": "us-east-1", "service": "service"});
    let mut guide = suite.clone();
    guide["service"] = "iam".into();
    let form = [(
        "Content-Type",
        "application/x-www-form-urlencoded; charset=utf-8",
    )];
    let examples: [Example<'_>; 4] = [
        (
            &guide,
            "GET",
            "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
            &form,
            "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
        ),
        (
            &suite,
            "GET",
            "https://example.amazonaws.com/",
            &[],
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ),
        (
            &suite,
            "GET",
            "https://example.amazonaws.com/?Param2=value2&Param1=value1",
            &[],
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        ),
        (
            &suite,
            "POST",
            "https://example.amazonaws.com/",
            &[],
            "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        ),
    ];
    for (parameters, method, url, headers, signature) in examples {
        let wire = signed(
            wire(method, url, headers),
            "",
            &auth("awsv4", parameters),
            AWS_NOW,
        );
        let value = authorization(&wire);
        assert!(
            value.ends_with(&format!("Signature={signature}")),
            "{url} {value}"
        );
        assert_eq!(wire.header("x-amz-date"), Some("20150830T123600Z"));
    }
}

/// The examples of S3's reference: a bucket's list and its life cycle, and an address that is signed.
#[test]
fn awsv4_signs_the_requests_of_s3s_reference() {
    let mut parameters = json!({"accessKey": "AKIAIOSFODNN7EXAMPLE", "secretKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "region": "us-east-1", "service": "s3"});
    for (path, signature) in [
        (
            "?max-keys=2&prefix=J",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
        (
            "?lifecycle",
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
    ] {
        let wire = wire(
            "GET",
            &format!("https://examplebucket.s3.amazonaws.com/{path}"),
            &[],
        );
        let wire = signed(wire, "", &auth("awsv4", &parameters), S3_NOW);
        assert!(
            authorization(&wire).ends_with(&format!("Signature={signature}")),
            "{path}"
        );
    }
    parameters["addAuthDataToQuery"] = true.into();
    let wire = wire(
        "GET",
        "https://examplebucket.s3.amazonaws.com/test.txt",
        &[],
    );
    let wire = signed(wire, "", &auth("awsv4", &parameters), S3_NOW);
    assert!(wire.url.as_str().ends_with(
        "?X-Amz-Expires=86400&X-Amz-Date=20130524T000000Z&X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    ), "{}", wire.url);
}

#[test]
fn awsv4_signs_what_it_sends_where_an_earlier_signature_was_left() {
    let parameters = json!({"accessKey": "a", "secretKey": "b"});
    let auth = auth("awsv4", &parameters);
    let left = wire(
        "GET",
        "https://x.test/?a=1&X-Amz-Date=1&X-Amz-Signature=2",
        &[("x-amz-date", "old")],
    );
    let clean = wire("GET", "https://x.test/?a=1", &[]);
    let (left, clean) = (
        signed(left, "", &auth, AWS_NOW),
        signed(clean, "", &auth, AWS_NOW),
    );
    assert_eq!(left.url, clean.url);
    assert_eq!(left.headers, clean.headers);
}
