//! What changes while a run goes on: variables, cookies, randomness, figures.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use postern_collection::{Collection, EnvironmentDocument, Resolver, VariableScope, dynamic};
use postern_egress::Egress;
use postern_sandbox::{ChangedVariables, Limits, Sandbox, SandboxError, Variable, Variables};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Map, Value};
use tokio::time::Instant;

use crate::auth::{Learnt, Tokens};
use crate::cookies::Jar;
use crate::event::{Observer, RunEvent};
use crate::plan::AuthPlace;
use crate::script::Helper;
use crate::{Failure, Options, Plan, Summary};

/// The most failures that are kept.
pub(crate) const MAX_FAILURES: usize = 10_000;

/// A run under way.
pub(crate) struct State<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) collection: &'a Collection,
    pub(crate) egress: &'a Egress,
    pub(crate) observer: &'a mut dyn Observer,
    pub(crate) sandbox: Sandbox,
    pub(crate) jar: Jar,
    pub(crate) tokens: Tokens,
    pub(crate) random: StdRng,
    pub(crate) scopes: Scopes,
    pub(crate) summary: Summary,
    pub(crate) executions: u64,
    pub(crate) deadline: Option<Instant>,
    pub(crate) nested: Nested,
    /// What the auths of folders have learnt, for all requests below them.
    pub(crate) learnt: HashMap<AuthPlace, Learnt>,
}

/// The requests that scripts have the run send by `pm.execution.runRequest`.
#[derive(Default)]
pub(crate) struct Nested {
    /// How many the outermost script has brought about.
    pub(crate) runs: u32,
    /// How many are waiting for each other.
    pub(crate) depth: u32,
}

/// Variables of all scopes.
#[derive(Default)]
pub(crate) struct Scopes {
    pub(crate) locals: VariableScope,
    pub(crate) data: VariableScope,
    pub(crate) environment: VariableScope,
    pub(crate) environment_name: Option<String>,
    pub(crate) collection: VariableScope,
    pub(crate) globals: VariableScope,
}

impl<'a> State<'a> {
    pub(crate) fn new(
        plan: &'a Plan,
        collection: &'a Collection,
        egress: &'a Egress,
        observer: &'a mut dyn Observer,
    ) -> Result<Self, SandboxError> {
        let mut random = StdRng::seed_from_u64(plan.seed);
        let started = (plan.now)();
        Ok(Self {
            plan,
            collection,
            egress,
            observer,
            sandbox: sandbox(plan, &mut random)?,
            jar: plan.options.cookies.clone(),
            tokens: Tokens::default(),
            random,
            scopes: Scopes::of(plan, collection),
            summary: Summary {
                name: collection.name.clone(),
                started,
                ..Summary::default()
            },
            executions: 0,
            deadline: plan.options.timeout.map(|timeout| Instant::now() + timeout),
            nested: Nested::default(),
            learnt: HashMap::new(),
        })
    }

    /// Makes the next iteration begin as a run begins. Its random values depend on its number alone.
    pub(crate) fn begin_afresh(&mut self, collection: &Collection, number: u32) {
        self.jar = self.plan.options.cookies.clone();
        self.random = StdRng::seed_from_u64(self.plan.seed.wrapping_add(number.into()));
        self.scopes = Scopes::of(self.plan, collection);
        self.summary = Summary::default();
        self.executions = 0;
        self.learnt.clear();
    }

    /// A context beside the run's own.
    pub(crate) fn another_sandbox(&mut self) -> Result<Sandbox, SandboxError> {
        sandbox(self.plan, &mut self.random)
    }

