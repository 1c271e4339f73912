//! A script of another kind: a function from one JSON value to another, with nothing around it. It has the language, a
//! console and hashes, and reaches nothing else; each call has an engine of its own.

use std::rc::Rc;
use std::time::Duration;

use rquickjs::{CatchResultExt as _, CaughtError, Context, Ctx, Function, Runtime};
use serde::Deserialize;

use crate::clock::Deadline;

/// What surrounds the user's source; it stands on the first line, so that the lines' numbers are the user's.
const BEFORE: &str = "(function () { ";
const AFTER: &str = "\n; return typeof handler === 'function' ? handler : undefined; })()";

/// Calls the handler with what came, and gives what it returned and what it wrote to the console.
const CALL: &str = r"(function (handler, input, lines, most) {
    const show = (value) => {
        if (typeof value === 'string') return value;
        try { return JSON.stringify(value) ?? String(value); } catch { return String(value); }
    };
    const log = (...values) => {
        if (lines.length < most) lines.push(values.map(show).join(' ').slice(0, 1000));
    };
    globalThis.console = { log, info: log, warn: log, error: log, debug: log };
    return (source) => {
        const found = handler(source);
        if (found === undefined) throw new Error('there is no function called handler');
        const value = found(JSON.parse(input));
        const told = (value) => JSON.stringify({ value: value === undefined ? null : value, console: lines });
        if (value && typeof value.then === 'function') {
            const state = { json: undefined, error: undefined };
            value.then((it) => { state.json = told(it); }, (error) => { state.error = String(error); });
            return state;
        }
        return { json: told(value), error: undefined };
    };
})";

/// The most console lines that are kept.
const LINES: u32 = 100;

/// What a transform may use up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransformLimits {
    /// Its time.
    pub time: Duration,
    /// Its memory in bytes.
    pub memory: usize,
}

impl Default for TransformLimits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(1),
            memory: 64 << 20,
        }
    }
}

/// What came of a transform.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Transformed {
    /// What the handler returned; `null` for nothing.
    pub value: serde_json::Value,
    /// What it wrote to the console.
    pub console: Vec<String>,
}

/// Why a transform came to nothing; completes "the transform …".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransformError {
    /// The script threw, or can't be read.
    #[error("failed: {0}")]
    Script(String),
    /// It took too long.
    #[error("took longer than {} ms", .0.as_millis())]
    Time(Duration),
    /// It wanted too much memory.
    #[error("used up its {} MiB of memory", .0 >> 20)]
    Memory(usize),
    /// The engine failed.
    #[error("could not be run: {0}")]
    Engine(String),
}

/// Calls the source's `handler` with this JSON.
pub fn transform(
    source: &str,
    input: &str,
    limits: &TransformLimits,
) -> Result<Transformed, TransformError> {
    let engine = |error: rquickjs::Error| TransformError::Engine(error.to_string());
    let runtime = Runtime::new().map_err(engine)?;
    runtime.set_memory_limit(limits.memory);
    runtime.set_max_stack_size(512 << 10);
    let deadline = Rc::new(Deadline::new());
    deadline.set(limits.time);
    let time = Rc::clone(&deadline);
    runtime.set_interrupt_handler(Some(Box::new(move || time.is_over())));
    let context = Context::full(&runtime).map_err(engine)?;
    let judge = |said: String| {
        if deadline.is_over() {
            TransformError::Time(limits.time)
        } else if said.contains(super::OUT_OF_MEMORY) {
            TransformError::Memory(limits.memory)
        } else {
            TransformError::Script(said)
        }
    };
    let json = context
        .with(|ctx| call(&ctx, source, input))
        .map_err(judge)?;
    serde_json::from_str(&json).map_err(|error| TransformError::Engine(error.to_string()))
}

fn call(ctx: &Ctx<'_>, source: &str, input: &str) -> Result<String, String> {
    let outer = ctx.clone();
    let find = move |source: String| {
        let code = format!("{BEFORE}{source}{AFTER}");
        outer.eval::<rquickjs::Value<'_>, _>(code)
    };
    let find = Function::new(ctx.clone(), find).map_err(|error| error.to_string())?;
    let state = (|| -> rquickjs::Result<rquickjs::Object<'_>> {
        super::digests::install(ctx)?;
        let glue: Function<'_> = ctx.eval(CALL)?;
        let lines = rquickjs::Array::new(ctx.clone())?;
        let run: Function<'_> = glue.call((find, input, lines, LINES))?;
        run.call((source,))
    })()
    .catch(ctx)
    .map_err(words)?;
    loop {
        let json: Option<String> = state.get("json").map_err(|error| error.to_string())?;
        if let Some(json) = json {
            return Ok(json);
        }
        let error: Option<String> = state.get("error").map_err(|error| error.to_string())?;
        if let Some(error) = error {
            return Err(error);
        }
        if !ctx.execute_pending_job() {
            return Err("the handler's promise never ends".to_owned());
        }
    }
}

