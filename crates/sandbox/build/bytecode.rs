//! Compiling a bundle to the engine's bytecode.

use std::ffi::CString;

use rquickjs::{Context, Ctx, Runtime, qjs};

/// The bytecode of a script, without its source.
pub(crate) fn compile(name: &str, source: Vec<u8>) -> Result<Vec<u8>, String> {
    let runtime = Runtime::new().map_err(|why| why.to_string())?;
    // Minified libraries nest deeper than the engine's usual stack allows.
    runtime.set_max_stack_size(4 << 20);
    let context = Context::full(&runtime).map_err(|why| why.to_string())?;
    let source = CString::new(source).map_err(|why| why.to_string())?;
    // Stack traces are searched for this prefix, to leave out what is not the user's.
    let file = CString::new(format!("postern:{name}")).map_err(|why| why.to_string())?;
    context.with(|ctx| {
        write(&ctx, &source, &file)
            .ok_or_else(|| format!("{:?}", ctx.catch().as_exception().map(ToString::to_string)))
    })
}

#[expect(
    unsafe_code,
    reason = "rquickjs compiles modules only; a script's bytecode is had by the engine's own functions"
)]
fn write(ctx: &Ctx<'_>, source: &CString, file: &CString) -> Option<Vec<u8>> {
    let compile_only = qjs::JS_EVAL_TYPE_GLOBAL | qjs::JS_EVAL_FLAG_COMPILE_ONLY;
    let flags = qjs::JS_WRITE_OBJ_BYTECODE | qjs::JS_WRITE_OBJ_STRIP_SOURCE;
    let raw = ctx.as_raw().as_ptr();
    // SAFETY: the context is alive and locked for as long as `ctx` is borrowed; both texts end in NUL and
    // the source's length is its own. The function value is freed once, and so is the buffer, which is
    // read only within the size that the engine gave with it.
    unsafe {
        let length = source.as_bytes().len();
        let function = qjs::JS_Eval(
            raw,
            source.as_ptr(),
            length.try_into().ok()?,
            file.as_ptr(),
            compile_only.cast_signed(),
        );
        if qjs::JS_IsException(function) {
            return None;
        }
        let mut size = 0;
        let buffer = qjs::JS_WriteObject(raw, &raw mut size, function, flags.cast_signed());
        qjs::JS_FreeValue(raw, function);
        if buffer.is_null() {
            return None;
        }
        let code = std::slice::from_raw_parts(buffer, size.try_into().ok()?).to_vec();
        qjs::js_free(raw, buffer.cast());
        Some(code)
    }
}
