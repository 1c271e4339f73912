//! A folder of the server itself.

use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::happening::{Collection, file};
use super::integration::{Integration, methods};
use super::place;
use super::service::files;
use crate::server::{PATIENCE, Place, Server};

/// A server that may write below `backups` of its place, and two folders there.
fn allowed() -> (Place, Server) {
    let place = place();
    for folder in ["backups/shop", "elsewhere"] {
        fs::create_dir_all(place.path().join(folder)).unwrap();
    }
    let named = place.path().join("backups").display().to_string();
    let place = place.with("POSTERN_BACKUPS_DIRECTORIES", named);
    let server = place.serve();
    (place, server)
}

/// Puts a pipe where the draft of the newest of so many deliveries belongs: Postern writes no faster than somebody reads.
async fn hold(server: &Server, backups: &Integration, deliveries: usize, folder: &Path) -> PathBuf {
    let all = backups.deliveries(server).await;
    let delivery = all[deliveries - 1]["delivery"]["id"].as_str().unwrap();
    let draft = folder.join(format!(".{delivery}.postern-part"));
    let made = Command::new("mkfifo").arg(&draft).status();
    assert!(made.expect("mkfifo runs").success());
    draft
}

/// Reads the beginning of what is written there.
async fn reads(draft: &Path) -> (File, Vec<u8>) {
    let mut pipe = File::options()
        .read(true)
        .custom_flags(libc::O_NONBLOCK)
        .open(draft)
        .unwrap();
    let mut begun = vec![0; 10_000];
    for _ in 0..PATIENCE.as_millis() / 20 {
        // Until somebody writes there is nothing, or the end.
        if let Ok(count @ 1..) = pipe.read(&mut begun) {
            begun.truncate(count);
            assert!(begun.starts_with(b"{\n"), "it writes");
            return (pipe, begun);
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("nobody writes into {}", draft.display());
}

fn fields(place: &Place, folder: &str, path: &str) -> Value {
    json!({"folder": place.path().join(folder), "path": path})
}

#[tokio::test]
async fn each_version_is_written_whole_and_nothing_outside_of_the_folders_that_are_named() {
    let (place, server) = allowed();
    let path = "Bücher 🦊/{collection}-v{version}.json";
    let inside = fields(&place, "backups/shop", path);
    let backups = Integration::make(&server, "folder", "collection_backup", inside).await;
    assert_eq!(methods(&backups.test(&server).await), ["WRITE"]);
    let shop = Collection::save(&server, "Shop", "one").await;
    backups.delivered(&server, 1).await;
    shop.save_again(&server, "two").await;
    let told = backups.delivered(&server, 2).await;
    let kept = files(&place.path().join("backups/shop"));
    let all = [
        ("Bücher 🦊/Shop-v1.json".into(), file(&told[0])),
        ("Bücher 🦊/Shop-v2.json".into(), file(&told[1])),
    ];
    assert_eq!(kept, all);

    let link = place.path().join("backups/link");
    std::os::unix::fs::symlink(place.path().join("elsewhere"), &link).unwrap();
    for (folder, path, says) in [
        (
            "elsewhere",
            "{collection}.json",
            "lies in none of the folders",
        ),
        (
            "backups/../elsewhere",
            "{collection}.json",
            "lies in none of the folders",
        ),
        (
            "backups/link",
            "{collection}.json",
            "lies in none of the folders",
        ),
        (
            "backups",
            "link/new/{version}.json",
            "leads out of its folder",
        ),
        (
            "backups/missing",
            "{collection}.json",
            "failed to find the folder",
        ),
    ] {
        let outside = fields(&place, folder, path);
        let refused = Integration::make(&server, "folder", "collection_backup", outside).await;
        let tested = refused.try_test(&server).await;
        assert!(
            tested["message"].as_str().unwrap().contains(says),
            "{says}: {tested:#}"
        );
    }
    assert_eq!(
        fs::read_dir(place.path().join("elsewhere"))
            .unwrap()
            .count(),
        0
    );
    server.stop();

    // One whose configuration names none.
    let place = place.without("POSTERN_BACKUPS_DIRECTORIES");
    let server = place.serve();
    let nowhere = fields(&place, "backups/shop", path);
    let refused = Integration::make(&server, "folder", "collection_backup", nowhere).await;
    let tested = refused.try_test(&server).await;
    let message = tested["message"].as_str().unwrap();
    assert!(
        message.contains("its configuration names none"),
        "{tested:#}"
    );
    server.stop();
}

#[tokio::test]
async fn killed_while_it_writes_postern_leaves_the_version_before_and_then_the_new_one() {
    let (place, server) = allowed();
    let fields = fields(&place, "backups/shop", "{collection}.json");
    let backups = Integration::make(&server, "folder", "collection_backup", fields).await;
    let shop = Collection::save(&server, "Shop", "one").await;
    let first = file(&backups.delivered(&server, 1).await[0]);

    backups.pause(&server).await;
    shop.save_again(&server, &"x".repeat(1_000_000)).await;
    let folder = place.path().join("backups/shop");
    let draft = hold(&server, &backups, 2, &folder).await;
    backups.resume(&server).await;
    let (pipe, begun) = reads(&draft).await;
    server.kill();
    drop(pipe);
    fs::remove_file(&draft).unwrap();
    assert_eq!(files(&folder), [("Shop.json".into(), first)]);

    // What a killed server has begun in earnest is overwritten by its retry.
    fs::write(&draft, &begun).unwrap();
    let server = place.serve();
    let told = backups.delivered(&server, 2).await;
    assert!(files(&folder) == [("Shop.json".into(), file(&told[1]))]);
    server.stop();
}
