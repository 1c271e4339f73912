//! Akamai's test data.

use serde_json::json;

use super::{Headers, auth, authorization, signed, wire};

/// Method, path, headers, body and signature.
type Example<'a> = (&'a str, &'a str, Headers<'a>, &'a str, &'a str);

/// The test data that Akamai gives to all who write a client.
#[test]
#[expect(clippy::too_many_lines, reason = "a table, which rustfmt makes long")]
fn edgegrid_signs_akamais_test_data() {
    let auth = auth(
        "edgegrid",
        &json!({
            "accessToken": "akab-access-token-xxx-xxxxxxxxxxxxxxxx", "clientToken": "akab-client-token-xxx-xxxxxxxxxxxxxxxx",
            "clientSecret": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=", "maxBodySize": 2048,
            "headersToSign": "X-Test1,X-Test2,X-Test3", "nonce": "nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
            "timestamp": "20140321T19:34:21+0000",
        }),
    );
    let (data, long) = ("datadatadatadatadatadatadatadata", "d".repeat(2049));
    let put = "P".repeat(31);
    let out_of_order = [("X-Test2", "t2"), ("X-Test1", "t1"), ("X-Test3", "t3")];
    let extra = [&out_of_order[..], &[("X-Extra", "this won't be included")]].concat();
    let examples: [Example<'_>; 14] = [
        (
            "GET",
            "/",
            &[],
            "",
            "tL+y4hxyHxgWVD30X3pWnGKHcPzmrIF+LThiAOhMxYU=",
        ),
        (
            "GET",
            "/testapi/v1/t1?p1=1&p2=2",
            &[],
            "",
            "hKDH1UlnQySSHjvIcZpDMbQHihTQ0XyVAKZaApabdeA=",
        ),
        (
            "POST",
            "/testapi/v1/t3",
            &[],
            data,
            "hXm4iCxtpN22m4cbZb4lVLW5rhX8Ca82vCFqXzSTPe4=",
        ),
        (
            "POST",
            "/testapi/v1/t3",
            &[],
            &long,
            "6Q6PiTipLae6n4GsSIDTCJ54bEbHUBp+4MUXrbQCBoY=",
        ),
        (
            "POST",
            "/testapi/v1/t3",
            &[],
            &long[1..],
            "6Q6PiTipLae6n4GsSIDTCJ54bEbHUBp+4MUXrbQCBoY=",
        ),
        (
            "POST",
            "/testapi/v1/t6",
            &[],
            "",
            "1gEDxeQGD5GovIkJJGcBaKnZ+VaPtrc4qBUHixjsPCQ=",
        ),
        (
            "GET",
            "/testapi/v1/t4",
            &[("X-Test1", "test-simple-header")],
            "",
            "8F9AybcRw+PLxnvT+H0JRkjROrrUgsxJTnRXMzqvcwY=",
        ),
        (
            "GET",
            "/testapi/v1/t4",
            &[("X-Test1", "\"     test-header-with-spaces     \"")],
            "",
            "ucq2AbjCNtobHfCTuS38fdkl5UDdWHZhQX46fYR8CqI=",
        ),
        (
            "GET",
            "/testapi/v1/t4",
            &[("X-Test1", "     first-thing      second-thing")],
            "",
            "WtnneL539UadAAOJwnsXvPqT4Kt6z7HMgBEwAFpt3+c=",
        ),
        (
            "GET",
            "/testapi/v1/t4",
            &out_of_order,
            "",
            "Wus73Nx8jOYM+kkBFF2q8D1EATRIMr0WLWwpLBgkBqY=",
        ),
        (
            "GET",
            "/testapi/v1/t5",
            &extra,
            "",
            "Knd/jc0A5Ghhizjayr0AUUvl2MZjBpS3FDSzvtq4Ixc=",
        ),
        (
            "PUT",
            "/testapi/v1/t6",
            &[],
            &put,
            "GNBWEYSEWOLtu+7dD52da2C39aX/Jchpon3K/AmBqBU=",
        ),
        (
            "PATCH",
            "/testapi/v1/t6",
            &[],
            &put,
            "JIl05ImY1AOnMtmw+9LKgaFA8mnzsEKabbnHmI8LsQ4=",
        ),
        (
            "GET",
            "/testapi/v1/configs/111;222;333?from=12345&limit=200000",
            &[],
            "",
            "pmQF7Is2+O4r/mMojPR4yeF58BrempNNoBX5/DT0Fxs=",
        ),
    ];
    for (method, path, headers, body, signature) in examples {
        let url =
            format!("https://akaa-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net{path}");
        let wire = signed(wire(method, &url, headers), body, &auth, 0);
        assert_eq!(
            authorization(&wire),
            format!(
                "EG1-HMAC-SHA256 client_token=akab-client-token-xxx-xxxxxxxxxxxxxxxx;access_token=akab-access-token-xxx-xxxxxxxxxxxxxxxx;\
                 timestamp=20140321T19:34:21+0000;nonce=nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx;signature={signature}"
            ),
            "{method} {path} {headers:?}"
        );
    }
}
