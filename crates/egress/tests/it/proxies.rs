//! Requests that go through proxies.

use std::sync::Arc;

use postern_egress::testing::{Answer, FixedNames, ForwardProxy, Identity, ProxyRules, Receiver};
use postern_egress::{
    AddressPolicy, AllowRule, ClientIdentity, Egress, EgressConfig, Exchange, ExtraRoots, Failure,
    FailureKind, Limits, Proxy, ProxyFault, Request, TlsOptions, Way, certificates_from_pem,
    check_url,
};

use crate::{PATIENCE, open};

const HOST: &str = "api.test";

fn through(proxy: &str) -> Way {
    Way {
        proxy: Some(proxy.parse().expect("a proxy")),
        ..Way::default()
    }
}

fn trusting(way: Way, receivers: &[&Receiver]) -> Way {
    let certificates = receivers
        .iter()
        .filter_map(|receiver| receiver.certificate());
    Way {
        tls: TlsOptions {
            roots: ExtraRoots::new(certificates.collect()),
            identity: None,
        },
        ..way
    }
}

async fn get(egress: &Egress, way: &Way, url: &str) -> Result<Exchange, Failure> {
    send(
        egress,
        way,
        Request::new("GET", check_url(url).expect("a URL")),
    )
    .await
}

async fn send(egress: &Egress, way: &Way, request: Request) -> Result<Exchange, Failure> {
    let limits = Limits::WHOLE.with_deadline(PATIENCE);
    egress.send_by(way, request, &limits).await
}

/// Proxies know names that we don't, so what arrives was looked up by them.
fn knowing() -> ProxyRules {
    ProxyRules::new().knowing(HOST, "127.0.0.1")
}

fn fault(failure: &Failure) -> &ProxyFault {
    assert_eq!(failure.kind, FailureKind::ProxyFailed, "{failure:?}");
    failure.proxy().expect("a fault of the proxy")
}

#[tokio::test]
async fn a_plain_request_is_read_by_an_http_proxy_and_names_the_whole_url() {
    let receiver = Receiver::start();
    receiver.answer(Answer::status(200).body("hello"));
    let proxy = ForwardProxy::http(knowing().letting_in("mia", "s3cret"));
    let url = receiver.url_as(HOST, "/a%20b?q=1");
    let way = through(&proxy.url().replace("://", "://mia:s3cret@"));
    let request = Request::new("POST", check_url(&url).unwrap()).body("a body");
    let answer = send(&open(), &way, request).await.unwrap();
    assert_eq!((answer.status, &answer.body[..]), (200, &b"hello"[..]));
    assert_eq!(answer.peer, proxy.address());

    let asked = proxy.asked().remove(0);
    assert!(
        asked.starts_with(&format!("POST {url} HTTP/1.1\r\n")),
        "{asked}"
    );
    let arrived = &receiver.requests()[0];
    assert_eq!(
        (arrived.target.as_str(), arrived.text().as_str()),
        ("/a%20b?q=1", "a body")
    );
    let host = url.split('/').nth(2).unwrap();
    assert_eq!(arrived.header("host"), Some(host));
    assert_eq!(arrived.header("via"), Some("1.1 test"));
}

#[tokio::test]
async fn what_an_http_proxy_answers_to_a_plain_request_is_an_answer() {
    let proxy = ForwardProxy::http(knowing().letting_in("mia", "s3cret"));
    let way = through(&proxy.url());
    let answer = get(&open(), &way, "http://api.test/").await.unwrap();
    assert_eq!(answer.status, 407);
    // A header of the request's own counts, and stands before the credentials of the URL.
    let url = check_url("http://nobody.test/").unwrap();
    let request = Request::new("GET", url).header("proxy-authorization", "Basic bWlhOnMzY3JldA==");
    let wrong = through(&proxy.url().replace("://", "://leo:wrong@"));
    assert_eq!(send(&open(), &wrong, request).await.unwrap().status, 502);
}

