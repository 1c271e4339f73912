//! The child: it raises its walls, says that it is ready, plays the one run that it is given, and ends.

use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use bytes::Bytes;
use postern_egress::{AddressPolicy, Certificate, Egress, EgressConfig};
use postern_model::{Clock, ConsoleLine};
use postern_sandbox::{Host, Limits, Listen, Sandbox, Scope, Script};
use tokio_util::sync::CancellationToken;

use crate::walls;

use super::super::go::{Order, STACK, go};
use super::super::record::Kept;
use super::asker::Asker;
use super::frames::{FrameError, Frames};
use super::line::{Ear, LineError, Mouth, encode};
use super::message::{LARGEST_TO_PARENT, MOST_KEPT, ToChild, ToParent, VERSION};

/// What a child may have of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChildLimits {
    /// The most bytes of address space.
    pub memory: u64,
    /// The most seconds of processor time.
    pub cpu_seconds: u64,
}

/// Why a child could do nothing.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    /// It wasn't started by a server.
    #[error("run as the child of a server: standard input is not a line to one")]
    NoLine,
    /// The system refused something that it needs.
    #[error("set up the child of a server: {0}")]
    System(#[from] io::Error),
    /// The run's thread has panicked; what it said is on stderr.
    #[error("play the run: it panicked")]
    Panicked,
}

/// Plays one run, ordered over standard input, and returns when it is over or the parent is gone.
pub fn run_child(clock: Arc<dyn Clock>, limits: ChildLimits) -> Result<(), ChildError> {
    walls::close_inherited();
    walls::limit(limits)?;
    let stdin = io::stdin().as_fd().try_clone_to_owned()?;
    let line = UnixStream::from(stdin);
    if line.peer_addr().is_err() {
        return Err(ChildError::NoLine);
    }
    // The thread is made first, for afterwards nobody makes one.
    let (warm, is_warm) = channel();
    let (begin, begins) = channel();
    let thread = std::thread::Builder::new()
        .name("postern-run".to_owned())
        .stack_size(STACK)
        .spawn(move || play(&line, clock, &warm, &begins))?;
    if let Ok(missing) = is_warm.recv() {
        let walls: [Result<(), walls::Missing>; 3] =
            [missing, walls::close_files(), walls::close_calls()];
        let mut missing: Vec<String> = walls
            .into_iter()
            .filter_map(Result::err)
            .map(|missing| missing.to_string())
            .collect();
        missing.dedup();
        drop(begin.send(missing));
    }
    thread.join().map_err(|_| ChildError::Panicked)?
}

/// All that the run's thread does.
fn play(
    line: &UnixStream,
    clock: Arc<dyn Clock>,
    warm: &Sender<Result<(), walls::Missing>>,
    begins: &Receiver<Vec<String>>,
) -> Result<(), ChildError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mouth = Arc::new(Mouth::new(line.try_clone()?));
    let mut ear = {
        let _entered = runtime.enter();
        Ear::new(line.try_clone()?)?
    };
    warm_up();
    drop(warm.send(walls::close_files()));
    let Ok(missing) = begins.recv() else {
        return Ok(());
    };
    match runtime.block_on(converse(&mouth, &mut ear, clock, missing)) {
        // The parent has gone, or no longer wants it: the same as having ended.
        Ok(()) | Err(LineError::Closed) => Ok(()),
        Err(error) => Err(io::Error::other(error).into()),
    }
}

async fn converse(
    mouth: &Arc<Mouth>,
    ear: &mut Ear,
    clock: Arc<dyn Clock>,
    missing: Vec<String>,
) -> Result<(), LineError> {
    mouth.tell(&ToParent::Ready {
        version: VERSION,
        missing,
    })?;
    let (order, document, roots) = ordered(ear).await?;
    let asker = Arc::new(Asker::new(mouth.clone()));
    let egress = Egress::new(EgressConfig {
        dialer: Some(asker.clone()),
        system_roots: Some(roots),
        // Never asked: whoever dials has the policy.
        ..EgressConfig::new(AddressPolicy::public(""))
    });
    let mut teller = Teller::new(mouth);
    let mut tell = |kept| teller.tell(kept);
    let run = go(
        &document,
        order,
        &egress,
        clock,
        CancellationToken::new(),
        &mut tell,
    );
    let ended = tokio::select! {
        biased;
        error = asker.listen(ear) => return Err(error),
        ended = run => ended,
    };
    teller.end()?;
    mouth.tell(&ToParent::Ended(ended))
}

async fn ordered(ear: &mut Ear) -> Result<(Order, Bytes, Vec<Certificate>), LineError> {
    let ToChild::Order(order) = ear.hear().await? else {
        return Err(LineError::Unexpected);
    };
    let document = ear.hear_bytes().await?;
    let roots = certificates(&ear.hear_bytes().await?)?;
    Ok((*order, document, roots))
}

fn certificates(framed: &[u8]) -> Result<Vec<Certificate>, FrameError> {
    let mut inside = Frames::new(framed.len(), u64::MAX);
    inside.feed(framed)?;
    let mut found = Vec::new();
    while let Some(certificate) = inside.next()? {
        found.push(Certificate::from(certificate.to_vec()));
    }
    Ok(found)
}

/// Tells what is kept, up to a bound.
struct Teller<'a> {
    mouth: &'a Mouth,
    left: usize,
    left_out: u64,
    broken: Result<(), LineError>,
}

impl<'a> Teller<'a> {
    fn new(mouth: &'a Mouth) -> Self {
        Self {
            mouth,
            left: MOST_KEPT,
            left_out: 0,
            broken: Ok(()),
        }
    }

    fn tell(&mut self, kept: Kept) {
        let told = encode(&ToParent::Kept(kept)).and_then(|framed| {
            if framed.len() > self.left.min(LARGEST_TO_PARENT) {
                self.left_out += 1;
                return Ok(());
            }
            self.left -= framed.len();
            self.mouth.utter(&framed)
        });
        if told.is_err() {
            self.broken = told;
        }
    }

    fn end(self) -> Result<(), LineError> {
        self.broken?;
        if self.left_out == 0 {
            return Ok(());
        }
        self.mouth.tell(&ToParent::Kept(Kept::Console(ConsoleLine {
            execution: 0,
            level: "warn".to_owned(),
            text: format!(
                "{} executions, failures or lines were larger than what is kept of a run",
                self.left_out
            ),
        })))
    }
}

/// Runs a script for nothing, so that the first real one finds the engine in memory; and one that asks for the time
/// zone, whose file can't be read later.
fn warm_up() {
    struct Nobody;
    impl Host for Nobody {
        fn dynamic_variable(&mut self, _: &str) -> Option<String> {
            None
        }
        fn fill_random(&mut self, buffer: &mut [u8]) {
            buffer.fill(0);
        }
    }
    let Ok(mut sandbox) = Sandbox::new(&Limits::default(), Box::new(Nobody)) else {
        // The run itself will tell what is wrong.
        return;
    };
    let script = Script {
        listen: Listen::Test,
        name: "warm-up".to_owned(),
        source: Arc::from("new Date(0).getTimezoneOffset()"),
    };
    if sandbox.start(script, Scope::default()).is_ok() {
        drop(sandbox.turn());
    }
}
