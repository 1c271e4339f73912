//! What the engine's callbacks and we both look at.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use bytes::Bytes;

use super::rejections::Rejection;
use crate::clock::{Deadline, Instant};
use crate::host::Host;

pub(super) struct Shared {
    pub(super) deadline: Deadline,
    pub(super) host: Rc<RefCell<Box<dyn Host>>>,
    /// The bodies of the script's responses: 0 is `pm.response`, others go by the number of their call.
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
            bodies: RefCell::default(),
            rejections: RefCell::default(),
            began: Instant::now(),
        }
    }

    pub(super) fn body(&self, handle: u32) -> Bytes {
        self.bodies
            .borrow()
            .get(&handle)
            .cloned()
            .unwrap_or_default()
    }
}
