//! The functions that we lend to the core; `js/host.js` lists them.

mod web_url;

use std::rc::Rc;

use bytes::Bytes;
use rquickjs::{ArrayBuffer, Ctx, Function, IntoJs, Object, Value};

use super::bytecode;
use super::shared::Shared;
use crate::bundles;

/// The most random bytes given at a time.
const MOST_RANDOM: usize = 65_536;

pub(super) fn natives<'js>(ctx: &Ctx<'js>, shared: &Rc<Shared>) -> rquickjs::Result<Object<'js>> {
    let natives = Object::new(ctx.clone())?;
    macro_rules! native {
        ($name:literal, $function:expr) => {
            natives.set($name, Function::new(ctx.clone(), $function)?)?
        };
    }
    native!("library", |name: String| bundles::find(&name).map(Bundle));
    let it = Rc::clone(shared);
    native!("scope", move |ctx: Ctx<'js>, part: String| {
        // What can't be told in JSON there is not: all of it came from JSON.
        let json = it.scope(&part).unwrap_or_default();
        ctx.json_parse(json)
    });
    let it = Rc::clone(shared);
    native!("body", move |script: u32, response: u32| {
        it.body(script, response).map(Octets)
    });
    let it = Rc::clone(shared);
    native!("text", move |script: u32, response: u32| {
        it.body(script, response)
            .map(|body| String::from_utf8_lossy(&body).into_owned())
    });
    let it = Rc::clone(shared);
    native!("source", move || it.source.borrow().to_string());
    let it = Rc::clone(shared);
    native!("dynamicVariable", move |name: String| {
        it.host.borrow_mut().dynamic_variable(&name)
    });
    let it = Rc::clone(shared);
    native!("random", move |count: usize| {
        let mut bytes = vec![0; count.min(MOST_RANDOM)];
        it.host.borrow_mut().fill_random(&mut bytes);
        Octets(bytes.into())
    });
    let it = Rc::clone(shared);
    native!("now", move || it.began.elapsed().as_secs_f64() * 1000.0);
    native!("encode", |text: String| Octets(text.into()));
    native!("decode", |bytes: ArrayBuffer<'_>, fatal: bool| decode(
        &bytes, fatal
    ));
    native!("parseUrl", |text: String, base: Option<String>| {
        web_url::parse(&text, base.as_deref())
    });
    native!("setUrl", |href: String, part: String, value: String| {
        web_url::set(&href, &part, &value)
    });
    Ok(natives)
}

#[expect(
    unsafe_code,
    reason = "the engine gives an ArrayBuffer's bytes only so"
)]
fn decode(bytes: &ArrayBuffer<'_>, fatal: bool) -> Option<String> {
    // SAFETY: nothing of the engine runs while the bytes are borrowed, so that nobody can change or detach them.
    let bytes = unsafe { bytes.as_bytes() }?;
    let bare = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if fatal {
        std::str::from_utf8(bare).ok().map(str::to_owned)
    } else {
        Some(String::from_utf8_lossy(bare).into_owned())
    }
}

/// Bytes that become an `ArrayBuffer`. They are copied, so that the engine counts them.
struct Octets(Bytes);

impl<'js> IntoJs<'js> for Octets {
    fn into_js(self, ctx: &Ctx<'js>) -> rquickjs::Result<Value<'js>> {
        Ok(ArrayBuffer::new_copy(ctx.clone(), &self.0)?.into_value())
    }
}

/// A bundle that becomes the function in it.
struct Bundle(&'static [u8]);

impl<'js> IntoJs<'js> for Bundle {
    fn into_js(self, ctx: &Ctx<'js>) -> rquickjs::Result<Value<'js>> {
        bytecode::load(ctx, self.0)
    }
}
