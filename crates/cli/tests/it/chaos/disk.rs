//! SQLite's disk is full: refused before it is accepted, nothing lost, and on it goes when there is room.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use postern_egress::testing::{Answer, Receiver};
use tokio::time::{Instant, sleep};

use super::ledger::Ledger;
use crate::server::Place;

/// A small disk.
struct Disk(tempfile::TempDir);

impl Disk {
    /// 48 MiB of memory as a disk; nothing, and a line that says so, where one may not be mounted.
    #[expect(
        clippy::print_stdout,
        reason = "a test that doesn't run says so to who runs it"
    )]
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=48m", "tmpfs"])
            .arg(folder.path())
            .output();
        match mounted {
            Ok(output) if output.status.success() => Some(Self(folder)),
            _ => {
                println!("skipped: a tmpfs can't be mounted here (that takes root)");
                None
            }
        }
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(self.path()).status());
    }
}

#[tokio::test]
async fn a_full_disk_refuses_with_507_and_loses_nothing() {
    let Some(disk) = Disk::mount() else { return };
    let ballast = disk.path().join("ballast");
    std::fs::write(&ballast, vec![1; 20 << 20]).expect("room for the ballast");
    let data = disk.path().join("data");
    let place = Place::new().with("POSTERN_DATA_DIR", data.to_str().expect("a path"));
    let server = place.serve();
    let receiver = Receiver::start();
    receiver.answer(Answer::status(204).delay(Duration::from_millis(2)));
    let mut ledger = Ledger::open(&server, receiver).await;
    ledger.begin(Duration::from_millis(1), 20_000);
    let until = Instant::now() + Duration::from_mins(1);
    while ledger.refused() < 20 {
        assert!(Instant::now() < until, "the disk is never full");
        sleep(Duration::from_millis(20)).await;
    }
    let told = server.errors();
    std::fs::remove_file(&ballast).expect("the ballast is gone");
    ledger.accepts_more(50).await;
    ledger.delivers_more().await;
    let found = ledger.check(&server).await;
    let others: Vec<_> = found
        .refused
        .values()
        .filter(|&&status| status != 507)
        .collect();
    assert!(others.is_empty(), "{:?}\n{told}", found.refused);
    server.stop();
}