/// What a script threw, with the line where.
fn words(error: CaughtError<'_>) -> String {
    match error {
        CaughtError::Exception(exception) => {
            let said = exception.message().unwrap_or_default();
            let name = exception
                .get::<_, Option<String>>("name")
                .ok()
                .flatten()
                .unwrap_or_default();
            let stack = exception.stack().unwrap_or_default();
            let line = stack
                .lines()
                .find_map(|line| line.split_once("eval_script:").map(|(_, place)| place))
                .and_then(|place| place.split([':', ')']).next())
                .unwrap_or_default();
            match (name.as_str(), line) {
                ("" | "Error", "") => said,
                (name, "") => format!("{name}: {said}"),
                ("" | "Error", line) => format!("{said} (line {line})"),
                (name, line) => format!("{name}: {said} (line {line})"),
            }
        }
        CaughtError::Value(value) => value
            .as_string()
            .and_then(|text| text.to_string().ok())
            .unwrap_or_else(|| "it threw something that is no error".to_owned()),
        CaughtError::Error(error) => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn run(source: &str, input: &Value) -> Result<Transformed, TransformError> {
        let limits = TransformLimits {
            time: Duration::from_millis(300),
            memory: 16 << 20,
        };
        transform(source, &input.to_string(), &limits)
    }

    #[test]
    fn a_handler_gets_the_value_and_gives_another() {
        let source = "function handler(webhook) {
            console.log('got', webhook.payload);
            webhook.payload.seen = true;
            return webhook;
        }";
        let done = run(source, &json!({"payload": {"n": 1.5}})).unwrap();
        assert_eq!(done.value, json!({"payload": {"n": 1.5, "seen": true}}));
        assert_eq!(done.console, ["got {\"n\":1.5}"]);
        let arrow = run("const handler = async (it) => it.a + 1", &json!({"a": 1})).unwrap();
        assert_eq!(arrow.value, json!(2));
        let nothing = run("function handler() {}", &json!({})).unwrap();
        assert_eq!(nothing.value, Value::Null);
    }

    #[test]
    fn what_goes_wrong_is_said_with_its_line() {
        for (source, says) in [
            ("", "there is no function called handler"),
            ("let handler = 1", "there is no function called handler"),
            ("function handler( {", "SyntaxError"),
            ("function handler(it) {\n  return it.a.b.c;\n}", "(line 2)"),
            ("function handler() { throw 'no' }", "no"),
            (
                "const handler = async () => { throw new Error('later') }",
                "later",
            ),
            ("const handler = () => new Promise(() => {})", "never ends"),
            ("function handler() { return require('fs') }", "require"),
            ("function handler() { return fetch('https://x') }", "fetch"),
            ("function handler(a) { a.self = a; return a }", "circular"),
        ] {
            let TransformError::Script(said) = run(source, &json!({})).unwrap_err() else {
                panic!("{source}");
            };
            assert!(said.contains(says), "{source}: {said}");
        }
    }

    #[test]
    fn time_and_memory_have_an_end() {
        for source in [
            "function handler() { for (;;) {} }",
            "for (;;) {}",
            "const handler = async () => { for (;;) await 0 }",
            "function handler() { try { for (;;) {} } finally { for (;;) {} } }",
        ] {
            let error = run(source, &json!({})).unwrap_err();
            assert!(
                matches!(error, TransformError::Time(_)),
                "{source}: {error}"
            );
        }
        let error = run(
            "function handler() { const all = []; for (;;) all.push('x'.repeat(100000) + all.length) }",
            &json!({}),
        );
        assert!(
            matches!(
                error,
                Err(TransformError::Memory(_) | TransformError::Script(_))
            ),
            "{error:?}"
        );
        let deep = run("function handler(a) { return handler([a]) }", &json!(1));
        assert!(matches!(deep, Err(TransformError::Script(_))), "{deep:?}");
    }

    #[test]
    fn one_call_knows_nothing_of_another() {
        let source = "globalThis.count = (globalThis.count ?? 0) + 1; const handler = () => count";
        for _ in 0..2 {
            assert_eq!(run(source, &json!({})).unwrap().value, json!(1));
        }
    }

    proptest! {
        #[test]
        fn any_source_ends_with_a_value_or_a_reason(source in "[ -~\n]{0,80}") {
            let _ = run(&source, &json!({"a": [1, "two", null]}));
        }
    }
}
