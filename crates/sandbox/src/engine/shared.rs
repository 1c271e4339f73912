//! What the engine's callbacks and we both look at.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;

use super::rejections::Rejection;
use crate::clock::{Deadline, Instant};
use crate::host::Host;

pub(super) struct Shared {
    pub(super) deadline: Deadline,
    pub(super) host: Rc<RefCell<Box<dyn Host>>>,
    /// Which script is under way, counted from 1.
    pub(super) script: Cell<u32>,
    /// Its text.
    pub(super) source: RefCell<Arc<str>>,
    /// The bodies of its responses: 0 is `pm.response`, others go by the number of their call.
    pub(super) bodies: RefCell<HashMap<u32, Bytes>>,
    pub(super) rejections: RefCell<Vec<Rejection>>,
    /// Where the clock of timers begins.
    pub(super) began: Instant,
}

impl Shared {
    pub(super) fn new(host: Rc<RefCell<Box<dyn Host>>>) -> Self {
        Self {
            deadline: Deadline::new(),
            host,
            script: Cell::new(0),
            source: RefCell::new(Arc::from("")),
            bodies: RefCell::default(),
            rejections: RefCell::default(),
            began: Instant::now(),
        }
    }

    /// The body of a response; none if the response is an earlier script's, kept in a global name.
    pub(super) fn body(&self, script: u32, response: u32) -> Option<Bytes> {
        if script != self.script.get() {
            return None;
        }
        Some(
            self.bodies
                .borrow()
                .get(&response)
                .cloned()
                .unwrap_or_default(),
        )
    }

    /// Makes room for the bodies of the next script.
    pub(super) fn next_script(&self, source: &Arc<str>, body: Bytes) {
        self.source.replace(Arc::clone(source));
        self.script.set(self.script.get().wrapping_add(1));
        let mut bodies = self.bodies.borrow_mut();
        bodies.clear();
        bodies.insert(0, body);
        self.rejections.borrow_mut().clear();
    }
}
