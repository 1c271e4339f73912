//! Prometheus' Pushgateway.

use std::process::Command;

use postern_egress::Request;
use serde_json::json;

use super::basic::{PASSWORD, USER, signed_in, web_config};
use super::happening::Monitor;
use super::integration::{Integration, methods};
use super::service::Service;
use super::{installed, place};

/// The samples that Prometheus would scrape of Postern's metrics.
async fn samples(service: &Service) -> Vec<String> {
    let url = service.url("/metrics").parse().unwrap();
    let answer = service.ask(signed_in(Request::new("GET", url))).await;
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    let lines = text.lines().filter(|line| line.starts_with("postern_"));
    lines.map(str::to_owned).collect()
}

/// The value of a sample of this monitor.
fn value<'a>(samples: &'a [String], name: &str, monitor: &str) -> &'a str {
    let named = format!("postern_monitor_run_{name}{{");
    let of = format!("monitor_uid=\"{monitor}\"");
    let found: Vec<&String> = samples
        .iter()
        .filter(|line| line.starts_with(&named) && line.contains(&of))
        .collect();
    let [sample] = found[..] else {
        panic!("one sample of {name}: {samples:#?}");
    };
    sample.rsplit(' ').next().unwrap()
}

#[tokio::test]
async fn the_figures_of_a_monitors_last_run_take_the_place_of_those_before() {
    let Some(program) = installed::program("prometheus-pushgateway") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let web = web_config(folder.path());
    let mut gateway = Service::start(move |port| {
        let mut command = Command::new(&program);
        command
            .arg(format!("--web.config.file={}", web.display()))
            .arg(format!("--web.listen-address=127.0.0.1:{port}"));
        command
    })
    .await;
    let place = place();
    let server = place.serve();
    let fields = json!({"url": gateway.url("/"), "user": USER, "password": PASSWORD});
    let connector = "prometheus-pushgateway";
    let pushing = Integration::make_with(
        &server,
        connector,
        "monitor_results",
        fields.clone(),
        json!({"timeout": 1}),
    )
    .await;
    let tested = pushing.test(&server).await;
    assert_eq!(methods(&tested), ["PUT", "DELETE"]);
    assert_eq!(
        samples(&gateway).await,
        [] as [String; 0],
        "a test leaves nothing"
    );

    let shop = Monitor::watch(&server, "Shop \"🦊\" \\ works").await;
    let other = Monitor::watch(&server, "Other").await;
    shop.run(&server, true).await;
    other.run(&server, true).await;
    shop.run(&server, false).await;
    pushing.delivered(&server, 3).await;
    let now = samples(&gateway).await;
    assert_eq!(value(&now, "success", &shop.uid), "0");
    assert_eq!(value(&now, "tests_failed", &shop.uid), "1");
    assert_eq!(value(&now, "success", &other.uid), "1");
    let finished: f64 = value(&now, "finished_timestamp_seconds", &shop.uid)
        .parse()
        .unwrap();
    assert!(finished > 1.7e9, "{finished}");
    let named = r#"monitor="Shop \"🦊\" \\ works""#;
    assert!(now.iter().any(|line| line.contains(named)), "{now:#?}");

    // What is pushed twice is there once.
    gateway.stand_still();
    shop.run(&server, true).await;
    pushing.fails(&server, 4, "timeout").await;
    gateway.go_on();
    pushing.delivered(&server, 4).await;
    assert_eq!(value(&samples(&gateway).await, "success", &shop.uid), "1");

    gateway.kill();
    shop.run(&server, false).await;
    pushing.fails(&server, 5, "connect_refused").await;
    gateway.come_back().await;
    pushing.delivered(&server, 5).await;
    assert_eq!(value(&samples(&gateway).await, "success", &shop.uid), "0");

    let mut fields = fields;
    fields["password"] = "an0ther".into();
    let wrong = Integration::make(&server, connector, "monitor_results", fields).await;
    let tested = wrong.try_test(&server).await;
    let message = tested["message"].as_str().unwrap();
    assert!(
        message.contains("does not know the user or the password"),
        "{tested:#}"
    );
    server.stop();
}
