//! Filling in `{{variables}}`.

use indexmap::IndexMap;
use serde_json::Value;

/// How often a text is gone through again for variables that stand in variables: postman-runtime's own limit.
const PASSES: usize = 20;
/// How long a filled-in text may get: variables that double each other are cut off here (10 MiB).
const MAX_TEXT: usize = 10 * 1024 * 1024;

/// A named set of variables, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VariableScope {
    values: IndexMap<String, Value>,
}

impl VariableScope {
    /// A scope with these variables.
    pub fn new(values: impl IntoIterator<Item = (String, Value)>) -> Self {
        Self {
            values: values.into_iter().collect(),
        }
    }

    /// The value of a variable.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    /// Sets a variable.
    pub fn set(&mut self, key: impl Into<String>, value: Value) {
        self.values.insert(key.into(), value);
    }

    /// Removes a variable.
    pub fn unset(&mut self, key: &str) {
        self.values.shift_remove(key);
    }

    /// All variables, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// Fills in variables from several scopes; the first that knows a name wins.
pub struct Resolver<'a> {
    /// The scopes, from the nearest to the farthest: local, iteration data, environment, collection, globals.
    pub scopes: &'a [&'a VariableScope],
    /// What `{{$name}}` is; `None` leaves it as it stands.
    pub dynamic: &'a mut dyn FnMut(&str) -> Option<String>,
}

impl Resolver<'_> {
    /// The text with its variables filled in. What no scope knows stays as it is.
    pub fn resolve(&mut self, text: &str) -> String {
        let mut current = text.to_owned();
        for _ in 0..PASSES {
            if !current.contains("{{") {
                break;
            }
            let (next, replaced) = self.pass(&current);
            current = next;
            if !replaced || current.len() > MAX_TEXT {
                break;
            }
        }
        current
    }

    fn pass(&mut self, text: &str) -> (String, bool) {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut replaced = false;
        while let Some(close) = rest.find("}}") {
            // The innermost opening before this closing, as Postman's own pattern has it.
            let Some(open) = rest[..close].rfind("{{") else {
                out.push_str(&rest[..close + 2]);
                rest = &rest[close + 2..];
                continue;
            };
            out.push_str(&rest[..open]);
            let name = &rest[open + 2..close];
            match self.value(name) {
                Some(value) => {
                    replaced = true;
                    out.push_str(&value);
                }
                None => out.push_str(&rest[open..close + 2]),
            }
            rest = &rest[close + 2..];
            if out.len() > MAX_TEXT {
                break;
            }
        }
        out.push_str(rest);
        (out, replaced)
    }

    fn value(&mut self, name: &str) -> Option<String> {
        if let Some(value) = self.scopes.iter().find_map(|scope| scope.get(name)) {
            return Some(as_text(value));
        }
        let dynamic = name.strip_prefix('$')?;
        (self.dynamic)(dynamic)
    }
}

/// A variable's value as it stands in a request.
fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn resolve(text: &str, scopes: &[&VariableScope]) -> String {
        Resolver {
            scopes,
            dynamic: &mut |name| (name == "now").then(|| "7".to_owned()),
        }
        .resolve(text)
    }

    fn scope(values: &Value) -> VariableScope {
        VariableScope::new(values.as_object().unwrap().clone())
    }

    #[test]
    fn the_nearest_scope_wins_and_the_unknown_stays() {
        let (near, far) = (
            scope(&json!({"a": "near"})),
            scope(&json!({"a": "far", "b": 2, "c": null, "d": {"x": 1}})),
        );
        assert_eq!(
            resolve("{{a}} {{b}} {{c}} {{d}} {{e}} {{$now}}", &[&near, &far]),
            "near 2 null {\"x\":1} {{e}} 7"
        );
    }

    #[test]
    fn variables_may_stand_in_variables() {
        let scope = scope(
            &json!({"host": "{{sub}}.example", "sub": "api", "name": "ho", "loop": "{{loop}}"}),
        );
        assert_eq!(
            resolve("{{host}} {{{{name}}st}} {{loop}}", &[&scope]),
            "api.example api.example {{loop}}"
        );
    }

    #[test]
    fn variables_that_double_themselves_are_cut_off() {
        let scope = scope(&json!({"b": "{{b}}{{b}}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}));
        assert!(resolve("{{b}}", &[&scope]).len() <= 3 * MAX_TEXT);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[ab{}$ ]{0,60}", value in "[a{}]{0,12}") {
            let scope = VariableScope::new([("a".to_owned(), json!(value))]);
            prop_assert!(resolve(&text, &[&scope]).len() <= 3 * MAX_TEXT);
        }
    }
}
