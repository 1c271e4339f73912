//! Variables of all scopes.

use insta::assert_debug_snapshot;
use postern_sandbox::{Scope, Variable, Variables};
use serde_json::json;

use crate::harness::{all_hold, run_prerequest, run_test, scope, variable};

fn layered() -> Scope {
    let row = json!({"row": "data", "all": "data", "n": 5});
    Scope {
        variables: Variables {
            globals: vec![variable("g", "globals"), variable("all", "globals")],
            collection_variables: vec![variable("c", "collection"), variable("all", "collection")],
            environment: vec![
                variable("e", "environment"),
                variable("all", "environment"),
                Variable {
                    disabled: true,
                    ..variable("off", "hidden")
                },
                Variable {
                    kind: Some("boolean".to_owned()),
                    ..variable("flag", "false")
                },
                Variable {
                    kind: Some("number".to_owned()),
                    ..variable("count", "12")
                },
                variable("nested", "{{g}}/{{c}}"),
            ],
            environment_name: Some("Staging".to_owned()),
            iteration_data: row.as_object().unwrap().clone(),
            locals: vec![variable("l", "local")],
        },
        ..scope()
    }
}

#[test]
fn the_nearest_scope_wins() {
    all_hold(
        r#"
        pm.test("precedence", () => {
            pm.expect(pm.variables.get("all")).to.equal("data");
            pm.variables.set("all", "local");
            pm.expect(pm.variables.get("all")).to.equal("local");
            pm.variables.unset("all");
            pm.expect(pm.variables.get("all")).to.equal("data");
            pm.iterationData.unset("all");
            pm.expect(pm.variables.get("all")).to.equal("environment");
            pm.environment.unset("all");
            pm.expect(pm.variables.get("all")).to.equal("collection");
            pm.collectionVariables.unset("all");
            pm.expect(pm.variables.get("all")).to.equal("globals");
            pm.globals.unset("all");
            pm.expect(pm.variables.get("all")).to.be.undefined;
        });
        "#,
        &layered(),
    );
}

#[test]
fn a_scope_can_be_asked() {
    all_hold(
        r#"
        pm.test("ask", () => {
            pm.expect(pm.environment.name).to.equal("Staging");
            pm.expect(pm.environment.get("e")).to.equal("environment");
            pm.expect(pm.environment.has("e")).to.be.true;
            pm.expect(pm.environment.has("off")).to.be.false;
            pm.expect(pm.environment.get("off")).to.be.undefined;
            pm.expect(pm.environment.get("g")).to.be.undefined;
            pm.expect(pm.environment.get("flag")).to.be.true;
            pm.expect(pm.environment.get("count")).to.equal(12);
            pm.expect(pm.variables.get("l")).to.equal("local");
            pm.expect(pm.variables.has("c")).to.be.true;
            pm.expect(pm.variables.has("__proto__")).to.be.false;
            pm.expect(pm.iterationData.get("row")).to.equal("data");
            pm.expect(pm.iterationData.toObject()).to.eql({ row: "data", all: "data", n: 5 });
            pm.expect(pm.globals.toObject()).to.eql({ g: "globals", all: "globals" });
            pm.expect(pm.variables.toObject()).to.include({ all: "data", g: "globals", l: "local", count: 12 });
        });
        pm.test("replaceIn", () => {
            pm.expect(pm.variables.replaceIn("{{e}} {{nested}} {{off}} {{count}} {{$guid}} {{$nothing}}")).to.equal("environment globals/collection {{off}} 12 a-guid {{$nothing}}");
            pm.expect(pm.environment.replaceIn("{{e}} {{g}}")).to.equal("environment {{g}}");
            pm.expect(pm.variables.replaceIn({ a: ["{{g}}"], b: 1 })).to.eql({ a: ["globals"], b: 1 });
            pm.variables.set("loop", "{{loop}}x");
            pm.expect(pm.variables.replaceIn("{{loop}}")).to.match(/^\{\{loop\}\}x{19}$/);
        });
        "#,
        &layered(),
    );
}

#[test]
fn changed_scopes_come_back_whole_and_others_not_at_all() {
    let outcome = run_prerequest(
        r#"
        pm.environment.set("e", { deep: [1, null] });
        pm.environment.set("new", 7, "number");
        pm.environment.unset("all");
        pm.environment.unset("unknown");
        pm.globals.clear();
        pm.variables.set("l", undefined);
        pm.variables.set("big", 10n ** 20n);
        const ring = {}; ring.self = ring;
        pm.variables.set("ring", ring);
        pm.variables.set("__proto__", "own");
        pm.collectionVariables.unset("unknown");
        "#,
        &layered(),
    );
    assert_eq!(outcome.error, None);
    assert_eq!(outcome.variables.collection_variables, None);
    assert_eq!(outcome.variables.globals, Some(vec![]));
    let shown = |variables: Option<Vec<Variable>>| -> Vec<String> {
        let variables = variables.expect("the scope was changed");
        variables
            .iter()
            .map(|it| serde_json::to_string(it).unwrap())
            .collect()
    };
    assert_debug_snapshot!(shown(outcome.variables.environment), @r#"
    [
        "{\"key\":\"e\",\"value\":{\"deep\":[1,null]}}",
        "{\"key\":\"off\",\"value\":\"hidden\",\"disabled\":true}",
        "{\"key\":\"flag\",\"value\":\"false\",\"type\":\"boolean\"}",
        "{\"key\":\"count\",\"value\":\"12\",\"type\":\"number\"}",
        "{\"key\":\"nested\",\"value\":\"{{g}}/{{c}}\"}",
        "{\"key\":\"new\",\"value\":7,\"type\":\"number\"}",
    ]
    "#);
    assert_debug_snapshot!(shown(outcome.variables.locals), @r#"
    [
        "{\"key\":\"l\",\"value\":\"\",\"type\":\"undefined\"}",
        "{\"key\":\"big\",\"value\":\"100000000000000000000\"}",
        "{\"key\":\"ring\",\"value\":{\"self\":\"[Circular]\"}}",
        "{\"key\":\"__proto__\",\"value\":\"own\"}",
    ]
    "#);
}

#[test]
fn reading_changes_nothing() {
    let outcome = run_test(
        "pm.environment.get('e'); pm.variables.toObject(); environment.e = 'other';",
        &layered(),
    );
    assert_eq!(
        outcome.variables,
        postern_sandbox::ChangedVariables::default()
    );
}
