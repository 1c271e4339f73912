//! Where children are made: a few stand ready, each is given away once, and another takes its place.

use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use bytes::Bytes;
use postern_egress::Egress;
use tokio::sync::{Mutex, OnceCell, mpsc, oneshot};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::child::ChildLimits;
use super::frames::frame;
use super::ward::{Lost, Ward};

/// How long a child may take until it is ready.
const BIRTH: Duration = Duration::from_secs(10);
/// How long to wait after a child that couldn't be made, while nobody wants one.
const PAUSE: Duration = Duration::from_secs(1);

/// How children are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildConfig {
    /// The program, which calls [`run_child`](crate::run_child) when it gets these arguments.
    pub program: PathBuf,
    /// Its arguments; the limits are added, as `--memory-mib` and `--cpu-seconds`.
    pub arguments: Vec<OsString>,
    /// Its whole environment.
    pub environment: Vec<(OsString, OsString)>,
    /// How many stand ready.
    pub ready: usize,
    /// The most MiB of address space that one may have.
    pub memory_mib: u64,
}

/// No child could be made.
#[derive(Debug, Clone, thiserror::Error)]
#[error("no process could be made for the run: {0}")]
pub(crate) struct NoChild(String);

/// What the nursery's thread is asked for.
pub(crate) enum Wish {
    /// A new process, and the line to it.
    Bear(oneshot::Sender<io::Result<(Child, std::os::unix::net::UnixStream)>>),
    /// A process that was killed, whose end is to be waited for.
    Bury(Child),
}

type Wanted = oneshot::Sender<Result<Ward, NoChild>>;

/// Gives out children, one for each run.
#[derive(Clone)]
pub(crate) struct Nursery {
    wanted: mpsc::UnboundedSender<Wanted>,
    roots: Arc<OnceCell<Bytes>>,
    keepers: TaskTracker,
    stop: CancellationToken,
}

impl Nursery {
    /// Starts making children, on the present runtime.
    pub(crate) fn start(config: ChildConfig, run_deadline: Duration) -> Self {
        let limits = ChildLimits {
            memory: config.memory_mib << 20,
            // A run has one thread, so more than its deadline would be somebody's error.
            cpu_seconds: run_deadline.as_secs().saturating_add(2),
        };
        let (wishes, asked) = channel();
        let ready = config.ready;
        let thread = std::thread::Builder::new()
            .name("postern-nursery".to_owned())
            .spawn(move || serve(&config, limits, &asked));
        if let Err(error) = thread {
            tracing::error!(%error, "failed to start the thread that makes the runs' processes");
        }
        let (wanted, wanting) = mpsc::unbounded_channel();
        let keeper = Keeper {
            wishes,
            limits,
            wanting: Arc::new(Mutex::new(wanting)),
            told: Arc::new(AtomicBool::new(false)),
            in_advance: ready > 0,
        };
        let nursery = Self {
            wanted,
            roots: Arc::default(),
            keepers: TaskTracker::new(),
            stop: CancellationToken::new(),
        };
        for _ in 0..ready.max(1) {
            let (keeper, stop) = (keeper.clone(), nursery.stop.clone());
            nursery.keepers.spawn(async move {
                stop.run_until_cancelled(keeper.keep()).await;
            });
        }
        nursery
    }

    /// A child that is ready.
    pub(crate) async fn take(&self) -> Result<Ward, NoChild> {
        let (sender, ward) = oneshot::channel();
        let gone = || NoChild("the server is stopping".to_owned());
        self.wanted.send(sender).map_err(|_| gone())?;
        ward.await.map_err(|_| gone())?
    }

    /// Whom this machine trusts, as children are told: frames within a frame.
    pub(crate) async fn roots(&self, egress: &Egress) -> Bytes {
        let read = || async {
            let egress = egress.clone();
            let framed = spawn_blocking(move || {
                let roots = egress.system_roots();
                let framed = roots.iter().filter_map(|root| frame(root).ok());
                framed.collect::<Vec<_>>().concat()
            });
            // If that failed, runs fall back to what is built in.
            Bytes::from(framed.await.unwrap_or_default())
        };
        self.roots.get_or_init(read).await.clone()
    }

    /// Ends the children that stand ready.
    pub(crate) async fn close(&self) {
        self.stop.cancel();
        self.keepers.close();
        self.keepers.wait().await;
    }
}

