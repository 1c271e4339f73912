//! The photos of the standards of OAuth 1.0, and of its wiki.

use serde_json::json;

use super::{auth, authorization, signed, wire};

/// OAuth Core 1.0, appendix A.5; RFC 5849, section 1.2.
#[test]
fn oauth1_signs_the_photos_of_the_standards() {
    let url = "http://photos.example.net/photos?file=vacation.jpg&size=original";
    for (consumer, token, secrets, time, once, version, signature) in [
        (
            "dpf43f3p2l4k3l03",
            "nnch734d00sl2jdk",
            ["kd94hf93k423kf44", "pfkkdhi9sl3r4s00"],
            "1191242096",
            "kllo9940pd9333jh",
            "1.0",
            "tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D",
        ),
        (
            "dpf43f3p2l4k3l03",
            "nnch734d00sl2jdk",
            ["kd94hf93k423kf44", "pfkkdhi9sl3r4s00"],
            "137131202",
            "chapoH",
            "",
            "MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D",
        ),
    ] {
        let auth = auth(
            "oauth1",
            &json!({
                "consumerKey": consumer, "consumerSecret": secrets[0], "token": token, "tokenSecret": secrets[1],
                "signatureMethod": "HMAC-SHA1", "timestamp": time, "nonce": once, "version": version,
                "realm": "Photos", "addParamsToHeader": true,
            }),
        );
        let wire = signed(wire("GET", url, &[]), "", &auth, 0);
        let value = authorization(&wire);
        assert!(value.starts_with("OAuth realm=\"Photos\",oauth_consumer_key="));
        assert!(
            value.ends_with(&format!("oauth_signature=\"{signature}\"")),
            "{value}"
        );
    }
}

/// Section 9.3 of the test cases in OAuth's wiki, with the key that is published there.
#[test]
fn oauth1_signs_with_the_private_key_of_the_wiki() {
    let key = "-----BEGIN PRIVATE KEY-----
MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBALRiMLAh9iimur8V
A7qVvdqxevEuUkW4K+2KdMXmnQbG9Aa7k7eBjK1S+0LYmVjPKlJGNXHDGuy5Fw/d
7rjVJ0BLB+ubPK8iA/Tw3hLQgXMRRGRXXCn8ikfuQfjUS1uZSatdLB81mydBETlJ
hI6GH4twrbDJCR2Bwy/XWXgqgGRzAgMBAAECgYBYWVtleUzavkbrPjy0T5FMou8H
X9u2AC2ry8vD/l7cqedtwMPp9k7TubgNFo+NGvKsl2ynyprOZR1xjQ7WgrgVB+mm
uScOM/5HVceFuGRDhYTCObE+y1kxRloNYXnx3ei1zbeYLPCHdhxRYW7T0qcynNmw
rn05/KO2RLjgQNalsQJBANeA3Q4Nugqy4QBUCEC09SqylT2K9FrrItqL2QKc9v0Z
zO2uwllCbg0dwpVuYPYXYvikNHHg+aCWF+VXsb9rpPsCQQDWR9TT4ORdzoj+Nccn
qkMsDmzt0EfNaAOwHOmVJ2RVBspPcxt5iN4HI7HNeG6U5YsFBb+/GZbgfBT3kpNG
WPTpAkBI+gFhjfJvRw38n3g/+UeAkwMI2TJQS4n8+hid0uus3/zOjDySH3XHCUno
cn1xOJAyZODBo47E+67R4jV1/gzbAkEAklJaspRPXP877NssM5nAZMU0/O/NGCZ+
3jPgDUno6WbJn5cqm8MqWhW1xGkImgRk+fkDBquiq4gPiT898jusgQJAd5Zrr6Q8
AO/0isr/3aa6O6NLQxISLKcPDk2NOccAfS/xOtfOz4sJYM3+Bs4Io9+dZGSDCA54
Lw03eHTNQghS0A==
-----END PRIVATE KEY-----";
    let auth = auth(
        "oauth1",
        &json!({
            "consumerKey": "dpf43f3p2l4k3l03", "privateKey": key, "signatureMethod": "RSA-SHA1",
            "timestamp": "1196666512", "nonce": "13917289812797014437", "version": "1.0",
            "addParamsToHeader": true, "disableHeaderEncoding": true,
        }),
    );
    let url = "http://photos.example.net/photos?file=vacaction.jpg&size=original";
    let wire = signed(wire("GET", url, &[]), "", &auth, 0);
    assert!(authorization(&wire).ends_with(
        "oauth_signature=\"jvTp/wX1TYtByB1m+Pbyo0lnCOLIsyGCH7wke8AUs3BpnwZJtAuEJkvQL2/9n4s5wUmUl4aCI4BwpraNx4RtEXMe5qg5T1LV\
         TGliMRpKasKsW//e+RinhejgCuzoH26dyF8iY2ZZ/5D1ilgeijhV/vBka5twt399mXwaYdCwFYE=\""
    ));
}