    pub(crate) fn options(&self) -> &'a Options {
        &self.plan.options
    }

    pub(crate) fn tell(&mut self, event: &RunEvent<'_>) {
        self.observer.on(event);
    }

    pub(crate) fn now(&self) -> i64 {
        (self.plan.now)()
    }

    /// Notes a failure and tells it.
    pub(crate) fn fail(&mut self, failure: Failure) {
        self.observer.on(&RunEvent::Failed(&failure));
        if self.summary.failures.len() < MAX_FAILURES {
            self.summary.failures.push(failure);
        }
    }

    /// Whether the run must end now: it was stopped, or its time is over.
    pub(crate) fn is_over(&self) -> bool {
        self.plan.stop.is_cancelled()
            || self
                .deadline
                .is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// How long a request may take.
    pub(crate) fn request_deadline(&self) -> Duration {
        let left = self
            .deadline
            .map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let own = self.plan.options.request_timeout;
        match (own, left) {
            (Some(own), Some(left)) => own.min(left),
            (one, other) => one.or(other).unwrap_or(Duration::from_hours(1)),
        }
    }

    /// The text with its variables filled in.
    pub(crate) fn resolve(&mut self, text: &str) -> String {
        if !text.contains("{{") {
            return text.to_owned();
        }
        let scopes = &self.scopes;
        let chain = [
            &scopes.locals,
            &scopes.data,
            &scopes.environment,
            &scopes.collection,
            &scopes.globals,
        ];
        let (random, now) = (&mut self.random, (self.plan.now)());
        Resolver {
            scopes: &chain,
            dynamic: &mut |name| dynamic::value(name, random, now),
        }
        .resolve(text)
    }
}

fn sandbox(plan: &Plan, random: &mut StdRng) -> Result<Sandbox, SandboxError> {
    let limits = Limits {
        script_timeout: plan.options.script_timeout,
        memory: plan.options.script_memory,
        watch: plan.options.script_watch.clone(),
        ..Limits::default()
    };
    let helper = Helper {
        random: StdRng::from_rng(random),
        now: Arc::clone(&plan.now),
    };
    Sandbox::new(&limits, Box::new(helper))
}

impl Scopes {
    fn of(plan: &Plan, collection: &Collection) -> Self {
        let of_document = |document: Option<&EnvironmentDocument>| {
            let values = document
                .map(EnvironmentDocument::values)
                .unwrap_or_default();
            VariableScope::new(
                values
                    .into_iter()
                    .filter(|value| value.enabled)
                    .map(|value| (value.key, value.value)),
            )
        };
        let variables = || {
            collection
                .variables
                .iter()
                .filter(|variable| !variable.disabled)
        };
        let mut own = VariableScope::new(
            variables().map(|variable| (variable.key.clone(), variable.value.clone())),
        );
        for variable in variables() {
            if let Some(kind) = &variable.kind {
                own.set_kind(&variable.key, kind);
            }
        }
        Self {
            environment: of_document(plan.environment.as_ref()),
            environment_name: plan
                .environment
                .as_ref()
                .map(|document| document.name().to_owned()),
            globals: of_document(plan.globals.as_ref()),
            collection: own,
            ..Self::default()
        }
    }

    /// The scopes that scripts can change.
    pub(crate) fn all(&self) -> postern_sandbox::Scopes {
        postern_sandbox::Scopes {
            globals: list(&self.globals),
            collection_variables: list(&self.collection),
            environment: list(&self.environment),
            locals: list(&self.locals),
        }
    }

    /// The variables as scripts see them.
    pub(crate) fn for_script(&self) -> Variables {
        let data: Map<String, Value> = self
            .data
            .iter()
            .map(|(key, value)| (key.to_owned(), value.clone()))
            .collect();
        Variables {
            globals: list(&self.globals),
            collection_variables: list(&self.collection),
            environment: list(&self.environment),
            environment_name: self.environment_name.clone(),
            iteration_data: data,
            locals: list(&self.locals),
        }
    }

    /// Takes over what a script has changed.
    pub(crate) fn take(&mut self, changed: ChangedVariables) {
        let replace = |scope: &mut VariableScope, list: Option<Vec<Variable>>| {
            if let Some(list) = list {
                *scope = VariableScope::default();
                for Variable {
                    key, value, kind, ..
                } in list.into_iter().filter(|variable| !variable.disabled)
                {
                    scope.set(key.as_str(), value);
                    if let Some(kind) = kind {
                        scope.set_kind(&key, &kind);
                    }
                }
            }
        };
        replace(&mut self.globals, changed.globals);
        replace(&mut self.collection, changed.collection_variables);
        replace(&mut self.environment, changed.environment);
        replace(&mut self.locals, changed.locals);
    }
}

fn list(scope: &VariableScope) -> Vec<Variable> {
    let variables = scope.iter().map(|(key, value)| Variable {
        key: key.to_owned(),
        value: value.clone(),
        kind: scope.kind(key).map(str::to_owned),
        ..Variable::default()
    });
    variables.collect()
}
