//! The parent's side: a few threads, each with a child of its own.

use std::io;
use std::os::unix::net::UnixStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use postern_sandbox::{TransformLimits, Transformed, transform};
use tokio::sync::oneshot;

use super::line::{Done, Job, Ready, read, write};
use crate::monitor::{ChildConfig, ChildLimits, bear};

/// How many scripts run at once.
const CHILDREN: usize = 2;
/// How much longer than a script's own time its child may take to answer, before it is killed.
const PATIENCE: Duration = Duration::from_secs(2);
/// The processor time that a child may use in its life; then another takes its place.
const CPU_SECONDS: u64 = 3600;

/// Runs scripts. Clones share its processes.
#[derive(Debug, Clone)]
pub struct Transformer {
    inside: Arc<Inside>,
}

#[derive(Debug)]
struct Inside {
    /// Nothing: in this process.
    config: Option<ChildConfig>,
    jobs: OnceLock<Mutex<Sender<Wanted>>>,
}

type Wanted = (Job, oneshot::Sender<Result<Transformed, String>>);

impl Transformer {
    /// In processes of their own, made as this says; its `arguments` are those of a child that calls
    /// [`run_transform_child`](super::run_transform_child).
    pub fn new(config: ChildConfig) -> Self {
        Self::of(Some(config))
    }

    /// In this process: where there is no program to start anew, as in tests.
    pub fn in_this_process() -> Self {
        Self::of(None)
    }

    fn of(config: Option<ChildConfig>) -> Self {
        Self {
            inside: Arc::new(Inside {
                config,
                jobs: OnceLock::new(),
            }),
        }
    }

    /// Calls the source's `handler` with this JSON; an error completes "the transform …".
    pub async fn run(&self, source: &str, input: String) -> Result<Transformed, String> {
        let job = Job {
            source: source.to_owned(),
            input,
        };
        let (sender, done) = oneshot::channel();
        let gone = || "could not be run: its thread has ended".to_owned();
        let jobs = self.inside.jobs.get_or_init(|| Mutex::new(self.start()));
        jobs.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .send((job, sender))
            .map_err(|_| gone())?;
        done.await.map_err(|_| gone())?
    }

    fn start(&self) -> Sender<Wanted> {
        let (sender, jobs) = channel();
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..CHILDREN {
            let (jobs, config) = (Arc::clone(&jobs), self.inside.config.clone());
            let thread = std::thread::Builder::new()
                .name("postern-transform".to_owned())
                .stack_size(4 << 20)
                .spawn(move || serve(config.as_ref(), &jobs));
            if let Err(error) = thread {
                tracing::error!(%error, "failed to start a thread for transforms");
            }
        }
        sender
    }
}

/// A thread: it makes its child when it is first needed. A child ends with the thread that made it.
fn serve(config: Option<&ChildConfig>, jobs: &Mutex<Receiver<Wanted>>) {
    let mut ward: Option<Ward> = None;
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((job, done)) = next else { return };
        if done.is_closed() {
            continue;
        }
        let result = match config {
            None => {
                let limits = TransformLimits::default();
                Done::of(transform(&job.source, &job.input, &limits)).result()
            }
            Some(config) => match in_child(&mut ward, config, &job) {
                Ok(done) => done.result(),
                Err(error) => {
                    // Killed; the next script gets another.
                    ward = None;
                    tracing::warn!(%error, "a transform's process was killed: another takes its place");
                    Err(format!("did not end: its process was killed ({error})"))
                }
            },
        };
        drop(done.send(result));
    }
}

fn in_child(ward: &mut Option<Ward>, config: &ChildConfig, job: &Job) -> io::Result<Done> {
    let alive = match ward {
        Some(alive) => alive,
        None => ward.insert(Ward::bear(config)?),
    };
    write(&mut alive.line, job)?;
    read(&mut alive.line)
}

/// A child and the line to it. Dropped, it is killed.
struct Ward {
    process: Child,
    line: UnixStream,
}

impl Ward {
    fn bear(config: &ChildConfig) -> io::Result<Self> {
        let limits = ChildLimits {
            memory: config.memory_mib << 20,
            cpu_seconds: CPU_SECONDS,
        };
        let (process, line) = bear(config, limits, Stdio::null())?;
        let mut ward = Self { process, line };
        let patience = TransformLimits::default().time + PATIENCE;
        ward.line.set_read_timeout(Some(patience))?;
        ward.line.set_write_timeout(Some(patience))?;
        let ready: Ready = read(&mut ward.line)?;
        if !ready.missing.is_empty() {
            tracing::warn!(
                missing = ready.missing.join(", "),
                "this system can't wall in transforms as tightly as Postern would like"
            );
        }
        Ok(ward)
    }
}

impl Drop for Ward {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
