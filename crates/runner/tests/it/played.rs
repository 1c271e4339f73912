//! A run in a test: what the server saw, what was tested, what it came to.

use std::sync::Arc;

use postern_collection::{Document, EnvironmentDocument};
use postern_egress::testing::Receiver;
use postern_egress::{AddressPolicy, Egress, EgressConfig};
use postern_runner::{Observer, Options, Plan, RunEvent, Summary};
use serde_json::{Map, Value, json};
use tokio_util::sync::CancellationToken;

/// A plan against this server, whose address is the variable `base`.
pub(crate) fn plan(collection: Value, server: &Receiver, options: Options) -> Plan {
    Plan {
        document: Document::from_value(collection).unwrap(),
        environment: Some(environment(server)),
        globals: None,
        data: Vec::new(),
        options,
        now: Arc::new(|| 1_767_603_600_000),
        seed: 7,
        stop: CancellationToken::new(),
    }
}

/// The environment of every test.
pub(crate) fn environment(server: &Receiver) -> EnvironmentDocument {
    let base = server.url("");
    let base = base.trim_end_matches('/');
    EnvironmentDocument::from_value(json!({
        "name": "Test", "values": [
            {"key": "base", "value": base, "enabled": true},
            {"key": "level", "value": "environment", "enabled": true},
            {"key": "off", "value": "off", "enabled": false},
        ],
    }))
    .unwrap()
}

/// Plays a plan to its end, on a thread with the stack that scripts want.
pub(crate) fn play<O: Observer + Send>(plan: &Plan, observer: &mut O) -> Summary {
    std::thread::scope(|scope| {
        let played = std::thread::Builder::new()
            .stack_size(8 << 20)
            .spawn_scoped(scope, || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                let egress = Egress::new(EgressConfig::new(AddressPolicy::anything()));
                runtime
                    .block_on(postern_runner::run(plan, &egress, observer))
                    .unwrap()
            });
        played.unwrap().join().unwrap()
    })
}

/// Plays a plan to its end with so many workers.
pub(crate) fn play_parallel(plan: &Plan, workers: u16, observer: &mut dyn Observer) -> Summary {
    let egress = || Egress::new(EgressConfig::new(AddressPolicy::anything()));
    postern_runner::run_parallel(plan, &egress, workers, observer).unwrap()
}

/// Rows of data.
pub(crate) fn rows(value: &Value) -> Vec<Map<String, Value>> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .cloned()
        .collect()
}

/// Nobody who listens.
pub(crate) fn nobody(_: &RunEvent<'_>) {}
