//! `WebDAV`, as Apache serves it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::sleep;

use super::basic::{HTPASSWD, PASSWORD, USER};
use super::gate::{Gate, Shut};
use super::happening::{Collection, file};
use super::integration::{Integration, methods};
use super::service::{Service, files};
use super::{installed, place};
use crate::server::PATIENCE;

/// A folder that Apache serves at `/files`.
struct Share {
    service: Service,
    folder: TempDir,
}

impl Share {
    async fn open() -> Option<Self> {
        let (apache, modules) = installed::apache()?;
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().to_owned();
        fs::create_dir(root.join("files")).unwrap();
        fs::create_dir(root.join("locks")).unwrap();
        fs::write(root.join("users"), HTPASSWD).unwrap();
        // Started by root, Apache works as somebody else.
        for path in ["", "files", "locks"] {
            fs::set_permissions(root.join(path), Permissions::from_mode(0o777)).unwrap();
        }
        let service = Service::start(move |port| {
            let config = root.join("apache.conf");
            fs::write(&config, config_of(&root, &modules, port)).unwrap();
            let mut command = Command::new(&apache);
            // One process, which signals reach as a whole.
            command.arg("-X").arg("-f").arg(config);
            command
        })
        .await;
        Some(Self { service, folder })
    }

    fn fields(&self) -> Value {
        json!({"url": self.service.url("/files/"), "user": USER, "password": PASSWORD})
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("files").join(path)
    }

    fn files(&self) -> Vec<(PathBuf, String)> {
        files(&self.path(""))
    }
}

fn config_of(root: &Path, modules: &Path, port: u16) -> String {
    let (root, modules) = (root.display(), modules.display());
    let loaded = [
        "mpm_event",
        "authn_core",
        "authn_file",
        "authz_core",
        "authz_user",
        "auth_basic",
        "dav",
        "dav_fs",
    ]
    .map(|name| format!("LoadModule {name}_module {modules}/mod_{name}.so"))
    .join("\n");
    format!(
        "{loaded}
ServerRoot {root}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {root}/apache.pid
DefaultRuntimeDir {root}
ErrorLog {root}/apache.log
User nobody
Group nogroup
DocumentRoot {root}
DavLockDB {root}/locks/locks
<Directory {root}/files>
    Dav On
    AuthType Basic
    AuthName files
    AuthUserFile {root}/users
    Require valid-user
</Directory>
"
    )
}

#[tokio::test]
async fn missing_folders_are_made_and_the_next_version_takes_the_files_place() {
    let Some(share) = Share::open().await else {
        return;
    };
    let place = place();
    let server = place.serve();
    let mut fields = share.fields();
    fields["path"] = "Bücher & 🦊/{workspace}/{collection}.json".into();
    let backups = Integration::make(&server, "webdav", "collection_backup", fields).await;
    let tested = backups.test(&server).await;
    assert_eq!(methods(&tested), ["PUT", "MKCOL", "PUT", "DELETE"]);
    assert_eq!(share.files(), []);

    let shop = Collection::save(&server, "Shop", "one").await;
    let told = backups.delivered(&server, 1).await;
    assert_eq!(
        methods(&told[0]["attempts"][0]),
        ["PUT", "MKCOL", "MKCOL", "PUT"]
    );
    let [(path, content)] = &share.files()[..] else {
        panic!("one file: {:?}", share.files());
    };
    assert!(
        path.starts_with("Bücher & 🦊") && path.ends_with("Shop.json"),
        "{path:?}"
    );
    assert_eq!(*content, file(&told[0]));

    shop.save_again(&server, "two").await;
    let told = backups.delivered(&server, 2).await;
    assert_eq!(methods(&told[1]["attempts"][0]), ["PUT"]);
    assert_eq!(share.files(), [(path.clone(), file(&told[1]))]);
    server.stop();
}