/// Keeps one child ready, gives it to whoever wants one, and makes the next.
#[derive(Clone)]
struct Keeper {
    wishes: Sender<Wish>,
    limits: ChildLimits,
    wanting: Arc<Mutex<mpsc::UnboundedReceiver<Wanted>>>,
    /// Whether missing walls have been told.
    told: Arc<AtomicBool>,
    in_advance: bool,
}

impl Keeper {
    async fn keep(self) {
        loop {
            if self.in_advance {
                self.in_advance().await;
            } else if let Some(wanted) = self.next().await {
                drop(wanted.send(self.bear().await));
            } else {
                return;
            }
        }
    }

    async fn in_advance(&self) {
        match self.bear().await {
            Ok(mut ward) => {
                tokio::select! {
                    biased;
                    lost = ward.rests() => {
                        tracing::warn!(why = %lost, "a process that stood ready for a run is gone: another takes its place");
                    }
                    Some(wanted) = self.next() => drop(wanted.send(Ok(ward))),
                }
            }
            Err(error) => {
                tracing::error!(%error, "failed to make a process for runs");
                tokio::select! {
                    () = sleep(PAUSE) => {}
                    Some(wanted) = self.next() => drop(wanted.send(Err(error))),
                }
            }
        }
    }

    /// Somebody who wants a child. Who waits here and is cancelled takes nobody away.
    async fn next(&self) -> Option<Wanted> {
        self.wanting.lock().await.recv().await
    }

    async fn bear(&self) -> Result<Ward, NoChild> {
        let began = Instant::now();
        let (sender, born) = oneshot::channel();
        let gone = || NoChild("the thread that makes them has ended".to_owned());
        self.wishes.send(Wish::Bear(sender)).map_err(|_| gone())?;
        let (process, socket) = born
            .await
            .map_err(|_| gone())?
            .map_err(|error| NoChild(error.to_string()))?;
        let socket = socket
            .set_nonblocking(true)
            .and_then(|()| tokio::net::UnixStream::from_std(socket))
            .map_err(|error| NoChild(error.to_string()))?;
        let pid = process.id();
        let mut ward = Ward::new(process, socket, self.wishes.clone(), self.limits);
        let ready = timeout(BIRTH, ward.is_ready()).await;
        let missing = ready
            .unwrap_or_else(|_| Err(Lost::Died("it was not ready in time".to_owned())))
            .map_err(|lost| NoChild(lost.to_string()))?;
        let took_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        tracing::debug!(pid, took_us, "a process stands ready for a run");
        if !missing.is_empty() && !self.told.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                missing = missing.join(", "),
                "this system can't wall in monitors' runs as tightly as Postern would like: scripts are held by the script \
                 engine, by limits and by the other walls"
            );
        }
        Ok(ward)
    }
}

/// The nursery's thread. A child is told to end with the *thread* that made it, so this one lives as long as the nursery.
fn serve(config: &ChildConfig, limits: ChildLimits, asked: &Receiver<Wish>) {
    while let Ok(wish) = asked.recv() {
        match wish {
            Wish::Bear(born) => {
                // If nobody waits for it any more, its line is closed by this, and it ends.
                if let Err(Ok((mut process, _))) = born.send(bear(config, limits, Stdio::piped())) {
                    drop(process.kill());
                    drop(process.wait());
                }
            }
            Wish::Bury(mut process) => drop(process.wait()),
        }
    }
}

/// Makes a child: a process of its own with the line to it, told its limits; what it says on stderr goes there.
pub(crate) fn bear(
    config: &ChildConfig,
    limits: ChildLimits,
    stderr: Stdio,
) -> io::Result<(Child, std::os::unix::net::UnixStream)> {
    let (ours, theirs) = std::os::unix::net::UnixStream::pair()?;
    let process = Command::new(&config.program)
        .arg0("postern")
        .args(&config.arguments)
        .arg("--memory-mib")
        .arg((limits.memory >> 20).to_string())
        .arg("--cpu-seconds")
        .arg(limits.cpu_seconds.to_string())
        // What a terminal tells its foreground processes (Ctrl-C) is for the server, which then decides about its runs.
        .process_group(0)
        .env_clear()
        .envs(config.environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::from(OwnedFd::from(theirs)))
        .stdout(Stdio::null())
        .stderr(stderr)
        .spawn()?;
    Ok((process, ours))
}
