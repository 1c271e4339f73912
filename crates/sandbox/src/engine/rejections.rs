//! Promises that were rejected while nobody listened: errors of the script, if nobody comes to listen
//! before it rests.

use std::rc::Rc;

use rquickjs::{Ctx, Persistent, Runtime, Value};

use super::Broken;
use super::shared::Shared;

pub(super) struct Rejection {
    promise: Persistent<Value<'static>>,
    reason: Persistent<Value<'static>>,
}

/// Keeps the list of them.
pub(super) fn track(runtime: &Runtime, shared: &Rc<Shared>) {
    let shared = Rc::clone(shared);
    runtime.set_host_promise_rejection_tracker(Some(Box::new(
        move |ctx, promise, reason, is_handled| {
            let mut rejections = shared.rejections.borrow_mut();
            if is_handled {
                rejections.retain(|known| {
                    let same = known.promise.clone().restore(&ctx);
                    !same.is_ok_and(|known| known == promise)
                });
            } else {
                rejections.push(Rejection {
                    promise: Persistent::save(&ctx, promise),
                    reason: Persistent::save(&ctx, reason),
                });
            }
        },
    )));
}

/// Tells all that are still unheard, and forgets them.
pub(super) fn report<'js>(
    ctx: &Ctx<'js>,
    shared: &Shared,
    mut tell: impl FnMut(Value<'js>) -> Result<(), Broken>,
) -> Result<(), Broken> {
    let unheard = shared.rejections.take();
    for rejection in unheard {
        if let Ok(reason) = rejection.reason.restore(ctx) {
            tell(reason)?;
        }
    }
    Ok(())
}