#[tokio::test]
async fn what_is_wrong_with_a_password_or_an_address_is_explained() {
    let Some(share) = Share::open().await else {
        return;
    };
    let place = place();
    let server = place.serve();
    for (field, value, says) in [
        (
            "password",
            json!("an0ther"),
            "the user or the password is wrong",
        ),
        (
            "url",
            json!(share.service.url("/files/nowhere")),
            "the folder of the address is not there",
        ),
        (
            "url",
            json!(share.service.url("/locks")),
            "there is no folder to write to at this address",
        ),
    ] {
        let mut fields = share.fields();
        fields[field] = value;
        let wrong = Integration::make(&server, "webdav", "collection_backup", fields).await;
        let tested = wrong.try_test(&server).await;
        assert!(
            tested["message"].as_str().unwrap().contains(says),
            "{says}: {tested:#}"
        );
    }
    assert_eq!(share.files(), []);
    server.stop();
}

#[tokio::test]
async fn killed_between_two_folders_postern_goes_on_and_the_file_is_there() {
    let Some(share) = Share::open().await else {
        return;
    };
    let gate = Gate::before(&share.service, Shut::Request, "MKCOL ", 2).await;
    let place = place();
    let server = place.serve();
    let mut fields = share.fields();
    fields["url"] = gate.url("/files").into();
    fields["path"] = "a/b/c/{collection}.json".into();
    let backups = Integration::make(&server, "webdav", "collection_backup", fields).await;
    Collection::save(&server, "Shop", "one").await;
    gate.is_reached().await;
    assert!(share.path("a").exists() && !share.path("a/b").exists());
    server.kill();
    gate.lose();
    let server = place.serve();
    let told = backups.delivered(&server, 1).await;
    assert_eq!(share.files(), [("a/b/c/Shop.json".into(), file(&told[0]))]);
    server.stop();
}

#[tokio::test]
async fn a_server_that_stands_still_or_is_killed_has_the_file_whole_afterwards() {
    let Some(mut share) = Share::open().await else {
        return;
    };
    let place = place();
    let server = place.serve();
    let mut fields = share.fields();
    fields["path"] = "{collection}.json".into();
    let quick = json!({"timeout": 3});
    let backups =
        Integration::make_with(&server, "webdav", "collection_backup", fields, quick).await;
    share.service.stand_still();
    let shop = Collection::save(&server, "Shop", &"x".repeat(6_000_000)).await;
    backups.fails(&server, 1, "timeout").await;
    share.service.go_on();
    let told = backups.delivered(&server, 1).await;
    assert!(share.files() == [("Shop.json".into(), file(&told[0]))]);

    share.service.kill();
    shop.save_again(&server, "two").await;
    backups.fails(&server, 2, "connect_refused").await;
    share.service.come_back().await;
    let told = backups.delivered(&server, 2).await;
    assert_eq!(share.files(), [("Shop.json".into(), file(&told[1]))]);
    server.stop();
}

#[tokio::test]
async fn a_version_that_is_slow_does_not_take_the_place_of_the_next_one() {
    let Some(share) = Share::open().await else {
        return;
    };
    let gate = Gate::before(&share.service, Shut::Request, "PUT ", 1).await;
    let place = place();
    let server = place.serve();
    let mut fields = share.fields();
    fields["url"] = gate.url("/files").into();
    fields["path"] = "{collection}.json".into();
    let backups = Integration::make(&server, "webdav", "collection_backup", fields).await;
    let shop = Collection::save(&server, "Shop", "one").await;
    gate.is_reached().await;
    shop.save_again(&server, "two").await;
    // What is saved after that and needn't wait for it has arrived: so would version two, if it didn't wait.
    Collection::save(&server, "Other", "one").await;
    for _ in 0..PATIENCE.as_millis() / 20 {
        if share.path("Other.json").exists() {
            break;
        }
        sleep(Duration::from_millis(20)).await;
    }
    assert!(
        share.path("Other.json").exists(),
        "one collection waits for another"
    );
    assert!(
        !share.path("Shop.json").exists(),
        "version two waits for version one"
    );
    gate.open();
    let told = backups.delivered(&server, 3).await;
    let kept = fs::read_to_string(share.path("Shop.json")).unwrap();
    assert_eq!(kept, file(&told[1]));
    server.stop();
}
