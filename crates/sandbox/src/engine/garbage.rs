//! When the engine looks for garbage that counting references can't find.

use rquickjs::{Ctx, qjs};

/// Below this many bytes nothing is looked for. A context with chai and a few variables takes 2 MiB, and the engine by itself
/// would look through all of it again after each further half.
const NOT_BELOW: usize = 4 << 20;

/// Makes the engine wait until there is enough to make a look worth its time. The limit on memory holds all the same.
#[expect(
    unsafe_code,
    reason = "rquickjs sets the threshold but can't read it, and the engine moves it after each look"
)]
pub(super) fn seldom(ctx: &Ctx<'_>) {
    // SAFETY: the context is alive and locked for as long as `ctx` is borrowed, and so is its runtime; both functions
    // only read or write a number of the runtime.
    unsafe {
        let runtime = qjs::JS_GetRuntime(ctx.as_raw().as_ptr());
        if qjs::JS_GetGCThreshold(runtime) < NOT_BELOW as _ {
            qjs::JS_SetGCThreshold(runtime, NOT_BELOW as _);
        }
    }
}
