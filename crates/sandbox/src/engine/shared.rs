//! What the engine's callbacks and we both look at.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;

use super::rejections::Rejection;
use crate::clock::{Deadline, Instant};
use crate::host::Host;
use crate::scope::Scope;

pub(super) struct Shared {
    pub(super) deadline: Deadline,
    pub(super) host: Rc<RefCell<Box<dyn Host>>>,
    /// Which script is under way, counted from 1.
    pub(super) script: Cell<u32>,
    /// Its text.
    pub(super) source: RefCell<Arc<str>>,
    /// What it can see.
    pub(super) scope: RefCell<Scope>,
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
            scope: RefCell::default(),
            bodies: RefCell::default(),
            rejections: RefCell::default(),
            began: Instant::now(),
        }
    }

    /// A part of what the script can see, as JSON.
    pub(super) fn scope(&self, part: &str) -> serde_json::Result<String> {
        let scope = self.scope.borrow();
        match part {
            "info" => serde_json::to_string(&scope.info),
            "request" => serde_json::to_string(&scope.request),
            "response" => serde_json::to_string(&scope.response),
            "cookies" => serde_json::to_string(&scope.cookies),
            "globals" => serde_json::to_string(&scope.variables.globals),
            "collectionVariables" => serde_json::to_string(&scope.variables.collection_variables),
            "environment" => serde_json::to_string(&scope.variables.environment),
            "environmentName" => serde_json::to_string(&scope.variables.environment_name),
            "iterationData" => serde_json::to_string(&scope.variables.iteration_data),
            _ => serde_json::to_string(&scope.variables.locals),
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
    pub(super) fn next_script(&self, source: &Arc<str>, scope: Scope) {
        let body = scope.response.as_ref().map(|it| it.body.clone());
        self.source.replace(Arc::clone(source));
        self.scope.replace(scope);
        self.script.set(self.script.get().wrapping_add(1));
        let mut bodies = self.bodies.borrow_mut();
        bodies.clear();
        bodies.insert(0, body.unwrap_or_default());
        self.rejections.borrow_mut().clear();
    }
}
