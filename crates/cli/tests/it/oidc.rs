//! Signing in by way of a provider of OpenID Connect that others wrote.

use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::server::{Place, Server, workspace};

/// The provider, and the browser beside it.
struct Provider {
    _child: Child,
    stdin: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    issuer: String,
}

impl Provider {
    async fn start(callback: &str) -> Option<Self> {
        let folder = workspace().join("tests/oidc");
        if !folder.join("node_modules/oidc-provider").exists() {
            let reason = format!("oidc-provider is not installed at {}", folder.display());
            assert!(std::env::var_os("CI").is_none(), "{reason}");
            return None;
        }
        let mut child = Command::new("node")
            .arg(folder.join("scenario.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("node runs");
        let mut stdin = child.stdin.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        stdin
            .write_all(format!("{callback}\n").as_bytes())
            .await
            .unwrap();
        let issuer = lines.next_line().await.unwrap().expect("an issuer");
        Some(Self {
            _child: child,
            stdin,
            lines,
            issuer,
        })
    }

    /// Where a browser gets that signs in as this person.
    async fn sign_in(&mut self, server: &Server, email: &str) -> Value {
        self.sign_in_at(&server.url, email).await
    }

    /// The same at another address of the server.
    async fn sign_in_at(&mut self, address: &str, email: &str) -> Value {
        let line = format!("{address}/api/session/oidc?return=/runs%3Fa=b {email}\n");
        self.stdin.write_all(line.as_bytes()).await.unwrap();
        let told = self.lines.next_line().await.unwrap().expect("an answer");
        serde_json::from_str(&told).unwrap()
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

async fn me(server: &Server, session: &str) -> Value {
    let url = format!("{}/api/session", server.url).parse().unwrap();
    let request = postern_egress::Request::new("GET", url)
        .header("cookie", format!("postern_session={session}"));
    let policy = postern_egress::AddressPolicy::anything();
    let egress = postern_egress::Egress::new(postern_egress::EgressConfig::new(policy));
    let answer = egress
        .send(request, &postern_egress::Limits::WHOLE)
        .await
        .unwrap();
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test]
async fn who_the_provider_knows_comes_in_if_the_team_wants_it() {
    let port = free_port();
    let callback = format!("http://127.0.0.1:{port}/api/session/oidc/callback");
    let Some(mut provider) = Provider::start(&callback).await else {
        println!("skipped: oidc-provider is not installed (scripts/prepare test installs it)");
        return;
    };
    let place = Place::new()
        .with("POSTERN_LISTEN", format!("127.0.0.1:{port}"))
        .with("POSTERN_OIDC_ISSUER", provider.issuer.clone())
        .with("POSTERN_OIDC_CLIENT_ID", "postern")
        .with("POSTERN_OIDC_CLIENT_SECRET", "s3cret")
        .with("POSTERN_OIDC_NAME", "Staff login");
    let server = place.serve();
    let ways = server.get("/api/session/ways").await;
    assert_eq!(ways["ways"]["oidc"], "Staff login");

    // Nobody has invited her.
    let refused = provider.sign_in(&server, "mia@example.com").await;
    assert_eq!(
        (&refused["at"], &refused["session"]),
        (
            &json!(format!(
                "{}/login?error=mia%40example%2Ecom%20is%20not%20in%20the%20team%3A%20have%20an%20admin%20invite%20this%20address&return=%2Fruns%3Fa%3Db",
                server.url
            )),
            &json!("")
        ),
        "{refused:#}"
    );
    let invitation = json!({"invitation": {"role": "editor", "email": "Mia@example.com"}});
    server.post("/api/invitations", &invitation).await;
    let came = provider.sign_in(&server, "mia@example.com").await;
    assert_eq!(came["at"], format!("{}/runs?a=b", server.url), "{came:#}");
    let mia = me(&server, came["session"].as_str().unwrap()).await;
    assert_eq!(
        (
            &mia["session"]["user"]["email"],
            &mia["session"]["user"]["roles"]
        ),
        (&json!("mia@example.com"), &json!(["editor"]))
    );
    // Again, without an invitation.
    let again = provider.sign_in(&server, "mia@example.com").await;
    let again = me(&server, again["session"].as_str().unwrap()).await;
    assert_eq!(again["session"]["user"]["id"], mia["session"]["user"]["id"]);
    // An address that nobody has proved to be theirs is nobody's.
    server
        .post(
            "/api/invitations",
            &json!({"invitation": {"role": "admin", "email": "unverified@example.com"}}),
        )
        .await;
    let unverified = provider.sign_in(&server, "unverified@example.com").await;
    assert_eq!(unverified["session"], "", "{unverified:#}");
    assert!(
        unverified["at"]
            .as_str()
            .unwrap()
            .contains("not%20verified"),
        "{unverified:#}"
    );
    let log = server.get("/api/audit/logs?action=user.signed_in").await;
    assert_eq!(log["trails"].as_array().unwrap().len(), 2);

    // What was not begun here does not end here.
    let forged = server
        .call("GET", "/api/session/oidc/callback?code=x&state=y", None)
        .await
        .unwrap();
    assert_eq!(forged.status, 401);
    server.stop();

    // Whoever the provider knows, where the configuration says so; and a provider that is gone is told.
    let place = place.with("POSTERN_OIDC_NEW_MEMBERS", "viewer");
    let server = place.serve();
    let came = provider.sign_in(&server, "bob@example.com").await;
    let bob = me(&server, came["session"].as_str().unwrap()).await;
    assert_eq!(
        bob["session"]["user"]["roles"],
        json!(["viewer"]),
        "{came:#}"
    );
    server.stop();
    drop(provider);
    let server = place.serve();
    let gone = server.call("GET", "/api/session/oidc", None).await.unwrap();
    assert_eq!(gone.status, 503);
    server.stop();
}

#[tokio::test]
async fn below_a_path_people_come_back_to_where_they_were() {
    let port = free_port();
    let public = format!("http://127.0.0.1:{port}/postern");
    let callback = format!("{public}/api/session/oidc/callback");
    let Some(mut provider) = Provider::start(&callback).await else {
        println!("skipped: oidc-provider is not installed (scripts/prepare test installs it)");
        return;
    };
    let place = Place::new()
        .with("POSTERN_LISTEN", format!("127.0.0.1:{port}"))
        .with("POSTERN_PUBLIC_URL", format!("{public}/"))
        .with("POSTERN_OIDC_ISSUER", provider.issuer.clone())
        .with("POSTERN_OIDC_CLIENT_ID", "postern")
        .with("POSTERN_OIDC_CLIENT_SECRET", "s3cret")
        .with("POSTERN_OIDC_NEW_MEMBERS", "viewer");
    let server = place.serve();
    let came = provider.sign_in_at(&public, "bob@example.com").await;
    assert_eq!(came["at"], format!("{public}/runs?a=b"), "{came:#}");
    let bob = me(&server, came["session"].as_str().unwrap()).await;
    assert_eq!(bob["session"]["user"]["email"], "bob@example.com");
    let refused = provider.sign_in_at(&public, "unverified@example.com").await;
    let at = refused["at"].as_str().unwrap();
    assert!(at.starts_with(&format!("{public}/login?error=")), "{at}");
    server.stop();
}
