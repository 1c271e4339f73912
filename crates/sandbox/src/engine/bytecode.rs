//! Running what `build/bytecode.rs` has compiled.

use rquickjs::{Ctx, FromJs, Value, qjs};

/// Evaluates the bytecode of a script and gives its value.
///
/// The engine trusts bytecode; ours comes from the binary itself, and nothing else gets here.
#[expect(
    unsafe_code,
    reason = "rquickjs loads the bytecode of modules only; a script's is read by the engine's own functions"
)]
pub(super) fn load<'js, V: FromJs<'js>>(
    ctx: &Ctx<'js>,
    code: &'static [u8],
) -> rquickjs::Result<V> {
    let flags = qjs::JS_READ_OBJ_BYTECODE.cast_signed();
    let raw = ctx.as_raw().as_ptr();
    // SAFETY: the context is alive and locked for as long as `ctx` is borrowed. The bytes are as long as
    // said and were written by the same version of the engine. `JS_EvalFunction` takes over the function;
    // the value it gives is ours and is handed to `Value`, which frees it.
    let value = unsafe {
        let function = qjs::JS_ReadObject(raw, code.as_ptr(), code.len() as _, flags);
        if qjs::JS_IsException(function) {
            return Err(rquickjs::Error::Exception);
        }
        let value = qjs::JS_EvalFunction(raw, function);
        if qjs::JS_IsException(value) {
            return Err(rquickjs::Error::Exception);
        }
        Value::from_raw(ctx.clone(), value)
    };
    V::from_js(ctx, value)
}
