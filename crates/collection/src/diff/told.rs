//! A change of a field as people read it: a script or a body line by line, all else before and after.

use std::time::Duration;

use serde_json::{Map, Value};
use similar::TextDiff;

use crate::FieldChange;

/// What two texts are compared for at most; after it the rest is told as one difference.
const PATIENCE: Duration = Duration::from_millis(100);

/// One difference, told.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldField {
    /// Where: `request.url`, `event.test`, `request.body.raw`, ….
    pub path: String,
    /// What was there.
    pub old: Option<Value>,
    /// What is there.
    pub new: Option<Value>,
    /// The lines that differ, with three around them, as `diff -u` writes them; where both are texts of more than a line.
    pub lines: Option<String>,
}

impl FieldChange {
    /// The change as people read it: scripts one by one, of a body what differs.
    pub fn told(&self) -> Vec<ToldField> {
        let path = self.path();
        match path.as_str() {
            "event" => parts(
                &path,
                &scripts(self.old.as_ref()),
                &scripts(self.new.as_ref()),
            ),
            "request.body" => parts(
                &path,
                &fields(self.old.as_ref()),
                &fields(self.new.as_ref()),
            ),
            _ => vec![one(path, self.old.clone(), self.new.clone())],
        }
    }
}

/// The text of each script, by what it listens to.
fn scripts(event: Option<&Value>) -> Map<String, Value> {
    let events = event.and_then(Value::as_array).into_iter().flatten();
    events
        .map(|event| {
            let listen = event
                .get("listen")
                .and_then(Value::as_str)
                .unwrap_or("test");
            let exec = event.get("script").and_then(|script| script.get("exec"));
            let text = match exec {
                Some(Value::Array(lines)) => {
                    let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
                    Value::from(lines.join("\n"))
                }
                Some(text) => text.clone(),
                None => Value::Null,
            };
            (listen.to_owned(), text)
        })
        .collect()
}

fn fields(value: Option<&Value>) -> Map<String, Value> {
    value
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

fn parts(path: &str, old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<ToldField> {
    let gone = old.keys().filter(|key| !new.contains_key(*key));
    new.keys()
        .chain(gone)
        .filter(|key| old.get(*key) != new.get(*key))
        .map(|key| {
            one(
                format!("{path}.{key}"),
                old.get(key).cloned(),
                new.get(key).cloned(),
            )
        })
        .collect()
}

fn one(path: String, old: Option<Value>, new: Option<Value>) -> ToldField {
    let lines = match (&old, &new) {
        (Some(Value::String(old)), Some(Value::String(new)))
            if old.contains('\n') || new.contains('\n') =>
        {
            let diff = TextDiff::configure()
                .timeout(PATIENCE)
                .diff_lines(old.as_str(), new.as_str());
            let mut unified = diff.unified_diff();
            Some(
                unified
                    .context_radius(3)
                    .missing_newline_hint(false)
                    .to_string(),
            )
        }
        _ => None,
    };
    ToldField {
        path,
        old,
        new,
        lines,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn change(steps: &[&str], old: &Value, new: &Value) -> FieldChange {
        FieldChange::new(steps, Some(old), Some(new))
    }

    #[test]
    fn a_script_is_told_line_by_line() {
        let script = |lines: Value| json!([{"listen": "test", "script": {"exec": lines}}]);
        let old = script(json!(["pm.test('a')", "pm.test('b')", "// end"]));
        let new = script(json!(["pm.test('a')", "pm.test('c')", "// end"]));
        let told = change(&["event"], &old, &new).told();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].path, "event.test");
        let lines = told[0].lines.clone().unwrap();
        assert_eq!(
            lines,
            "@@ -1,3 +1,3 @@\n pm.test('a')\n-pm.test('b')\n+pm.test('c')\n // end\n"
        );
    }

    #[test]
    fn of_a_body_only_what_differs_is_told() {
        let old = json!({"mode": "raw", "raw": "{}", "options": {"raw": {"language": "json"}}});
        let new = json!({"mode": "raw", "raw": "[]", "options": {"raw": {"language": "json"}}});
        let told = change(&["request", "body"], &old, &new).told();
        let paths: Vec<&str> = told.iter().map(|field| field.path.as_str()).collect();
        assert_eq!(paths, ["request.body.raw"]);
        assert_eq!(told[0].lines, None, "one line is told as it is");
    }

    #[test]
    fn what_has_another_form_is_told_as_it_is() {
        let told = change(&["event"], &json!("none"), &json!([{"listen": "test"}])).told();
        assert_eq!(told[0].new, Some(Value::Null));
        let told = change(&["x"], &json!(1), &json!([2])).told();
        assert_eq!(
            (told[0].old.clone(), told[0].new.clone()),
            (Some(json!(1)), Some(json!([2])))
        );
    }
}