#[tokio::test]
async fn tls_goes_through_tunnels_of_every_kind_of_proxy_and_the_connection_is_kept() {
    let receiver = Receiver::start_tls(Identity::self_signed(&[HOST]));
    let house = Identity::self_signed(&["127.0.0.1"]);
    let house_certificate = house.certificate();
    let proxies = [
        ForwardProxy::http(knowing().letting_in("mia", "s3cret")),
        ForwardProxy::https(knowing().letting_in("mia", "s3cret"), &house),
        ForwardProxy::socks5(knowing().letting_in("mia", "s3cret")),
    ];
    for proxy in &proxies {
        let url = proxy.url().replace("://", "://mia:s3cret@");
        let mut way = through(&url.replace("socks5:", "socks5h:"));
        way.tls.roots = ExtraRoots::new(vec![
            receiver.certificate().unwrap(),
            house_certificate.clone(),
        ]);
        let egress = open();
        let secret = Request::new("GET", check_url(&receiver.url_as(HOST, "/")).unwrap())
            .header("User-Agent", "Postern")
            .header("X-Secret", "for the target");
        let first = send(&egress, &way, secret.clone()).await;
        let first = first.unwrap_or_else(|why| panic!("{url}: {why}"));
        assert!(first.timings.connect.is_some() && first.timings.tls.is_some());
        assert!(send(&egress, &way, secret).await.unwrap().reused, "{url}");
        let asked = proxy.asked();
        assert_eq!(asked.len(), 1, "one tunnel for both");
        let place = format!("{HOST}:{}", receiver.address().port());
        if asked[0] != place {
            assert_eq!(
                asked[0],
                format!(
                    "CONNECT {place} HTTP/1.1\r\nHost: {place}\r\nUser-Agent: Postern\r\nProxy-Authorization: Basic bWlhOnMzY3JldA=="
                )
            );
        }
    }
    for received in receiver.requests() {
        assert_eq!(received.header("proxy-authorization"), None);
        assert_eq!(received.header("x-secret"), Some("for the target"));
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_told_apart_from_a_target_that_does() {
    let receiver = Receiver::start_tls(Identity::self_signed(&[HOST]));
    let url = receiver.url_as(HOST, "/");
    let shut = ForwardProxy::http(knowing().letting_in("mia", "s3cret"));
    let refused = get(&open(), &through(&shut.url()), &url).await.unwrap_err();
    assert!(
        refused
            .message
            .ends_with("it answers 407 Proxy Authentication Required"),
        "{refused}"
    );
    assert_eq!(
        fault(&refused).node_words().as_deref(),
        Some("tunneling socket could not be established, statusCode=407")
    );

    let way = |proxy: &ForwardProxy| through(&proxy.url().replace("socks5:", "socks5h:"));
    let shut = ForwardProxy::socks5(knowing().letting_in("mia", "s3cret"));
    let refused = get(&open(), &way(&shut), &url).await.unwrap_err();
    assert!(matches!(fault(&refused), ProxyFault::Credentials));
    let wrong = Way {
        proxy: way(&shut)
            .proxy
            .map(|proxy| proxy.with_credentials("mia", "wrong")),
        ..Way::default()
    };
    let refused = get(&open(), &wrong, &url).await.unwrap_err();
    assert!(matches!(fault(&refused), ProxyFault::Credentials));

    let strict = ForwardProxy::socks5(knowing().refusing("127.0.0.1"));
    let refused = get(&open(), &way(&strict), &url).await.unwrap_err();
    assert!(matches!(
        fault(&refused),
        ProxyFault::Rejected { reply: 2, .. }
    ));
    let unknown = get(&open(), &way(&strict), "https://nobody.test/")
        .await
        .unwrap_err();
    assert!(matches!(
        fault(&unknown),
        ProxyFault::Rejected { reply: 4, .. }
    ));

    let gone = ForwardProxy::http(knowing()).url();
    let refused = get(&open(), &through(&gone), &url).await.unwrap_err();
    assert!(matches!(fault(&refused), ProxyFault::Unreachable(_)));
    assert!(
        refused
            .message
            .starts_with("the proxy can't be reached: nothing listens at")
    );
    let no_proxy = Receiver::start();
    no_proxy.answer(Answer::raw("220 mail.test ESMTP\r\n"));
    for scheme in ["http", "socks5h"] {
        let proxy = no_proxy.url("").replace("http:", &format!("{scheme}:"));
        let refused = get(&open(), &through(&proxy), &url).await.unwrap_err();
        assert_eq!(
            refused.kind,
            FailureKind::ProxyFailed,
            "{scheme}: {refused}"
        );
    }
    assert!(receiver.requests().is_empty());
}

#[tokio::test]
async fn a_tunnel_is_not_lent_to_who_brings_other_credentials() {
    let receiver = Receiver::start_tls(Identity::self_signed(&[HOST]));
    let proxy = ForwardProxy::http(knowing().letting_in("mia", "s3cret"));
    let way = trusting(through(&proxy.url()), &[&receiver]);
    let url = check_url(&receiver.url_as(HOST, "/")).unwrap();
    let egress = open();
    let mia = Request::new("GET", url).header("Proxy-Authorization", "Basic bWlhOnMzY3JldA==");
    assert_eq!(send(&egress, &way, mia.clone()).await.unwrap().status, 200);
    assert!(send(&egress, &way, mia.clone()).await.unwrap().reused);
    let mut nobody = mia.clone();
    nobody.headers.clear();
    fault(&send(&egress, &way, nobody).await.unwrap_err());
    // Nor is a line break in it a way to say more to the proxy.
    let mut sly = mia;
    sly.headers[0].1.push_str("\r\nX: y");
    let refused = send(&egress, &way, sly).await.unwrap_err();
    assert_eq!(refused.kind, FailureKind::InvalidRequest);
    assert_eq!(proxy.asked().len(), 2);
    assert_eq!(receiver.requests()[0].header("proxy-authorization"), None);
}

#[tokio::test]
async fn plain_requests_go_through_tunnels_where_that_is_wished() {
    let receiver = Receiver::start();
    let proxy = ForwardProxy::http(knowing());
    let tunnelling: Proxy = proxy.url().parse().unwrap();
    let way = Way {
        proxy: Some(tunnelling.tunnelling()),
        ..Way::default()
    };
    get(&open(), &way, &receiver.url_as(HOST, "/x"))
        .await
        .unwrap();
    assert!(proxy.asked()[0].starts_with("CONNECT api.test:"));
    assert_eq!(receiver.requests()[0].header("via"), None);
    let socks = ForwardProxy::socks5(ProxyRules::new());
    get(&open(), &through(&socks.url()), &receiver.url("/x"))
        .await
        .unwrap();
    assert_eq!(socks.asked(), [receiver.address().to_string()]);
}

#[tokio::test]
async fn the_certificate_of_a_client_is_for_the_target_behind_the_proxy() {
    let clients = certificates_from_pem(include_bytes!("client/authority.pem")).unwrap();
    let target = Identity::self_signed(&[HOST]).demanding(clients[0].clone());
    let receiver = Receiver::start_tls(target);
    let house = Identity::self_signed(&["127.0.0.1"]);
    let certificates = vec![receiver.certificate().unwrap(), house.certificate()];
    let proxy = ForwardProxy::https(knowing(), &house.demanding(clients[0].clone()));
    let (certificate, key) = (
        include_bytes!("client/mia.pem"),
        include_bytes!("client/mia.pkcs8.key"),
    );
    let way = Way {
        tls: TlsOptions {
            roots: ExtraRoots::new(certificates),
            identity: Some(ClientIdentity::from_pem(certificate, key, None).unwrap()),
        },
        ..through(&proxy.url())
    };
    // A proxy that wants one itself does not get that of the target.
    let refused = get(&open(), &way, &receiver.url_as(HOST, "/"))
        .await
        .unwrap_err();
    assert!(refused.message.contains("proxy"), "{refused}");
    assert!(receiver.requests().is_empty());
    let plain = ForwardProxy::http(knowing());
    let way = Way {
        proxy: Some(plain.url().parse().unwrap()),
        ..way
    };
    assert_eq!(
        get(&open(), &way, &receiver.url_as(HOST, "/"))
            .await
            .unwrap()
            .status,
        200
    );
}

/// A way out that may use proxies on this machine, and reach nothing else that is closed.
fn closed(names: FixedNames, open: &[String]) -> Egress {
    let rules = open.iter().map(|rule| rule.parse().expect("a rule"));
    let rules: Vec<AllowRule> = rules.collect();
    let policy = AddressPolicy::public("egress.webhooks.allow").allow(rules);
    Egress::new(EgressConfig::new(policy).with_resolver(Arc::new(names)))
}

#[tokio::test]
async fn a_policy_that_closes_anything_names_vetted_addresses_to_the_proxy() {
    let receiver = Receiver::start();
    let names = || FixedNames::new().with(HOST, &["127.0.0.1"]);
    // The proxies would lead elsewhere by that name, as one does that is lied to by its name server.
    let rules = || ProxyRules::new().knowing(HOST, "127.0.0.99");
    let egress = closed(names(), &["127.0.0.1".to_owned()]);
    for proxy in [ForwardProxy::http(rules()), ForwardProxy::socks5(rules())] {
        let way = through(&proxy.url().replace("socks5:", "socks5h:"));
        get(&egress, &way, &receiver.url_as(HOST, "/"))
            .await
            .unwrap();
        let asked = proxy.asked().remove(0);
        let asked = asked.strip_prefix("CONNECT ").unwrap_or(&asked);
        let address = receiver.address().to_string();
        assert!(asked.starts_with(&address), "{asked}");
    }
    let hosts = receiver.requests();
    let host = format!("{HOST}:{}", receiver.address().port());
    assert!(hosts.iter().all(|one| one.header("host") == Some(&host)));
}

#[tokio::test]
async fn a_policy_is_asked_about_the_target_and_about_the_proxy() {
    let receiver = Receiver::start();
    let proxy = ForwardProxy::http(ProxyRules::new().knowing("meta.test", "127.0.0.1"));
    let way = through(&proxy.url());
    let names = || {
        FixedNames::new()
            .with("meta.test", &["169.254.169.254"])
            .with("mixed.test", &["93.184.215.14", "10.0.0.1"])
    };
    // The proxy is open, the targets are not.
    let egress = closed(names(), &["127.0.0.1".to_owned()]);
    for url in [
        "http://meta.test/",
        "https://mixed.test/",
        "http://10.1.2.3/",
    ] {
        let refused = get(&egress, &way, url).await.unwrap_err();
        assert_eq!(refused.kind, FailureKind::AddressForbidden, "{refused}");
        assert!(refused.message.contains("egress.webhooks.allow"));
    }
    // The target is open, the proxy is not.
    let egress = closed(FixedNames::new().with(HOST, &["93.184.215.14"]), &[]);
    let refused = get(&egress, &way, "http://api.test/").await.unwrap_err();
    assert_eq!(refused.kind, FailureKind::AddressForbidden, "{refused}");
    assert!(refused.message.starts_with("127.0.0.1 is"), "{refused}");
    assert!(proxy.asked().is_empty());
    assert!(receiver.requests().is_empty());
}

#[tokio::test]
async fn the_next_address_is_asked_for_where_the_proxy_does_not_lead_to_the_first() {
    let receiver = Receiver::start();
    let names = FixedNames::new().with(HOST, &["127.0.0.2", "127.0.0.1"]);
    let egress = closed(names, &["127.0.0.0/8".to_owned()]);
    let proxy = ForwardProxy::http(ProxyRules::new().refusing("127.0.0.2"));
    let way = through(&proxy.url());
    let answer = get(&egress, &way, &receiver.url_as(HOST, "/"))
        .await
        .unwrap();
    assert_eq!((answer.status, proxy.asked().len()), (200, 2));
}
