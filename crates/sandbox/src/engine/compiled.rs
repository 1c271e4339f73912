//! Scripts as functions, compiled once for each context.

use std::collections::HashMap;
use std::sync::Arc;

use rquickjs::context::EvalOptions;
use rquickjs::{Ctx, Error, Exception, Function, Persistent, Value};

use crate::script::Script;

/// More than a collection has; a bound nevertheless, for scripts may be made up as a run goes on.
const MOST: usize = 512;

#[derive(Default)]
pub(super) struct Compiled {
    functions: HashMap<(String, Arc<str>), Persistent<Function<'static>>>,
}

impl Compiled {
    /// The function of a script, or what compiling it threw.
    pub(super) fn function<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        script: &Script,
    ) -> Result<Function<'js>, Value<'js>> {
        let key = (script.name.clone(), Arc::clone(&script.source));
        if let Some(known) = self.functions.get(&key)
            && let Ok(function) = known.clone().restore(ctx)
        {
            return Ok(function);
        }
        let function = compile(ctx, script).map_err(|error| thrown(ctx, &error))?;
        if self.functions.len() >= MOST {
            self.functions.clear();
        }
        self.functions
            .insert(key, Persistent::save(ctx, function.clone()));
        Ok(function)
    }
}

fn compile<'js>(ctx: &Ctx<'js>, script: &Script) -> rquickjs::Result<Function<'js>> {
    // The script begins on the first line, so that its line numbers are the user's. The outer function
    // has the names, the inner one the script: it may then declare the same names for itself. The semicolon keeps a
    // `'use strict'` from being one, as it is none in Postman's sandbox: scripts rely on it. One that
    // awaits nothing needs no promise; both beginnings are of one length, by which `js/errors.js` tells columns.
    let (before, after) = if script.source.contains("await") {
        ("return (async () => {;", "})(); })")
    } else {
        ("             (() => {;", "})(); return 0; })")
    };
    let text = format!(
        "(function postern_script(pm, console, require) {{ {before}{}\n{after}",
        script.source
    );
    let mut options = EvalOptions::default();
    options.strict = false;
    options.filename = Some(script.name.replace('\0', ""));
    let value: Value = ctx.eval_with_options(text, options)?;
    // A script with unbalanced braces can leave our function and be something else.
    value
        .into_function()
        .ok_or_else(|| Exception::throw_syntax(ctx, "the braces of the script do not match"))
}

fn thrown<'js>(ctx: &Ctx<'js>, error: &Error) -> Value<'js> {
    if matches!(error, Error::Exception) {
        return ctx.catch();
    }
    // The text never reached the engine.
    Exception::throw_syntax(ctx, "the script holds a NUL character");
    ctx.catch()
}
