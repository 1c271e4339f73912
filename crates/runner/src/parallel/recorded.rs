//! Events that wait to be told.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use serde_json::Value;

use crate::event::{ConsoleLine, Observer, RunEvent};
use crate::{Assertion, Execution, Failure};

/// An event that owns what it tells. Numbers of executions begin at 1 in each iteration.
pub(super) enum Recorded {
    Iteration(u32),
    Step(Arc<[String]>),
    Console(ConsoleLine),
    Exchange(Box<Execution>, bool),
    Assertion(Assertion),
    Failed(Failure),
    Skipped(Arc<[String]>),
    StepEnded(Box<Execution>),
}

/// Keeps events until they are taken.
#[derive(Default, Clone)]
pub(super) struct Recorder(Rc<RefCell<Vec<Recorded>>>);

impl Recorder {
    /// What has happened since the last time.
    pub(super) fn take(&self) -> Vec<Recorded> {
        self.0.take()
    }
}

impl Observer for Recorder {
    fn on(&mut self, event: &RunEvent<'_>) {
        let recorded = match *event {
            RunEvent::Iteration { number } => Recorded::Iteration(number),
            RunEvent::Step { location } => Recorded::Step(location.into()),
            RunEvent::Console(line) => Recorded::Console(line.clone()),
            RunEvent::Exchange {
                execution,
                by_script,
            } => Recorded::Exchange(Box::new(execution.clone()), by_script),
            RunEvent::Assertion(assertion) => Recorded::Assertion(assertion.clone()),
            RunEvent::Failed(failure) => Recorded::Failed(failure.clone()),
            RunEvent::Skipped { location } => Recorded::Skipped(location.into()),
            RunEvent::StepEnded { execution, .. } => {
                Recorded::StepEnded(Box::new(execution.clone()))
            }
            // The run's beginning and end are told by who tells the rest.
            RunEvent::Started { .. } | RunEvent::Finished(_) => return,
        };
        self.0.borrow_mut().push(recorded);
    }
}

impl Recorded {
    /// Tells it, with so many executions before those of its iteration.
    pub(super) fn tell(
        self,
        before: u64,
        items: &HashMap<&str, &Value>,
        observer: &mut dyn Observer,
    ) {
        match self {
            Self::Iteration(number) => observer.on(&RunEvent::Iteration { number }),
            Self::Step(location) => observer.on(&RunEvent::Step {
                location: &location,
            }),
            Self::Console(mut line) => {
                line.execution += before;
                observer.on(&RunEvent::Console(&line));
            }
            Self::Exchange(mut execution, by_script) => {
                execution.number += before;
                observer.on(&RunEvent::Exchange {
                    execution: &execution,
                    by_script,
                });
            }
            Self::Assertion(assertion) => observer.on(&RunEvent::Assertion(&assertion)),
            Self::Failed(mut failure) => {
                failure.execution += before;
                observer.on(&RunEvent::Failed(&failure));
            }
            Self::Skipped(location) => observer.on(&RunEvent::Skipped {
                location: &location,
            }),
            Self::StepEnded(mut execution) => {
                execution.number += before;
                let item = items.get(execution.id.as_str()).copied();
                observer.on(&RunEvent::StepEnded {
                    execution: &execution,
                    item: item.unwrap_or(&Value::Null),
                });
            }
        }
    }
}
