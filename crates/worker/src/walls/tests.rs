//! The walls stand: tried from inside, in a process of their own, which is this test program started anew.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::{UnixDatagram, UnixListener, UnixStream};
use std::process::Command;

use rustix::process::{Pid, getppid, test_kill_process};

use super::{close_calls, close_files, limit};
use crate::monitor::ChildLimits;

/// What tells the test program that it is the process to be walled in, and by what.
const INSIDE: &str = "POSTERN_TEST_WALLS";

/// Plenty: these tests are about the walls.
const LIMITS: ChildLimits = ChildLimits {
    memory: 1 << 30,
    cpu_seconds: 20,
};

/// Runs the test of this name once more, in a process whose environment says so, and sees it pass there.
fn pass_inside(test: &str, walls: &str) {
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "--nocapture", "--test-threads=1"])
        .arg(format!("walls::tests::{test}"))
        .env(INSIDE, walls)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{complaint}");
    assert!(said.contains("1 passed"), "the test was not found: {said}");
}

fn walls() -> Option<String> {
    std::env::vars()
        .find(|(name, _)| name == INSIDE)
        .map(|(_, walls)| walls)
}

/// What someone who has broken out of the script engine would try next; each that works is named.
fn what_works(listener: &TcpListener, parent: Pid) -> Vec<&'static str> {
    let there = listener.local_addr().expect("its address");
    let place = |name: &str| {
        std::env::temp_dir().join(format!("postern-walls-{}-{name}", std::process::id()))
    };
    let (file, socket) = (place("file"), place("socket"));
    let tried: [(&str, bool); 13] = [
        (
            "read a file",
            fs::read("/etc/hostname").is_ok() || fs::read("/etc/passwd").is_ok(),
        ),
        ("list a folder", fs::read_dir("/").is_ok()),
        ("write a file", fs::write(&file, "x").is_ok()),
        (
            "look at its own process",
            File::open("/proc/self/environ").is_ok(),
        ),
        (
            "start a program",
            Command::new("/bin/true").status().is_ok(),
        ),
        (
            "start a shell",
            Command::new("/bin/sh")
                .arg("-c")
                .arg("true")
                .status()
                .is_ok(),
        ),
        (
            "start a thread",
            std::thread::Builder::new().spawn(|| ()).is_ok(),
        ),
        ("connect", TcpStream::connect(there).is_ok()),
        ("listen", TcpListener::bind("127.0.0.1:0").is_ok()),
        (
            "send a datagram",
            std::net::UdpSocket::bind("127.0.0.1:0").is_ok(),
        ),
        (
            "make a Unix socket",
            UnixStream::pair().is_ok() || UnixDatagram::unbound().is_ok(),
        ),
        (
            "listen on a Unix socket",
            UnixListener::bind(&socket).is_ok(),
        ),
        ("signal its parent", test_kill_process(parent).is_ok()),
    ];
    // Where they could be made, they can be removed.
    drop((fs::remove_file(&file), fs::remove_file(&socket)));
    tried
        .into_iter()
        .filter_map(|(what, works)| works.then_some(what))
        .collect()
}

#[test]
fn inside_all_walls_nothing_works_but_computing() {
    if walls().is_none() {
        return pass_inside("inside_all_walls_nothing_works_but_computing", "all");
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let parent = getppid().unwrap();
    assert_eq!(
        what_works(&listener, parent).len(),
        13,
        "without walls all of it works"
    );
    limit(LIMITS).unwrap();
    close_files().unwrap();
    close_calls().unwrap();
    assert_eq!(what_works(&listener, parent), Vec::<&str>::new());
    let sum: Vec<u64> = (0..100_000).collect();
    assert_eq!(sum.iter().sum::<u64>(), 4_999_950_000);
}

#[test]
fn without_landlock_the_list_of_calls_keeps_all_shut_too() {
    if walls().is_none() {
        return pass_inside(
            "without_landlock_the_list_of_calls_keeps_all_shut_too",
            "calls",
        );
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let parent = getppid().unwrap();
    close_calls().unwrap();
    assert_eq!(what_works(&listener, parent), Vec::<&str>::new());
}

#[test]
fn without_the_list_of_calls_landlock_keeps_files_and_connections_shut() {
    if walls().is_none() {
        return pass_inside(
            "without_the_list_of_calls_landlock_keeps_files_and_connections_shut",
            "files",
        );
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let parent = getppid().unwrap();
    if let Err(missing) = close_files() {
        println!("skipped: this kernel lacks {missing}");
        return;
    }
    let works = what_works(&listener, parent);
    for shut in [
        "read a file",
        "list a folder",
        "write a file",
        "start a program",
        "start a shell",
    ] {
        assert!(!works.contains(&shut), "{shut}: {works:?}");
    }
}

#[test]
fn memory_has_a_limit() {
    if walls().is_none() {
        return pass_inside("memory_has_a_limit", "limits");
    }
    limit(LIMITS).unwrap();
    let mut much: Vec<u8> = Vec::new();
    assert!(much.try_reserve_exact(2 << 30).is_err());
    assert!(much.try_reserve_exact(1 << 20).is_ok());
}
