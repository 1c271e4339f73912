//! `postern demo` shows all of it, and leaves nothing behind.

use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::time::Duration;

use tokio::time::Instant;

use crate::server::{Place, Program, said};

/// A demo in a group of processes of its own, with a folder for temporary things that is empty.
struct Demo {
    place: Place,
    program: Program,
}

impl Demo {
    fn start(arguments: &[&str]) -> Self {
        let place = Place::new();
        fs::create_dir(place.path().join("tmp")).unwrap();
        let mut command = place.command(arguments);
        command
            .env("TMPDIR", place.path().join("tmp"))
            .process_group(0);
        Self {
            program: Program::start(command),
            place,
        }
    }

    fn temporary(&self) -> Vec<PathBuf> {
        listed(self.place.path().join("tmp"))
    }

    /// Waits for its end and sees to it that it ended well and that nothing of it is left; what it said.
    fn ended(self) -> String {
        let address = address(&self.program.says("API http://"));
        let group = self.program.id();
        let output = self.program.ended();
        let (out, errors) = (said(&output.stdout), said(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{out}{errors}");
        assert_eq!(errors, "");
        assert!(out.ends_with("nothing is left behind.\n"), "{out}");
        let folder = self.place.path();
        assert_eq!(listed(folder.join("tmp")), [""; 0].map(PathBuf::from));
        assert_eq!(listed(folder.to_owned()), [folder.join("tmp")]);
        assert!(!is_alive(group), "a process is left");
        assert!(TcpStream::connect(address).is_err(), "a port is left");
        out
    }
}

fn listed(folder: PathBuf) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// Where its server listens: `API http://127.0.0.1:1234/api   key …`.
fn address(line: &str) -> String {
    let rest = line.strip_prefix("API http://").unwrap();
    rest.split_once("/api ").unwrap().0.to_owned()
}

/// Whether a process of this group is left.
#[expect(unsafe_code, reason = "asked by a call of the system")]
fn is_alive(group: i32) -> bool {
    // SAFETY: no memory is involved, and signal 0 is none.
    let asked = unsafe { libc::kill(-group, 0) };
    asked == 0
}

#[test]
fn once_ends_well_when_each_of_the_four_kinds_has_arrived_and_verified() {
    let out = Demo::start(&["demo", "--once"]).ended();
    for kind in [
        "  backup           Bookshop, whole: 5 requests",
        "  collection feed  Mia renamed the request",
        "  team feed        Mia created the collection Bookshop",
        "  monitor result   Bookshop, every minute: passed",
    ] {
        let verified = |line: &str| line.contains(kind) && line.contains("  ✓ verified, ");
        assert!(out.lines().any(verified), "{kind:?} in {out}");
    }
    assert!(!out.contains("NOT VERIFIED"), "{out}");
    assert!(!out.contains("could not"), "{out}");
    assert!(
        out.contains("All four kinds have arrived and verified"),
        "{out}"
    );
}

#[test]
fn a_signal_ends_it_well_and_soon() {
    for (arguments, signal) in [
        (&["demo"][..], libc::SIGINT),
        (&["demo"], libc::SIGTERM),
        (&["demo", "--once"], libc::SIGINT),
    ] {
        let demo = Demo::start(arguments);
        demo.program.says("✓ verified");
        let [folder] = &demo.temporary()[..] else {
            panic!("one folder in {:?}", demo.temporary())
        };
        let mode = fs::metadata(folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "its owner's alone");

        let asked = Instant::now();
        demo.program.signal(signal);
        let out = demo.ended();
        assert!(asked.elapsed() < Duration::from_secs(15));
        assert!(out.contains("\nStopped; nothing"), "{arguments:?}: {out}");
    }
}
