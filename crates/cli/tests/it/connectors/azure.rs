//! Azure Blob Storage, as Azurite serves it.

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use postern_egress::Request;
use serde_json::json;
use sha2::Sha256;
use tempfile::TempDir;

use super::happening::{Collection, file};
use super::integration::{Integration, methods};
use super::service::Service;
use super::{installed, place};

const ACCOUNT: &str = "ouraccount";
const KEY: &[u8] = b"the key of the account, of tests";
const VERSION: &str = "2021-12-02";
const ENDS: &str = "2099-01-01T00:00:00Z";

/// The signature of these lines, as part of an address.
fn signed(lines: &[&str]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(KEY).unwrap();
    mac.update(lines.join("\n").as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    url::form_urlencoded::byte_serialize(signature.as_bytes()).collect()
}

/// A token for all of the account.
fn of_the_account() -> String {
    let may = "rwdlac";
    let signature = signed(&[ACCOUNT, may, "b", "sco", "", ENDS, "", "", VERSION, "", ""]);
    format!("sv={VERSION}&ss=b&srt=sco&sp={may}&se={ENDS}&sig={signature}")
}

/// A token that lets one write into a container.
fn of_the_container(may: &str, ends: &str) -> String {
    let container = format!("/blob/{ACCOUNT}/backups");
    let signature = signed(&[
        may, "", ends, &container, "", "", "", VERSION, "c", "", "", "", "", "", "", "",
    ]);
    let ends = ends.replace(':', "%3A");
    format!("sp={may}&se={ends}&sv={VERSION}&sr=c&sig={signature}")
}

struct Azurite {
    service: Service,
    _folder: TempDir,
}

impl Azurite {
    async fn start() -> Option<Self> {
        let script = installed::azurite()?;
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().to_owned();
        let service = Service::start(move |port| {
            let mut command = Command::new("node");
            command
                .arg(&script)
                .args(["--blobHost", "127.0.0.1", "--blobPort", &port.to_string()])
                .arg("--location")
                .arg(&root)
                .args(["--disableTelemetry", "--silent"])
                .env(
                    "AZURITE_ACCOUNTS",
                    format!("{ACCOUNT}:{}", STANDARD.encode(KEY)),
                );
            command
        })
        .await;
        let azurite = Self {
            service,
            _folder: folder,
        };
        let url = azurite.address(&format!("/backups?restype=container&{}", of_the_account()));
        let made = azurite
            .service
            .ask(Request::new("PUT", url.parse().unwrap()))
            .await;
        assert_eq!(made.status, 201, "{}", String::from_utf8_lossy(&made.body));
        Some(azurite)
    }

    fn address(&self, path: &str) -> String {
        self.service.url(&format!("/{ACCOUNT}{path}"))
    }

    /// The names of the blobs.
    async fn names(&self) -> Vec<String> {
        let path = format!(
            "/{ACCOUNT}/backups?restype=container&comp=list&{}",
            of_the_account()
        );
        let listed = self.service.get(&path).await;
        let names = listed.split("<Name>").skip(1);
        names
            .map(|rest| rest.split('<').next().unwrap().to_owned())
            .collect()
    }
}

#[tokio::test]
async fn each_version_is_a_blob_of_its_own_and_a_bad_token_is_explained() {
    let Some(azurite) = Azurite::start().await else {
        return;
    };
    let place = place();
    let server = place.serve();
    let container = azurite.address("/backups");
    let fields = json!({
        "container": container, "sas": of_the_container("cwd", ENDS), "path": "Bücher 🦊/{collection}-{version}.json",
    });
    let quick = json!({"timeout": 2});
    let backups = Integration::make_with(
        &server,
        "azure-blob",
        "collection_backup",
        fields.clone(),
        quick,
    )
    .await;
    let tested = backups.test(&server).await;
    assert_eq!(methods(&tested), ["PUT", "DELETE"]);
    let shop = Collection::save(&server, "Shop", "one").await;
    backups.delivered(&server, 1).await;
    azurite.service.stand_still();
    shop.save_again(&server, "two").await;
    backups.fails(&server, 2, "timeout").await;
    azurite.service.go_on();
    let told = backups.delivered(&server, 2).await;
    assert_eq!(
        azurite.names().await,
        ["Bücher 🦊/Shop-1.json", "Bücher 🦊/Shop-2.json"]
    );
    for (delivery, version) in told.iter().zip(1..) {
        let path = format!(
            "/{ACCOUNT}/backups/B%C3%BCcher%20%F0%9F%A6%8A/Shop-{version}.json?{}",
            of_the_account()
        );
        assert_eq!(azurite.service.get(&path).await, file(delivery));
    }

    for (sas, says) in [
        (
            format!("{}x", of_the_container("cw", ENDS)),
            "the SAS token is not valid",
        ),
        (
            of_the_container("cw", "2020-01-01T00:00:00Z"),
            "the SAS token",
        ),
        (of_the_container("r", ENDS), "the SAS token may not write"),
    ] {
        let mut fields = fields.clone();
        fields["sas"] = sas.into();
        let wrong = Integration::make(&server, "azure-blob", "collection_backup", fields).await;
        let tested = wrong.try_test(&server).await;
        assert!(
            tested["message"].as_str().unwrap().contains(says),
            "{says}: {tested:#}"
        );
    }
    server.stop();
}
