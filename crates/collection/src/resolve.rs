//! Filling in `{{variables}}`.

use indexmap::IndexMap;
use serde_json::Value;

use crate::number::number_text;

/// How often a text is gone through for variables that stand in variables: postman-runtime's own limit.
const PASSES: usize = 19;
/// How long a filled-in text may get: variables that double each other are cut off here (10 MiB).
const MAX_TEXT: usize = 10 * 1024 * 1024;

/// A named set of variables, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VariableScope {
    values: IndexMap<String, Value>,
    kinds: IndexMap<String, String>,
}

impl VariableScope {
    /// A scope with these variables.
    pub fn new(values: impl IntoIterator<Item = (String, Value)>) -> Self {
        Self {
            values: values.into_iter().collect(),
            kinds: IndexMap::new(),
        }
    }

    /// Says of which type a variable is, as its document names it: its value, and what scripts set later, are of that type.
    pub fn set_kind(&mut self, key: &str, kind: &str) {
        if let Some(value) = self.values.get_mut(key) {
            cast(value, kind);
            self.kinds.insert(key.to_owned(), kind.to_owned());
        }
    }

    /// The type of a variable, where one was told.
    pub fn kind(&self, key: &str) -> Option<&str> {
        self.kinds.get(key).map(String::as_str)
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
        self.kinds.shift_remove(key);
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

/// Makes a value what its type says, as JavaScript converts.
fn cast(value: &mut Value, kind: &str) {
    let cast = match (kind, &*value) {
        ("number", Value::String(text)) => number(text),
        ("boolean", Value::String(text)) => Some(Value::Bool(!text.is_empty())),
        ("boolean", Value::Null) => Some(Value::Bool(false)),
        ("string", Value::Number(_) | Value::Bool(_)) => Some(as_text(value).into()),
        _ => None,
    };
    if let Some(cast) = cast {
        *value = cast;
    }
}

fn number(text: &str) -> Option<Value> {
    let text = text.trim();
    serde_json::from_str::<serde_json::Number>(text)
        .ok()
        .map(Value::Number)
}

/// A variable's value as it stands in a request: as JavaScript puts it into a text.
fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(_) => "[object Object]".to_owned(),
        Value::Array(list) => {
            let entries: Vec<String> = list
                .iter()
                .map(|entry| match entry {
                    Value::Null => String::new(),
                    other => as_text(other),
                })
                .collect();
            entries.join(",")
        }
        Value::Number(number) => number_text(number),
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
            "near 2 null [object Object] {{e}} 7"
        );
    }

    #[test]
    fn a_value_stands_in_a_text_as_javascript_writes_it() {
        let mut scope = scope(&json!({
            "list": [1, "x", null, [2, 3]], "number": "5", "yes": "false", "text": 7, "odd": "five",
        }));
        for (key, kind) in [
            ("number", "number"),
            ("yes", "boolean"),
            ("text", "string"),
            ("odd", "number"),
        ] {
            scope.set_kind(key, kind);
        }
        assert_eq!(resolve("{{list}}", &[&scope]), "1,x,,2,3");
        assert_eq!(scope.get("number"), Some(&json!(5)));
        // Any text that is not empty is true.
        assert_eq!(scope.get("yes"), Some(&json!(true)));
        assert_eq!(scope.get("text"), Some(&json!("7")));
        assert_eq!(scope.get("odd"), Some(&json!("five")));
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
