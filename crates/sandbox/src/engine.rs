//! The engine: one QuickJS runtime with one context, its limits, and the few steps by which a script is
//! driven. Everything that sees rquickjs is in this room.

mod bytecode;
mod compiled;
mod digests;
mod garbage;
mod natives;
mod rejections;
mod shared;
mod transform;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use rquickjs::function::IntoArgs;
use rquickjs::{CaughtError, Context, Ctx, FromJs, Function, Object, Persistent, Runtime};
use serde::Deserialize;

use crate::bundles;
use crate::call::{Call, CallId};
use crate::host::Host;
use crate::limits::Limits;
use crate::outcome::Outcome;
use crate::scope::Scope;
use crate::script::Script;
use compiled::Compiled;
use shared::Shared;
pub use transform::{TransformError, TransformLimits, Transformed, transform};

/// How much more memory and time the engine gets to tell what a script had brought about when it was stopped.
const LAST_WORDS_MEMORY: usize = 32 << 20;
const LAST_WORDS_TIME: Duration = Duration::from_millis(500);

/// The engine's message when it has no memory left.
pub(crate) const OUT_OF_MEMORY: &str = "out of memory";

/// Why a script can't go on in this context.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    #[error("time is up")]
    Time,
    #[error("memory is used up")]
    Memory,
    #[error("{0}")]
    Engine(String),
}

/// What a script waits for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct State {
    pub(crate) calls: Vec<Call>,
    pub(crate) open: u32,
    wake_in: Option<f64>,
}

impl State {
    /// How long until the next timer is due.
    pub(crate) fn wake_in(&self) -> Option<Duration> {
        // Rounded up to a millisecond, lest the caller wakes a moment too early and spins.
        self.wake_in
            .map(|ms| Duration::try_from_secs_f64(ms.ceil() / 1000.0).unwrap_or_default())
    }
}

/// The answer to a call as the core takes it.
pub(crate) enum Reply {
    Json { kind: &'static str, json: String },
    Failed(String),
}

/// One runtime and context. The fields that hold values of the context stand before it, for they have to
/// be dropped first.
pub(crate) struct Engine {
    driver: Persistent<Object<'static>>,
    compiled: Compiled,
    context: Context,
    runtime: Runtime,
    shared: Rc<Shared>,
    limits: Limits,
}

impl Engine {
    pub(crate) fn new(limits: &Limits, host: &Rc<RefCell<Box<dyn Host>>>) -> Result<Self, Broken> {
        let shared = Rc::new(Shared::new(Rc::clone(host)));
        // Setting up runs nothing of the user's, but the handler must not stop it either.
        shared.deadline.set(Duration::from_mins(1));
        let runtime = Runtime::new().map_err(unusable)?;
        runtime.set_memory_limit(limits.memory);
        runtime.set_max_stack_size(limits.stack);
        let handler = Rc::clone(&shared);
        runtime.set_interrupt_handler(Some(Box::new(move || handler.deadline.is_over())));
        rejections::track(&runtime, &shared);
        let context = Context::full(&runtime).map_err(unusable)?;
        let driver = context.with(|ctx| {
            boot(&ctx, &shared)
                .map(|driver| Persistent::save(&ctx, driver))
                .map_err(|error| broken(&ctx, &shared, error))
        })?;
        Ok(Self {
            driver,
            compiled: Compiled::default(),
            context,
            runtime,
            shared,
            limits: limits.clone(),
        })
    }

    /// Sets the time that the next steps may take together.
    pub(crate) fn allow(&self, budget: Duration) {
        self.shared.deadline.set(budget);
    }

    /// Starts a script and runs it up to its first wait.
    pub(crate) fn begin(&mut self, script: &Script, scope: Scope) -> Result<(), Broken> {
        self.shared.next_script(&script.source, scope);
        let (shared, driver, compiled) = (&self.shared, &self.driver, &mut self.compiled);
        let output = self.limits.output;
        self.context.with(|ctx| {
            garbage::seldom(&ctx);
            let function = compiled.function(&ctx, script);
            if shared.deadline.is_over() {
                return Err(Broken::Time);
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "a limit needs no precision to the byte"
            )]
            let output = output as f64;
            let number = shared.script.get();
            let listen = script.listen.name();
            match function {
                Ok(function) => call(
                    &ctx,
                    shared,
                    driver,
                    "begin",
                    (number, listen, output, function),
                ),
                Err(thrown) => {
                    call::<()>(&ctx, shared, driver, "begin", (number, listen, output))?;
                    call(&ctx, shared, driver, "fail", (thrown,))
                }
            }
        })
    }

