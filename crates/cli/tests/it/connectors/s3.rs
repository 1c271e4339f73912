//! S3, as rclone serves it.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::gate::{Gate, Shut};
use super::happening::{Collection, file};
use super::integration::{Integration, methods};
use super::service::{Service, files};
use super::{installed, place};

const KEY_ID: &str = "AKIDOFTHETESTS";
const SECRET: &str = "s3cret/Key+0123456789=";
/// More than connections hold back for a service that doesn't read.
const LARGE: usize = 6_000_000;

/// A store with one bucket.
struct Store {
    service: Service,
    data: TempDir,
}

impl Store {
    async fn open() -> Option<Self> {
        let rclone = installed::rclone()?;
        let data = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(data.path().join("backups")).unwrap();
        let folder = data.path().to_owned();
        let service = Service::start(move |port| serve(&rclone, &folder, port)).await;
        Some(Self { service, data })
    }

    fn fields(&self) -> Value {
        json!({
            "bucket": "backups", "endpoint": self.service.url("/"),
            "accessKey": KEY_ID, "secretKey": SECRET,
        })
    }

    /// The objects of the bucket.
    fn objects(&self) -> Vec<(PathBuf, String)> {
        files(&self.data.path().join("backups"))
    }
}

fn serve(rclone: &Path, folder: &Path, port: u16) -> Command {
    let mut command = Command::new(rclone);
    command
        .args(["serve", "s3", "--config", "", "--addr"])
        .arg(format!("127.0.0.1:{port}"))
        .arg("--auth-key")
        .arg(format!("{KEY_ID},{SECRET}"))
        .arg(folder)
        .env("HOME", folder);
    command
}

#[tokio::test]
async fn each_version_of_a_collection_is_an_object_of_its_own_byte_for_byte() {
    let Some(store) = Store::open().await else {
        return;
    };
    let place = place();
    let server = place.serve();
    let backups = Integration::make(&server, "s3", "collection_backup", store.fields()).await;
    let tested = backups.test(&server).await;
    assert_eq!(methods(&tested), ["PUT", "DELETE"]);
    assert_eq!(store.objects(), [], "a test leaves nothing behind");

    let shop = Collection::save(&server, "Café ☕ 🦊", "one").await;
    backups.delivered(&server, 1).await;
    shop.save_again(&server, "two").await;
    let told = backups.delivered(&server, 2).await;
    let objects = store.objects();
    assert_eq!(objects.len(), 2, "{objects:?}");
    for (version, (delivery, (key, content))) in told.iter().zip(&objects).enumerate() {
        assert_eq!(*content, file(delivery));
        let key = key.to_str().unwrap();
        assert!(key.starts_with("postern/Café/20"), "{key}");
        assert!(key.ends_with(&format!("-v{}.json", version + 1)), "{key}");
    }

    // A path that has to be percent-encoded, which is signed as it is sent.
    let mut fields = store.fields();
    fields["path"] = "Bücher & 🦊 (all)/it's + {collection}*.json".into();
    let odd = Integration::make(&server, "s3", "collection_backup", fields).await;
    let [first] = &odd.delivered(&server, 1).await[..] else {
        panic!("one delivery");
    };
    let kept = store
        .data
        .path()
        .join("backups/Bücher & 🦊 (all)/it's + Café*.json");
    assert_eq!(std::fs::read_to_string(kept).unwrap(), file(first));
    server.stop();
}

#[tokio::test]
async fn what_is_wrong_with_a_key_or_a_bucket_is_explained() {
    let Some(store) = Store::open().await else {
        return;
    };
    let place = place();
    let server = place.serve();
    for (field, value, says) in [
        (
            "secretKey",
            "an0ther/Key+0123456789=",
            "`SignatureDoesNotMatch`: the secret does not belong",
        ),
        (
            "accessKey",
            "AKIDOFNOBODY",
            "`InvalidAccessKeyId`: there is no such access key",
        ),
        (
            "bucket",
            "no-such-bucket",
            "`NoSuchBucket`: there is no such bucket",
        ),
    ] {
        let mut fields = store.fields();
        fields[field] = value.into();
        let wrong = Integration::make(&server, "s3", "collection_backup", fields).await;
        let tested = wrong.try_test(&server).await;
        let message = tested["message"].as_str().unwrap();
        assert!(message.contains(says), "{tested:#}");
    }
    assert_eq!(store.objects(), []);
    server.stop();
}

#[tokio::test]
async fn a_store_that_stands_still_or_is_killed_has_each_object_once_afterwards() {
    let Some(mut store) = Store::open().await else {
        return;
    };
    let place = place();
    let server = place.serve();
    let quick = json!({"timeout": 3});
    let backups =
        Integration::make_with(&server, "s3", "collection_backup", store.fields(), quick).await;
    // It stands still in the middle of a body that is larger than what waits on the way.
    store.service.stand_still();
    let shop = Collection::save(&server, "Shop", &"x".repeat(LARGE)).await;
    backups.fails(&server, 1, "timeout").await;
    store.service.go_on();
    let told = backups.delivered(&server, 1).await;
    let objects = store.objects();
    assert_eq!(objects.len(), 1);
    assert!(objects[0].1 == file(&told[0]), "the object is whole");

    store.service.kill();
    shop.save_again(&server, "two").await;
    backups.fails(&server, 2, "connect_refused").await;
    store.service.come_back().await;
    let told = backups.delivered(&server, 2).await;
    let objects = store.objects();
    assert_eq!(objects.len(), 2);
    assert_eq!(objects[1].1, file(&told[1]));
    server.stop();
}

#[tokio::test]
async fn an_object_that_was_kept_when_postern_was_killed_is_there_once() {
    let Some(store) = Store::open().await else {
        return;
    };
    let gate = Gate::before(&store.service, Shut::Answer, "PUT ", 1).await;
    let mut fields = store.fields();
    fields["endpoint"] = gate.url("/").into();
    let place = place();
    let server = place.serve();
    let backups = Integration::make(&server, "s3", "collection_backup", fields).await;
    Collection::save(&server, "Shop", "one").await;
    gate.is_reached().await;
    assert_eq!(store.objects().len(), 1, "it is kept, and nobody knows");
    server.kill();
    gate.lose();
    let server = place.serve();
    let told = backups.delivered(&server, 1).await;
    assert_eq!(gate.count(), 2, "it was sent again");
    let objects = store.objects();
    assert_eq!(objects.len(), 1);
    assert_eq!(objects[0].1, file(&told[0]));
    server.stop();
}
