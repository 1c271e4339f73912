//! Prometheus' Alertmanager.

use std::process::Command;

use postern_egress::Request;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::basic::{PASSWORD, USER, signed_in, web_config};
use super::gate::{Gate, Shut};
use super::happening::Monitor;
use super::integration::Integration;
use super::service::Service;
use super::{installed, place};

struct Alertmanager {
    service: Service,
    _folder: TempDir,
}

impl Alertmanager {
    async fn start() -> Option<Self> {
        let program = installed::program("prometheus-alertmanager")?;
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("alertmanager.yml");
        std::fs::write(
            &config,
            "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n",
        )
        .unwrap();
        let web = web_config(folder.path());
        let data = folder.path().join("data");
        let service = Service::start(move |port| {
            let mut command = Command::new(&program);
            command
                .arg(format!("--config.file={}", config.display()))
                .arg(format!("--web.config.file={}", web.display()))
                .arg(format!("--storage.path={}", data.display()))
                .arg(format!("--web.listen-address=127.0.0.1:{port}"))
                .arg("--cluster.listen-address=");
            command
        })
        .await;
        Some(Self {
            service,
            _folder: folder,
        })
    }

    fn fields(&self) -> Value {
        json!({
            "url": self.service.url("/"), "labels": "team=payments",
            "user": USER, "password": PASSWORD,
        })
    }

    /// The alerts that have not ended.
    async fn alerts(&self) -> Vec<Value> {
        let url = self.service.url("/api/v2/alerts").parse().unwrap();
        let answer = self.service.ask(signed_in(Request::new("GET", url))).await;
        assert_eq!(answer.status, 200);
        serde_json::from_slice(&answer.body).unwrap()
    }
}

#[tokio::test]
async fn a_monitor_that_fails_opens_one_alert_and_its_recovery_ends_it() {
    let Some(alertmanager) = Alertmanager::start().await else {
        return;
    };
    let place = place();
    let server = place.serve();
    let alerting = Integration::make(
        &server,
        "alertmanager",
        "monitor_results",
        alertmanager.fields(),
    )
    .await;
    let monitor = Monitor::watch(&server, "Shop \"🦊\" works").await;
    monitor.run(&server, true).await;
    monitor.run(&server, false).await;
    alerting.delivered(&server, 1).await;
    let [alert] = &alertmanager.alerts().await[..] else {
        panic!("one alert: {:#?}", alertmanager.alerts().await);
    };
    assert_eq!(
        alert["labels"],
        json!({
            "alertname": "PosternMonitorFailing", "monitor_uid": monitor.uid, "severity": "critical",
            "source": "postern", "team": "payments",
        })
    );
    let summary = alert["annotations"]["summary"].as_str().unwrap();
    assert!(summary.starts_with("Shop \"🦊\" works failed"), "{summary}");

    monitor.run(&server, false).await;
    alerting.delivered(&server, 2).await;
    let again = alertmanager.alerts().await;
    assert_eq!(again.len(), 1, "{again:#?}");
    assert_eq!(again[0]["fingerprint"], alert["fingerprint"]);

    monitor.run(&server, true).await;
    alerting.delivered(&server, 3).await;
    assert_eq!(alertmanager.alerts().await, [] as [Value; 0]);

    alerting.test(&server).await;
    let tested = alertmanager.alerts().await;
    assert_eq!(
        tested[0]["labels"]["alertname"], "PosternTest",
        "{tested:#?}"
    );

    let mut fields = alertmanager.fields();
    fields["password"] = "an0ther".into();
    let wrong = Integration::make(&server, "alertmanager", "monitor_results", fields).await;
    let tested = wrong.try_test(&server).await;
    let message = tested["message"].as_str().unwrap();
    assert!(
        message.contains("the user name or the password is wrong"),
        "{tested:#}"
    );
    server.stop();
}

#[tokio::test]
async fn whatever_stops_or_is_killed_there_is_one_alert() {
    let Some(mut alertmanager) = Alertmanager::start().await else {
        return;
    };
    let gate = Gate::before(&alertmanager.service, Shut::Answer, "POST ", 1).await;
    let place = place();
    let server = place.serve();
    let mut fields = alertmanager.fields();
    fields["url"] = gate.url("").into();
    let quick = json!({"timeout": 1});
    let alerting =
        Integration::make_with(&server, "alertmanager", "monitor_results", fields, quick).await;
    let monitor = Monitor::watch(&server, "Shop").await;

    // Postern is killed when Alertmanager has the alert and Postern doesn't know it.
    monitor.run(&server, false).await;
    gate.is_reached().await;
    assert_eq!(alertmanager.alerts().await.len(), 1);
    server.kill();
    gate.lose();
    let server = place.serve();
    alerting.delivered(&server, 1).await;
    assert_eq!(gate.count(), 2);
    assert_eq!(alertmanager.alerts().await.len(), 1);

    alertmanager.service.stand_still();
    monitor.run(&server, false).await;
    alerting.fails(&server, 2, "timeout").await;
    alertmanager.service.go_on();
    alerting.delivered(&server, 2).await;
    assert_eq!(alertmanager.alerts().await.len(), 1);

    // One that was killed has forgotten its alerts, and hears of the one that it was away for.
    alertmanager.service.kill();
    monitor.run(&server, false).await;
    alerting.fails(&server, 3, "reset").await;
    alertmanager.service.come_back().await;
    alerting.delivered(&server, 3).await;
    assert_eq!(alertmanager.alerts().await.len(), 1);
    monitor.run(&server, true).await;
    alerting.delivered(&server, 4).await;
    assert_eq!(alertmanager.alerts().await, [] as [Value; 0]);
    server.stop();
}