    /// Gives the answer to a call.
    pub(crate) fn settle(&self, id: CallId, reply: Reply, body: Bytes) -> Result<(), Broken> {
        if !body.is_empty() {
            self.shared.bodies.borrow_mut().insert(id.0, body);
        }
        self.context.with(|ctx| match reply {
            Reply::Failed(message) => self.call(&ctx, "settle", (id.0, "failed", message)),
            Reply::Json { kind, json } => {
                let value = ctx
                    .json_parse(json)
                    .map_err(|error| broken(&ctx, &self.shared, error))?;
                self.call(&ctx, "settle", (id.0, kind, value))
            }
        })
    }

    /// Runs whatever can run now: jobs, and the timers that are due.
    pub(crate) fn drain(&self) -> Result<(), Broken> {
        self.context.with(|ctx| {
            loop {
                while ctx.execute_pending_job() {
                    if self.shared.deadline.is_over() {
                        return Err(Broken::Time);
                    }
                }
                if self.shared.deadline.is_over() {
                    return Err(Broken::Time);
                }
                rejections::report(&ctx, &self.shared, |reason| {
                    self.call(&ctx, "fail", (reason,))
                })?;
                if !self.call::<bool>(&ctx, "fireTimer", ())? {
                    return Ok(());
                }
            }
        })
    }

    /// What the script waits for; none if it is at its end.
    pub(crate) fn state(&self) -> Result<Option<State>, Broken> {
        let json: Option<String> = self.context.with(|ctx| self.call(&ctx, "state", ()))?;
        json.map(|json| serde_json::from_str(&json).map_err(unusable))
            .transpose()
    }

    /// What the script has brought about.
    pub(crate) fn finish(&self) -> Result<Outcome, Broken> {
        let json: Option<String> = self.context.with(|ctx| self.call(&ctx, "finish", ()))?;
        match json {
            Some(json) => serde_json::from_str(&json).map_err(unusable),
            None => Ok(Outcome::default()),
        }
    }

    /// What a script that was stopped has brought about so far, as far as the engine can still tell.
    pub(crate) fn last_words(&self) -> Outcome {
        self.runtime
            .set_memory_limit(self.limits.memory.saturating_add(LAST_WORDS_MEMORY));
        self.allow(LAST_WORDS_TIME);
        self.finish().unwrap_or_default()
    }

    fn call<'js, R: FromJs<'js>>(
        &self,
        ctx: &Ctx<'js>,
        name: &str,
        args: impl IntoArgs<'js>,
    ) -> Result<R, Broken> {
        call(ctx, &self.shared, &self.driver, name, args)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // The runtime's own callbacks hold `shared`, which so would outlive the values in it.
        self.shared.rejections.borrow_mut().clear();
    }
}

/// Loads the core and gives it the natives.
fn boot<'js>(ctx: &Ctx<'js>, shared: &Rc<Shared>) -> rquickjs::Result<Object<'js>> {
    let core = bundles::find("core").unwrap_or_default();
    let module = Object::new(ctx.clone())?;
    let exports = Object::new(ctx.clone())?;
    module.set("exports", exports.clone())?;
    let bundle: Function = bytecode::load(ctx, core)?;
    bundle.call::<_, ()>(((), module.clone(), exports))?;
    let boot: Function = module.get::<_, Object>("exports")?.get("boot")?;
    boot.call((natives::natives(ctx, shared)?,))
}

/// Calls one of the core's functions.
fn call<'js, R: FromJs<'js>>(
    ctx: &Ctx<'js>,
    shared: &Shared,
    driver: &Persistent<Object<'static>>,
    name: &str,
    args: impl IntoArgs<'js>,
) -> Result<R, Broken> {
    let call = || {
        let driver = driver.clone().restore(ctx)?;
        driver.get::<_, Function>(name)?.call(args)
    };
    call().map_err(|error| broken(ctx, shared, error))
}

fn unusable(error: impl std::fmt::Display) -> Broken {
    Broken::Engine(error.to_string())
}

/// What an error of the engine means for the context.
fn broken(ctx: &Ctx<'_>, shared: &Shared, error: rquickjs::Error) -> Broken {
    let caught = CaughtError::from_error(ctx, error);
    if shared.deadline.is_over() {
        return Broken::Time;
    }
    match caught {
        CaughtError::Exception(exception)
            if exception.message().as_deref() == Some(OUT_OF_MEMORY) =>
        {
            Broken::Memory
        }
        // Where memory ran out even for the exception, there is null in its place.
        CaughtError::Value(value) if value.is_null() => Broken::Memory,
        other => Broken::Engine(other.to_string()),
    }
}
