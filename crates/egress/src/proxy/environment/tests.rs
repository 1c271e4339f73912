//! What the environment says of proxies, beside what newman makes of it.

use proptest::prelude::*;
use url::Url;

use super::ProxyEnvironment;

fn environment(variables: &[(&str, &str)]) -> ProxyEnvironment {
    let variables: Vec<(String, String)> = variables
        .iter()
        .map(|&(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    ProxyEnvironment::read(|name| {
        let found = variables.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone())
    })
}

fn chosen(environment: &ProxyEnvironment, url: &str) -> Option<String> {
    let proxy = environment.proxy_for(&Url::parse(url).unwrap()).unwrap();
    proxy.map(|proxy| proxy.to_string())
}

#[test]
fn each_scheme_has_its_variable_and_https_falls_back_on_that_of_http() {
    let both = environment(&[("HTTP_PROXY", "one:1"), ("HTTPS_PROXY", "two:2")]);
    assert_eq!(chosen(&both, "http://a/").as_deref(), Some("http://one:1"));
    assert_eq!(chosen(&both, "https://a/").as_deref(), Some("http://two:2"));
    let one = environment(&[("http_proxy", "one:1")]);
    assert_eq!(chosen(&one, "https://a/").as_deref(), Some("http://one:1"));
    let other = environment(&[("https_proxy", "two:2")]);
    assert_eq!(chosen(&other, "http://a/"), None);
    let upper = environment(&[("HTTP_PROXY", "one:1"), ("http_proxy", "two:2")]);
    assert_eq!(chosen(&upper, "http://a/").as_deref(), Some("http://one:1"));
    let empty = environment(&[("HTTP_PROXY", ""), ("http_proxy", "two:2")]);
    assert_eq!(chosen(&empty, "http://a/").as_deref(), Some("http://two:2"));
    assert_eq!(chosen(&environment(&[]), "http://a/"), None);
}

#[test]
fn no_proxy_excepts_hosts_those_below_them_and_single_ports() {
    // NO_PROXY, a URL, whether newman goes straight there.
    let table = [
        ("example.com", "http://example.com/", true),
        ("example.com", "http://api.example.com/", true),
        (".example.com", "http://example.com/", true),
        ("example.com", "http://ample.com/", false),
        ("ample.com", "http://example.com/", false),
        ("example.com", "http://example.com.evil.test/", false),
        ("EXAMPLE.com", "https://example.COM/", true),
        ("example.com:8080", "http://example.com:8080/", true),
        ("example.com:8080", "http://example.com/", false),
        ("example.com:80", "http://example.com/", true),
        ("example.com:443", "https://example.com/", true),
        ("example.com:443", "http://example.com/", false),
        ("example.com:", "http://example.com/", false),
        ("a.test, b.test ,c.test", "http://b.test/", true),
        ("a.test,", "http://b.test/", false),
        (",", "http://localhost/", false),
        ("*", "http://b.test/", true),
        ("*,a.test", "http://b.test/", false),
        ("*.b.test", "http://a.b.test/", false),
        (" ", "http://b.test/", false),
        ("127.0.0.1", "http://127.0.0.1:9/", true),
        ("0.0.1", "http://127.0.0.1:9/", true),
        ("127.0.0.0/8", "http://127.0.0.1/", false),
        ("localhost", "http://api.localhost/", true),
        // Here newman differs: it sees a host and a port.
        ("::1", "http://[::1]/", true),
        ("[::1]", "http://[::1]/", true),
        ("[::1]:80", "http://[::1]/", true),
        ("[::1]:80", "http://[::1]:81/", false),
    ];
    for (no_proxy, url, straight) in table {
        let environment = environment(&[("HTTP_PROXY", "proxy:1"), ("NO_PROXY", no_proxy)]);
        assert_eq!(
            chosen(&environment, url).is_none(),
            straight,
            "{no_proxy:?} and {url}"
        );
    }
}

#[test]
fn a_broken_proxy_is_told_only_where_it_would_be_used() {
    let broken = environment(&[("HTTP_PROXY", "ftp://x"), ("NO_PROXY", "a.test")]);
    assert_eq!(chosen(&broken, "http://a.test/"), None);
    assert!(
        broken
            .proxy_for(&Url::parse("http://b.test/").unwrap())
            .is_err()
    );
}

proptest! {
    #[test]
    fn a_host_is_excepted_by_itself_and_by_what_it_lies_in_and_by_nothing_else(
        labels in prop::collection::vec("[a-z][a-z0-9]{0,6}", 1..5),
        other in "[a-z]{1,8}(\\.[a-z]{1,8}){0,2}",
        keep in 0_usize..5,
        dot in any::<bool>(),
    ) {
        let host = labels.join(".");
        let url = format!("http://{host}/");
        let zone = labels[keep.min(labels.len() - 1)..].join(".");
        let zone = if dot { format!(".{zone}") } else { zone };
        let inside = environment(&[("HTTP_PROXY", "p:1"), ("NO_PROXY", &zone)]);
        prop_assert_eq!(chosen(&inside, &url), None);
        let outside = environment(&[("HTTP_PROXY", "p:1"), ("NO_PROXY", &other)]);
        let lies_in = host == other || host.ends_with(&format!(".{other}"));
        prop_assert_eq!(chosen(&outside, &url).is_none(), lies_in);
    }

    #[test]
    fn no_value_of_a_variable_makes_reading_fail(value in ".*", url in "https?://[a-z.:0-9\\[\\]]{1,12}/") {
        let environment = environment(&[("HTTP_PROXY", &value), ("NO_PROXY", &value)]);
        if let Ok(url) = Url::parse(&url) {
            let _either = environment.proxy_for(&url);
        }
    }
}
